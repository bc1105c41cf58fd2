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
    ],
)
def test_the_doer(text: str, type_: str, agents: list[str]) -> None:
    assert _agents(_only(text, type_)) == agents


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
        ("Two were killed and six were wounded in five separate shootings.", "attack", [("killed", 2), ("wounded", 6)]),
        ("Police fired 40 rounds, killing two people.", "attack", [("killed", 2)]),
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
