"""What an enumeration counts: its parts of one party are one figure; a total and its parts are not added."""

from __future__ import annotations

import pytest

import dateline


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Two women and a child were killed in Erbil on Monday.", [("civilian", 3)]),
        ("Two children and their father were killed in Erbil on Monday.", [("civilian", 3)]),
        ("Three soldiers and two policemen were killed in Erbil on Monday.", [("state", 5)]),
        ("Three soldiers and two villagers were killed in Erbil on Monday.", [("civilian", 2), ("state", 3)]),
        ("A man and eight others were killed in Erbil on Monday.", [("civilian", 9)]),
        ("At least three soldiers and two policemen were killed in Erbil on Monday.", [("state", 2), ("state", 3)]),
    ],
)
def test_parts_of_one_party_are_one_figure(text: str, killed: list[tuple[str, int]]) -> None:
    counts = [c for a in dateline.code(text, "2024-05-15").accounts for c in a.counts if c.what == "killed"]
    assert sorted((c.party, c.best) for c in counts) == killed
    assert all(c.span.of(text) == c.text for c in counts)


@pytest.mark.parametrize(
    ("text", "what", "bounds"),
    [
        ("More than two dozen people were killed in Lira on Monday.", "killed", (25, 25, None)),
        ("About a dozen soldiers were killed in Lira on Monday.", "killed", (None, 12, None)),
        ("Half a dozen soldiers were killed in Lira on Monday.", "killed", (6, 6, 6)),
        ("Several hundred farmers were arrested in Lira on Monday.", "arrested", (300, None, None)),
        ("Several dozen farmers were arrested in Lira on Monday.", "arrested", (36, None, None)),
        ("Tens of thousands of teachers protested in Lira on Monday.", "participants", (20000, None, None)),
        ("Not fewer than 30 farmers were killed in Lira on Monday.", "killed", (30, 30, None)),
        ("Fewer than 30 farmers were killed in Lira on Monday.", "killed", (None, None, 29)),
        ("Up to 73 farmers were killed in Lira on Monday.", "killed", (None, None, 73)),
        ("More than a hundred farmers were killed in Lira on Monday.", "killed", (101, 101, None)),
        ("The war led to 2.5 million deaths in Ruba.", "killed", (2500000, 2500000, 2500000)),
        ("Police arrested Omar Bello and 14 others in Lira on Monday.", "arrested", (15, 15, 15)),
        ("Soldiers captured seven villages near Lira on Monday.", "sites", (7, 7, 7)),
        ("Jets carried out six air strikes near Lira on Monday.", "incidents", (6, 6, 6)),
    ],
)
def test_how_many_by_their_words(text: str, what: str, bounds: tuple[int | None, int | None, int | None]) -> None:
    counts = [c for a in dateline.code(text, "2024-05-15").accounts for c in a.counts]
    assert [(c.what, (c.low, c.best, c.high)) for c in counts] == [(what, bounds)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        # a year, an age, a number in a name
        ("Hundreds protested in Lira on Monday against the 1994 killings.", {("participants", 200)}),
        ("A clerk, 28, was arrested in Lira on Monday.", {("arrested", 1)}),
        ("Members of Southern Front 73 attacked soldiers in Lira on Monday.", set()),
        # deeds, things and speakers are no one
        ("The helicopter was shot down near Lira and all on deck were killed, Bello said.", set()),
        ('"All on board were killed," said spokesman Hadi Noor of the rebels on Monday.', set()),
        # what the word after a figure says
        ("Officers confirm four dead and about 40 injured in the attack in Lira.", {("killed", 4), ("wounded", 40)}),
        ("The bodies of six men with gunshot wounds were found in Lira on Monday.", {("killed", 6)}),
        # place by place, item by item
        (
            "Police arrested 31 suspects in Lira, 22 in Kobo and seven in Tarmi on Monday.",
            {("arrested", 31), ("arrested", 22), ("arrested", 7)},
        ),
        (
            "Two soldiers, a nurse and six rebels were killed in Lira on Monday.",
            {("killed", 2), ("killed", 1), ("killed", 6)},
        ),
        ("Two guards, a man and a woman, were killed in Lira on Monday.", {("killed", 2)}),
        (
            "In addition to three rebels, two guards were killed in an attack in Lira.",
            {("killed", 3), ("killed", 2)},
        ),
        # a pronoun counts one, unless others are counted
        ("The mayor was shot at his home in Lira. He was killed on the spot.", {("killed", 1)}),
        (
            "Nine men were killed in Lira on Monday. One of them, Omar Bello, was 20 when he was killed.",
            {("killed", 9)},
        ),
    ],
)
def test_what_counts_and_what_counts_nobody(text: str, counts: set[tuple[str, int]]) -> None:
    found = [c for a in dateline.code(text, "2024-05-15").accounts for c in a.counts]
    assert {(c.what, c.best if c.best is not None else c.low) for c in found} == counts


def test_two_numbers_at_one_noun_both_count() -> None:
    text = "Four Kenyan and three Ugandan nationals were arrested in Lira on Monday."
    counts = [c for a in dateline.code(text, "2024-05-15").accounts for c in a.counts]
    assert sum(c.best or 0 for c in counts) == 7


def test_nobody_is_a_victim_where_there_is_no_sign_of_any() -> None:
    (account,) = dateline.code("There are no signs that any farmers died in the raid in Lira.", "2024-05-15").accounts
    assert account.counts == ()
    assert not [a for a in account.actors if a.role == "victim"]


def test_a_toll_is_of_who_puts_it() -> None:
    text = "The ministry put the death toll at 31, while the rebels said 70 soldiers died in Monday's ambush."
    found = {c.best: c.said_by for a in dateline.code(text, "2024-05-15").accounts for c in a.counts}
    assert found[31] == "ministry"
    assert found[70] == "rebels"
