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
