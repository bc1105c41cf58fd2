"""Short reports as a newsroom writes them, read by both readers: what must hold of each, however sure the reader is."""

from __future__ import annotations

import pytest

import dateline
from dateline.model import Account, types

READERS = pytest.mark.parametrize("reader", ["rules", "learned"])


def coded(text: str, reader: str, published: str = "2026-11-26") -> tuple[Account, ...]:
    return dateline.code(text, published=published, reader=reader).accounts


def figures(account: Account) -> set[tuple[str, int | None]]:
    return {(count.what, count.best) for count in account.counts}


@READERS
@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "French police detained four men after a blast in Lyon on Tuesday.\n\nIn Belgium, police detained nine "
            "people over the attack, prosecutors said.",
            ("arrested", 4),
            ("arrested", 9),
        ),
        (
            "KARACHI, Nov 23 - A bomb killed ten people in a market in Karachi on Monday, police said. Police arrested "
            "two suspects hours later.\n\nIn India, police arrested 40 people last week after riots in Delhi.",
            ("arrested", 2),
            ("arrested", 40),
        ),
        (
            "BAGHDAD, Nov 23 - A suicide bomber killed nine people in Baghdad on Monday, police said. Security forces "
            "held three men for questioning hours later.\n\nIn Turkey, police detained 115 suspected Islamic State "
            "members last week.",
            ("arrested", 3),
            ("arrested", 115),
        ),
        (
            "BOGOTA - Police arrested five men in Cali on Monday.\n\nIn Ecuador, police arrested 17 people in "
            "Guayaquil over a prison riot.",
            ("arrested", 5),
            ("arrested", 17),
        ),
    ],
)
def test_what_happened_in_two_countries_is_two(
    text: str, one: tuple[str, int], other: tuple[str, int], reader: str
) -> None:
    accounts = coded(text, reader)
    assert not any({one, other} <= figures(a) for a in accounts)
    assert any(one in figures(a) for a in accounts) and any(other in figures(a) for a in accounts)


@READERS
def test_the_same_people_in_another_country_are_one(reader: str) -> None:
    text = "PARIS - Police arrested six men on Monday. The six were arrested in Spain with French help."
    assert [a.type for a in coded(text, reader)].count("arrest") == 1


@READERS
@pytest.mark.parametrize(
    "text",
    [
        "Kenyan police killed four al-Shabaab suspects in Lamu on Friday and seized two AK-47 rifles.",
        "Soldiers killed six bandits in Zamfara on Sunday and recovered three motorcycles.",
        "Troops shot dead two rebels near Goma and seized a machine gun, the army said.",
        "Security forces killed two militants in Kupwara and seized arms and ammunition.",
        "Rebels killed nine soldiers in Djibo and seized their weapons.",
        "Police seized two tonnes of cocaine in Callao on Monday and shot dead one of the traffickers.",
        "The army killed five fighters in an ambush in Samar on Monday and captured two of their rifles.",
    ],
)
def test_who_was_killed_is_never_counted_by_a_seizure(text: str, reader: str) -> None:
    killed = [a for a in coded(text, reader) if any(what == "killed" for what, _ in figures(a))]
    assert [a.type in types.FORCE for a in killed] == [True]
