"""Who did it: whose deed a sentence tells, where several are named. One mechanism a case."""

from __future__ import annotations

import pytest

import dateline
from dateline import Account


def _only(text: str, type_: str) -> Account:
    found = [a for a in dateline.code(text).accounts if a.type == type_]
    assert len(found) == 1, found
    return found[0]


def _agents(account: Account) -> list[str]:
    return [a.name for a in account.actors if a.role == "agent"]


@pytest.mark.parametrize(
    ("text", "type_", "agents"),
    [
        ("Prosecutors charged two men with murdering a judge in Lira.", "killing", ["two men"]),
        ("The minister accused the rebels of shelling the town of Tarmi.", "shelling", ["rebels"]),
        ("Police prevented the mob from lynching two thieves.", "plot", ["mob"]),
        ("Two men accused of kidnapping a priest were arrested.", "kidnapping", ["Two men"]),
        ("Police said they had arrested two men in Izmir.", "arrest", ["Police"]),
        ("The army said it had killed 12 rebels near Kidal.", "killing", ["army"]),
        ("Two farmers were killed by army shells in Tarmi.", "shelling", ["army"]),
        ("Two protesters were killed by police bullets.", "killing", ["police"]),
        ("Police condemned the ambush that killed four soldiers on Monday.", "attack", []),
        ("Rebels blocked the road, prompting the army to shell two villages.", "shelling", ["army"]),
        ("Friday's bombing killed nine people in Kobo.", "bombing", []),
        ("Shells were lobbed at the market by rebels.", "shelling", ["rebels"]),
        ("The rebels said they had killed 12 soldiers near Kidal.", "killing", ["rebels"]),
        ("The president linked the general to the murder of a judge.", "killing", ["general"]),
        ("Police are hunting a man over a bomb that exploded on Friday, wounding 13 people.", "bombing", []),
        ("Hamas fired rockets at Ashkelon; Israel responded with air strikes on Gaza.", "airstrike", ["Israel"]),
        ("A court acquitted two men accused of bombing a church in Kobo.", "bombing", []),
        ("Turkish drones struck a depot in Tarmi, killing four.", "airstrike", ["Turkish drones"]),
        ("Two boys were killed by the force of the explosion.", "bombing", []),
        ("The terrorist group ISIL killed ten farmers in Tarmi.", "killing", ["Islamic State"]),
        ("Hamas said its forces killed three soldiers on Monday.", "killing", ["Hamas"]),
        ("Al-Shabaab said government troops killed two farmers.", "killing", ["government troops"]),
        (
            "GUNMEN SAID THE FARC KILLED TWO FARMERS IN ARAUCA ON MONDAY.",
            "killing",
            ["Revolutionary Armed Forces of Colombia"],
        ),
    ],
)
def test_the_doer(text: str, type_: str, agents: list[str]) -> None:
    assert _agents(_only(text, type_)) == agents


@pytest.mark.parametrize(
    ("text", "kind", "id_"),
    [
        ("Gunmen shot dead two farmers in Kidal.", "unknown", None),
        ("A suicide bomber killed six soldiers in Kabul.", "unknown", None),
        ("Several armed men killed a judge in Bogota.", "unknown", None),
        ("Rebels killed a judge in Bogota.", "armed_group", None),
        ("Taliban gunmen killed a judge in Kabul.", "armed_group", "taliban"),
        ("Members of the militia Boko Haram killed two farmers.", "armed_group", "boko-haram"),
        ("The army high command killed ten peasants.", "state", None),
    ],
)
def test_whoever_is_named_by_a_deed_is_no_armed_group(text: str, kind: str, id_: str | None) -> None:
    [doer] = [a for account in dateline.code(text).accounts for a in account.actors if a.role == "agent"]
    assert (doer.kind, doer.id) == (kind, id_)


def test_the_guerrillas_are_the_groups_and_one_party() -> None:
    text = "The FMLN attacked the town of Suchitoto on Monday. Guerrillas killed a mayor in Apopa on Tuesday."
    [doer] = [a for account in dateline.code(text).accounts[1:] for a in account.actors if a.role == "agent"]
    assert (doer.id, doer.text, doer.basis) == ("fmln", "Guerrillas", "inferred")


def test_the_unidentified_stay_so() -> None:
    text = (
        "The FMLN attacked the town of Suchitoto on Monday. Unidentified assailants killed a mayor in Apopa on Tuesday."
    )
    [doer] = [a for account in dateline.code(text).accounts[1:] for a in account.actors if a.role == "agent"]
    assert (doer.id, doer.basis) == (None, "told")


def test_nobody_is_guessed_from_what_is_told_later() -> None:
    text = (
        "In Daquq, gunmen killed a candidate on Monday. Nobody claimed it.\n\nAl-Qaeda in Iraq attacked a bank in "
        "Basra in May last year."
    )
    assert "al-qaeda-in-iraq" not in {a.id for a in dateline.code(text).accounts[0].actors}


