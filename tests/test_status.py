"""Did it happen? One sentence a case, in the many ways that news says that something did, did not, or may yet."""

from __future__ import annotations

import pytest

import dateline

_FACTS = [
    ("Soldiers managed to capture two rebel commanders near Kidal.", "arrest"),
    ("Police were able to arrest the three gunmen within an hour.", "arrest"),
    ("Police plan to question a man about the murder of a judge in Lira.", "killing"),
    ("The minister will make a response to the attack on the embassy.", "attack"),
    ("The aim of the bombing of the bridge was to cut the road.", "bombing"),
    ("One of the men has since been released from custody in Lagos.", "release"),
    ("Gunmen began shelling the village of Tarmi at dawn.", "shelling"),
    ("The rebels succeeded in kidnapping the mayor.", "kidnapping"),
    ("Officers had to shoot the attacker, who died at the scene.", "attack"),
    ("The committee asked the government to release the arrested students.", "arrest"),
    ("Buses may be needed to move the prisoners captured in the raid.", "arrest"),
    ("Four opposition leaders courted arrest outside the assembly.", "arrest"),
    ("The court may hear on Monday the case of the two men arrested in Garissa.", "arrest"),
    ("No one claimed responsibility for the bombing that killed nine people.", "bombing"),
    ("The minister rejected criticism after police shot dead two protesters.", "attack"),
    ("Not only were three officers killed, but their weapons were taken.", "killing"),
    ("He denied any role in the ambush that killed four soldiers.", "attack"),
    ("The blast could not be heard in the centre, but it killed two guards.", "bombing"),
    ("Militants killed a teacher for refusing to close her school.", "killing"),
    ("Police failed to prevent a mob from lynching two men.", "killing"),
    ("Police were called to the market in Lodwar for reports of a shooting.", "attack"),
    ("Police are investigating a shooting in Lodwar in which two guards were wounded.", "attack"),
    ("The ambush was the third to claim the lives of soldiers this month.", "attack"),
    ("The commission will not investigate the massacre in which 40 villagers died.", "attack"),
    ("The army was forced to use helicopters after rebels ambushed its convoy.", "attack"),
]

_DENIED = [
    ("Nobody was arrested after the shooting.", "arrest"),
    ("Not a single suspect has been arrested.", "arrest"),
    ("Police have not been able to arrest the gunmen who killed the judge.", "arrest"),
    ("Police were unable to arrest the two kidnappers.", "arrest"),
    ("The soldiers refrained from shooting the two smugglers.", "attack"),
    ("No soldiers were killed in the attack on the post at Ansongo.", "killing"),
    ("The general denied that his troops had executed three prisoners.", "killing"),
    ("None of the six hostages was killed, the embassy said.", "killing"),
    ("Neither of the two men was arrested.", "arrest"),
    ("The police have yet to arrest the attackers who killed the priest.", "arrest"),
    ("Reports that rebels had kidnapped a bishop were false, the diocese said.", "kidnapping"),
    ("The governor said it was not true that gunmen had killed two aid workers.", "killing"),
    ("The army dismissed as propaganda claims that it had bombed a market in Kobo.", "bombing"),
    ("Officers stopped short of arresting the senator.", "arrest"),
    ("Contrary to rumours, no policemen were kidnapped in Bauchi.", "kidnapping"),
]

_OPEN = [
    ("The police will not hesitate in arresting the two party leaders.", "arrest"),
    ("The opposition leader may be put under house arrest in Kampala.", "arrest"),
    ("Four activists might be arrested if the march goes ahead.", "arrest"),
    ("He said the police have to arrest the guilty.", "arrest"),
    ("Officials said they would have no alternative than to arrest the two clerics.", "arrest"),
    ("Residents will march in case the government arrests the imam.", "arrest"),
    ("The union called for the arrest of the two soldiers.", "arrest"),
    ("The court issued orders to arrest the former minister.", "arrest"),
    ("The judge ordered the arrest of three officers.", "arrest"),
    ("The ministry instructed prefects to detain the two leaders of the strike.", "arrest"),
    ("The governor should be directed to detain the marchers in custody.", "arrest"),
    ("Do police shoot a man who holds a child hostage?", "attack"),
    ("The rebels want to kill the governor and capture the town of Lere.", "killing"),
    ("Intelligence reports warn that militants could bomb hotels in Mombasa.", "bombing"),
    ("The gang threatened to kill the mayor of Apatla.", "killing"),
    ("Two men were arrested before they could bomb the station.", "bombing"),
    ("Troops foiled an attempt to kidnap a bishop.", "kidnapping"),
    ("Gunmen tried to assassinate the mayor of Lamu.", "attack"),
    ("The villagers feared that soldiers would kill the prisoners.", "killing"),
    ("The group vowed to attack more churches in Jos.", "attack"),
    ("The army is preparing to retake the town of Menaka.", "operation"),
    ("It is unclear whether the rebels killed the two guides.", "killing"),
    ("A law that would allow soldiers to shoot protesters was rejected.", "attack"),
    ("Unless the ransom is paid, the kidnappers will kill the two girls.", "killing"),
    ("The clerics debated whether killing civilians is ever allowed.", "killing"),
    ("Armed men were about to attack the convoy when a patrol arrived.", "attack"),
    ("Police to arrest four lawmakers over riots, minister says.", "arrest"),
    ("The army had planned to bomb the rebel camp at Tin Zaouatine.", "bombing"),
    ("Prosecutors are considering arresting the former governor.", "arrest"),
    ("Police are expected to arrest two more officers.", "arrest"),
    ("Troops would have killed the hostage takers had they not surrendered.", "killing"),
    ("The rebels had agreed to release the four nuns.", "release"),
    ("There is a plan to kill the archbishop, his office said.", "killing"),
    ("The group has the ability to bomb the capital.", "bombing"),
]


#: What violence, and arrests, become where they are only planned, threatened or ordered.
_INTENDED = frozenset(("plot", "threat", "warrant"))
_FACTUAL = frozenset(("occurred", "ongoing"))


def _statuses(text: str, type_: str) -> set[str]:
    """Of its accounts of the type, told or intended."""
    return {a.status for a in dateline.code(text).accounts if a.type == type_ or a.type in _INTENDED}


@pytest.mark.parametrize(("text", "type_"), _FACTS)
def test_told_as_a_fact(text: str, type_: str) -> None:
    assert _statuses(text, type_) & _FACTUAL


@pytest.mark.parametrize(("text", "type_"), _DENIED)
def test_told_as_not_so(text: str, type_: str) -> None:
    assert _statuses(text, type_) <= {"denied", "attempted"}


@pytest.mark.parametrize(("text", "type_"), _OPEN)
def test_told_as_open(text: str, type_: str) -> None:
    assert not _statuses(text, type_) & _FACTUAL


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("The opposition leader may be put under house arrest in Kampala.", "arrest", "hypothetical"),
        ("The judge ordered the arrest of three officers.", "warrant", "ordered"),
        ("The gang threatened to kill the mayor of Apatla.", "threat", "threatened"),
        ("Troops foiled a rebel attempt to kidnap a bishop.", "plot", "foiled"),
        ("Gunmen tried to assassinate the mayor of Lamu.", "attack", "attempted"),
        ("The army is preparing to retake the town of Menaka.", "operation", "planned"),
        ("Police have not yet arrested the four gunmen.", "arrest", "denied"),
        ("Officers stopped short of arresting the senator.", "arrest", "denied"),
    ],
)
def test_the_status_has_its_name(text: str, type_: str, status: str) -> None:
    assert (type_, status) in {(a.type, a.status) for a in dateline.code(text).accounts}
