"""Who says so, also at second hand; and tolls, which revise what was said."""

from __future__ import annotations

import pytest

import dateline


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("AFP quoted the minister as saying that police had arrested 15 militants.", ["minister", "AFP"]),
        ("The minister was quoted by Reuters as saying that rebels kidnapped two nuns.", ["minister", "Reuters"]),
        ("The Observatory, citing local activists, said shelling killed four.", ["local activists", "Observatory"]),
        ("A statement by the army said soldiers shot dead two smugglers.", ["army", "statement"]),
        ("According to police, gunmen killed a teacher in Tarmi.", ["police"]),
        ("Gunmen killed a teacher in Tarmi on Monday.", []),
    ],
)
def test_the_nearest_speaker_comes_first(text: str, speakers: list[str]) -> None:
    (account,) = dateline.code(text).accounts
    assert [s.name for s in account.said_by] == speakers


@pytest.mark.parametrize(
    ("toll", "killed"),
    [
        ("The death toll later rose to 12, the health minister said.", 12),
        ("Officials revised the toll down to three on Tuesday.", 3),
        ("The toll reached nine on Tuesday.", 9),
        ("Officials put the death toll at 14.", 14),
        ("A toll of seven was given by the hospital.", 7),
    ],
)
def test_a_revised_toll_is_kept_beside_the_first(toll: str, killed: int) -> None:
    (account,) = dateline.code(f"A bomb killed five people in Kobo on Monday. {toll}").accounts
    assert [c.best for c in account.counts if c.what == "killed"] == [5, killed]


def test_the_toll_is_its_speakers() -> None:
    text = "Five people were killed in the blast in Kobo, police said. The toll rose to 12, the mayor said."
    (account,) = dateline.code(text).accounts
    assert [(c.best, c.said_by) for c in account.counts] == [(5, "police"), (12, "mayor")]


def test_a_metaphor_is_no_toll() -> None:
    assert dateline.code("The long season took its toll on the players.").accounts == ()