def test_an_accusation_is_the_accusers() -> None:
    account = _only("Prosecutors charged two men with murdering a judge in Lira.", "killing")
    assert [a.said_by for a in account.actors if a.role == "agent"] == ["Prosecutors"]


@pytest.mark.parametrize(
    ("text", "type_", "counts"),
    [
        ("In Deodar four people were burnt alive and two were killed in police firing.", "attack", [("killed", 2)]),
        ("Four were killed and five injured when police opened fire.", "attack", [("killed", 4), ("wounded", 5)]),
        ("An official said 40 of these deaths were due to police firing.", "attack", [("killed", 40)]),
        ("Nearly 25 per cent of them had been killed by the army.", "killing", []),
        (
            "Two were killed and six were wounded in five separate shootings.",
            "attack",
            [("incidents", 5), ("killed", 2), ("wounded", 6)],
        ),
        ("Police fired 40 rounds, killing two people.", "attack", [("killed", 2)]),
        ("Two soldiers and a civilian killed in Kabul blast.", "bombing", [("killed", 2), ("killed", 1)]),
        ("Two died with five boys and a guard injured.", "attack", [("killed", 2), ("wounded", 5), ("wounded", 1)]),
        ("The blast in Kobo on Monday left seven dead and 20 injured.", "bombing", [("killed", 7), ("wounded", 20)]),
    ],
)  # fmt: skip
def test_whose_dead_they_are(text: str, type_: str, counts: list[tuple[str, int]]) -> None:
    found = [[(c.what, c.best) for c in a.counts] for a in dateline.code(text).accounts if a.type == type_]
    assert counts in found


@pytest.mark.parametrize(
    "text",
    [
        "The party has demonstrated that it can win elections.",
        "Her mother took a decision which changed her life.",
        "The lawyers claimed their rights to a decent life.",
        "Hang on, said the coach.",
        "How well do people execute their business plans?",
        "She was fired on 1 November.",
        "The government has taken out life insurance for the candidates.",
        "The examinations were held as planned, with police at the gates.",
    ],
)
def test_no_account_of_words_that_only_look_like_one(text: str) -> None:
    assert dateline.code(text).accounts == ()


def test_who_ends_an_attack_did_not_do_it() -> None:
    text = (
        "Five people were killed on Monday in an attack on a market in Kobo. The alleged killer, shot dead by police, "
        "had a knife."
    )
    attack, end = dateline.code(text, "2024-05-15").accounts
    assert (_agents(attack), _agents(end)) == ([], ["police"])


def test_whose_end_a_sentence_tells_is_not_done_by_those_who_end_it() -> None:
    text = "A man opened fire in a mall in Erbil on Monday, killing nine people, before officers shot him dead."
    attack, end = dateline.code(text, "2024-05-15").accounts
    assert (_agents(attack), _agents(end)) == (["man"], ["officers"])
    assert [(c.what, c.best) for c in attack.counts] == [("killed", 9)]


def test_what_was_struck_did_not_kill() -> None:
    text = "A bus carrying pilgrims was ambushed near Erbil on Sunday, leaving seven dead."
    (attack,) = dateline.code(text, "2024-05-15").accounts
    assert _agents(attack) == []
    assert [(c.what, c.best) for c in attack.counts] == [("killed", 7)]


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the bombing in Kobo on Friday.",
        "The rebels have not claimed responsibility for the bombing in Kobo on Friday.",
        "None of the groups took responsibility for the bombing in Kobo on Friday.",
        "The rebels were not responsible for the bombing in Kobo on Friday, police said.",
        "Police did not blame the rebels for the bombing in Kobo on Friday.",
    ],
)
def test_nobody_is_blamed_by_saying_that_nobody_is(text: str) -> None:
    (bombing,) = dateline.code(text, "2024-05-15").accounts
    assert _agents(bombing) == []


@pytest.mark.parametrize("how", ["by mistake", "by accident", "by friendly fire"])
def test_how_it_was_done_did_nothing(how: str) -> None:
    (attack,) = dateline.code(f"Two men were shot dead {how} in Kobo on Sunday.", "2024-05-15").accounts
    assert _agents(attack) == []


@pytest.mark.parametrize(
    ("text", "type_", "agents"),
    [
        ("Israeli air strikes killed five people in Gaza on Monday.", "airstrike", ["Israel"]),
        ("Russian shelling killed two civilians in Kherson on Monday.", "shelling", ["Russia"]),
        ("Strikes by the coalition hit a market in Saada, killing nine.", "airstrike", ["coalition"]),
        ("Yemen's Houthis said they fired a missile at the port of Yanbu.", "shelling", ["Houthis"]),
        ("Police fire killed a student in Dhaka on Tuesday.", "attack", ["Police"]),
        ("The bombing in Kobo was claimed by al-Shabaab.", "bombing", ["al-Shabaab"]),
        ("A spokesman denied that the rebels had carried out Friday's attack on a school in Kobo.", "attack", []),
        ("The army said it had foiled a plot to bomb a market in Kobo.", "plot", []),
    ],
)
def test_who_is_named_by_an_adjective_a_pronoun_or_a_claim(text: str, type_: str, agents: list[str]) -> None:
    assert _agents(_only(text, type_)) == agents


