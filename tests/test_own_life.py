"""Killers who kill themselves are counted once, beside their victims, where no figure may hold them already."""

from __future__ import annotations

import pytest

import dateline


def _killed(text: str) -> list[tuple[str | None, int | None]]:
    coding = dateline.code(text, "2024-05-15")
    return sorted((c.party, c.best) for a in coding.accounts for c in a.counts if c.what == "killed")


@pytest.mark.parametrize(
    "text",
    [
        "A gunman shot and killed two guards in Erbil on Monday before killing himself, police said.",
        "A soldier killed two guards in Erbil on Monday and then turned the gun on himself, police said.",
        "A gunman killed two guards in Erbil on Monday before taking his own life, police said.",
    ],
)
def test_who_kills_and_then_kills_himself_is_one_death_more(text: str) -> None:
    assert sum(n or 0 for _, n in _killed(text)) == 3
    assert ("nonstate", 1) in _killed(text)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A gunman killed himself in Erbil on Monday, police said.", [("nonstate", 1)]),
        # A suicide bomber is told by the method.
        ("A suicide bomber killed himself and five soldiers in Erbil on Monday.", [("state", 5)]),
    ],
)
def test_nobody_is_counted_twice(text: str, killed: list[tuple[str, int]]) -> None:
    assert _killed(text) == killed


def test_the_words_that_say_it_are_the_span() -> None:
    text = "A gunman killed two guards in Erbil on Monday before taking his own life, police said."
    account = dateline.code(text, "2024-05-15").accounts[0]
    (own,) = (c for c in account.counts if c.party == "nonstate")
    assert own.span.of(text) == own.text == "his own life"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("MOSUL, Iraq - Gunmen killed two guards on Monday.", "Gunmen killed two guards on Monday."),
        ("KABUL - Gunmen killed two guards on Monday.", "Gunmen killed two guards on Monday."),
        ("Nairobi, Kenya — Gunmen killed two guards on Monday.", "Gunmen killed two guards on Monday."),
        ("Gunmen - two of them masked - killed two guards.", "Gunmen - two of them masked - killed two guards."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(text: str, body: str) -> None:
    from dateline.language import Document

    assert Document.of(text).sentences[-1].text == body
