"""The same story with another label for a party is coded alike (benchmarks/wording.py)."""

from __future__ import annotations

import pytest
from benchmarks.wording import LABELS, coded, flips, stories, told

from dateline.engines import code

#: Pairs that are coded otherwise today. The aim is 0; it may only fall.
_TODAY = 10


def test_there_are_200_pairs_and_no_story_comes_twice() -> None:
    assert len(set(stories())) * (len(LABELS) - 1) == 200 and len(set(LABELS)) == 6
    assert all("{P}" in story or "{p}" in story for story in stories())


def test_a_flip_is_seen() -> None:
    one, two = (code(f"{who} attacked a bank in Basra on Monday, killing {n}.", "2024-05-15") for who, n in
                (("Rebels", "two people"), ("Rebels", "nine people")))  # fmt: skip
    assert coded(one, "rebels") != coded(two, "rebels") and told("{p} of {P}", "rebels") == "Rebels of rebels"


@pytest.mark.slow
def test_other_labels_change_no_more_than_on_record() -> None:
    found = list(flips())
    assert len(found) <= _TODAY, [f"{one.story} {one.label}: {one.field}" for one in found]