def test_a_denial_of_the_doer_denies_no_known_deed() -> None:
    text = "A spokesman denied that the rebels had carried out Friday's attack on a school, in which nine pupils died."
    attack = _only(text, "attack")
    assert (attack.status, [c.best for c in attack.counts]) == ("occurred", [9])


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban arrested two teachers in Herat on Monday.",
        "Houthi security forces detained six nurses in Taiz on Monday.",
        "The Syrian Democratic Forces (SDF) captured an ISIS fighter in Raqqa on Monday.",
    ],
)
def test_whoever_governs_arrests(text: str) -> None:
    assert [a.type for a in dateline.code(text).accounts] == ["arrest"]


def test_soldiers_are_hostages_of_whoever_governs() -> None:
    assert _only("Hamas captured two soldiers on Monday.", "kidnapping").actors


@pytest.mark.parametrize(
    ("text", "kind", "id_"),
    [
        ("The Russians attacked a village near Sumy on Monday.", "state", None),
        ("SFs shot dead two farmers in Tarmi on Monday.", "state", None),
        ("A Russian missile killed two teachers in Sumy on Monday.", "state", None),
        ("The Oru Liberation Army killed two farmers on Monday.", "armed_group", None),
        ("The enemy Arakan Army killed two farmers on Monday.", "armed_group", "arakan-army"),
        ("Maoists killed two officers in Samar, Philippines, on Monday.", "armed_group", "npa"),
        ("Maoists killed two officers in Bastar, India, on Monday.", "armed_group", "cpi-maoist"),
        ("Bandits killed two farmers in Zamfara on Monday.", "unknown", None),
        ("INS Tarmi arrested nine fishermen on Monday.", "state", None),
        ("Fighters of the al-Qaeda-linked al-Shabaab killed four soldiers in Lamu.", "armed_group", "al-shabaab"),
        ("Islamic State-affiliated ADF rebels killed ten villagers in Beni.", "armed_group", "adf"),
        ("Al-Qaeda-linked militants killed ten soldiers in Mali.", "armed_group", "al-qaeda"),
    ],
)
def test_what_kind_of_doer(text: str, kind: str, id_: str | None) -> None:
    [doer] = [a for account in dateline.code(text).accounts for a in account.actors if a.role == "agent"]
    assert (doer.kind, doer.id) == (kind, id_)


def test_a_short_form_in_brackets_is_part_of_the_name() -> None:
    text = (
        "Three Nationalist Socialist Council of Nagaland-Khaplang (NSCN-K) cadres were killed in Mon on Monday. "
        "Two Hizb-ul-Mujahideen (HM) militants were shot dead in Tral."
    )
    killed = [(c.low, c.party) for account in dateline.code(text).accounts for c in account.counts]
    ids = [a.id for account in dateline.code(text).accounts for a in account.actors]
    assert (killed, ids) == ([(3, "nonstate"), (2, "nonstate")], ["nscn-k", "hizbul-mujahideen"])


def test_a_short_form_that_the_report_explains() -> None:
    text = "The Movement for Oru Freedom (MOF) killed a judge on "
    text += "Monday. The MOF shot dead two farmers in Tarmi."
    doers = {a.name for account in dateline.code(text).accounts for a in account.actors if a.role == "agent"}
    assert doers == {"Movement for Oru Freedom"}


def test_a_group_that_suffers_did_not_do_it() -> None:
    text = "Suspected jihadists killed ten soldiers and three men of the Arakan Army near Tarmi on Monday."
    assert _agents(_only(text, "killing")) == ["Suspected jihadists"]


def test_things_and_datelines_do_nothing() -> None:
    assert _agents(_only("Fears killed two farmers on Monday.", "killing")) == []


def test_who_is_told_again_in_fewer_words_is_one() -> None:
    text = "Rangers of the park service arrested two men in Kobo on Monday. The officers arrested the two at a farm."
    assert _agents(_only(text, "arrest")) == ["Rangers of the park service"]


def test_rebels_make_no_arrests() -> None:
    captured = _only("Rebels captured 14 soldiers near Goma on Saturday.", "kidnapping")
    assert [(c.what, c.best) for c in captured.counts] == [("kidnapped", 14)]


def test_those_who_tell_of_it_are_not_among_the_victims() -> None:
    text = "Gunmen opened fire on a crowd in Jos, wounding 14 others, residents and a hospital source said."
    attack = _only(text, "attack")
    assert {a.text for a in attack.actors if a.role == "victim"} <= {"crowd", "14 others"}
    assert [(c.what, c.best) for c in attack.counts] == [("wounded", 14)]


def test_one_person_described_twice_is_one() -> None:
    text = (
        "A major general was killed by a roadside bomb near Palmyra on Monday. Major General Igor Petrov died when the "
        "device exploded. Three soldiers were wounded."
    )
    bombing = _only(text, "bombing")
    assert [a.name for a in bombing.actors if a.role == "victim"] == ["Igor Petrov", "Three soldiers"]
