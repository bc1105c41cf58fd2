"""Things of a text are found by where they stand, as if one went through all of them."""

from __future__ import annotations

import random

from dateline.model import Span
from dateline.model.span import Along


def _spans(choice: random.Random, many: int) -> list[Span]:
    starts = [choice.randrange(200) for _ in range(many)]
    return [Span(start, start + choice.choice((0, 1, 3, 40))) for start in starts]


def test_what_overlaps_a_span_is_near_it_in_the_order_in_which_it_was_given() -> None:
    choice = random.Random(3)
    for _ in range(200):
        given = _spans(choice, choice.randrange(12))
        along = Along(given, lambda span: span)
        for span in _spans(choice, 9):
            found = [other for other in along.near(span) if other.overlaps(span)]
            assert found == [other for other in given if other.overlaps(span)]


def test_what_is_so_many_characters_away_is_near() -> None:
    choice = random.Random(4)
    for _ in range(200):
        given = _spans(choice, choice.randrange(12))
        along = Along(given, lambda span: span)
        for span in _spans(choice, 9):
            away = [max(other.start - span.end, span.start - other.end, 0) for other in given]
            assert along.near(span, 5) == [other for other, far in zip(given, away, strict=True) if far <= 5]


def test_there_may_be_nothing() -> None:
    assert Along([], lambda span: span).near(Span(0, 9), 9) == []
