"""Figures, days, places, parties and fields in words."""

from __future__ import annotations

import pytest

from dateline.model import words
from dateline.model.claims import Actor
from dateline.model.event import CountStep, EventPlace, EventWhen
from dateline.model.span import Span


@pytest.mark.parametrize(
    ("low", "best", "high", "told"),
    [
        (12, 12, 12, "12"), (1200, 1200, 1200, "1,200"), (3, 4, 5, "3 to 5"), (12, 12, None, "at least 12"),
        (401, None, None, "over 400"), (None, None, 9, "up to 9"), (None, 20, None, "about 20"),
        (None, None, None, "some"), (7, None, 7, "7"),
    ],
)  # fmt: skip
def test_a_figure(low: int | None, best: int | None, high: int | None, told: str) -> None:
    assert words.number(CountStep(None, low, best, high, 1)) == told


def test_of_a_range_what_is_most_likely_is_said_too() -> None:
    assert words.figure(CountStep(None, 10, 15, 20, 1)) == "15 (10 to 20)"
    assert words.figure(CountStep(None, 10, None, 20, 1)) == "10 to 20"
    assert words.figure(CountStep(None, 401, 401, None, 1)) == "over 400"
    assert words.figure(CountStep(None, 5, 7, None, 1)) == "7 (at least 5)"
    assert words.figure(CountStep(None, None, 3, 9, 1)) == "3 (up to 9)"
    assert words.figure(CountStep(None, None, 20, None, 1)) == "about 20"
    assert (words.of_party("nonstate"), words.of_party("unknown"), words.of_party(None)) == (" (armed group)", "", "")


def test_a_figure_for_programs() -> None:
    assert words.slashed(CountStep(None, 9, 9, None, 1)) == "9/9/?"


@pytest.mark.parametrize(
    ("start", "end", "days", "period"),
    [
        ("2024-05-14", "2024-05-14", "2024-05-14", "2024-05-14"),
        ("2024-05-01", "2024-05-31", "2024-05-01 to 2024-05-31", "2024-05"),
        ("2024-01-01", "2024-12-31", "2024-01-01 to 2024-12-31", "2024"),
        ("2024-05-14", "2024-05-16", "2024-05-14 to 2024-05-16", "2024-05-14\u00a0– 2024-05-16"),
        ("2023-02-01", "2023-02-28", "2023-02-01 to 2023-02-28", "2023-02"),
    ],
)
def test_days(start: str, end: str, days: str, period: str) -> None:
    when = EventWhen(start, end, "range", "agreed")
    assert (words.days(when), words.period(when)) == (days, period)
    assert (words.days(None), words.days(None, unknown="day unknown"), words.period(None)) == ("?", "day unknown", "?")


def test_a_place_has_its_province_and_country() -> None:
    assert words.place(EventPlace("Goma", "CD", "North Kivu", None, None, "city", None)) == "Goma, North Kivu, CD"
    assert words.place(EventPlace("the bridge", None, None, None, None, None, None)) == "the bridge"


def test_doers_stand_before_those_it_was_done_to() -> None:
    police = Actor("agent", "state", "police", "police", Span(0, 6))
    boys = Actor("victim", "civilian", "two boys", "two boys", Span(8, 16))
    assert words.parties((boys, police)) == "police → two boys"
    assert (words.parties((boys,)), words.parties((police,)), words.parties(())) == ("→ two boys", "police", "")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("counts.killed.civilian", "killed (civilians)"), ("counts.killed.nonstate", "killed (armed group)"),
        ("counts.sites.unknown", "sites"), ("when", "the day"), ("actors", "the parties"), ("part_of", "the part of"),
    ],
)  # fmt: skip
def test_a_field(name: str, told: str) -> None:
    assert words.field(name) == told
