"""Spans: where in a text something stands, as offsets in code points, end exclusive."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Span(NamedTuple):
    """A span of a text: its words are `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Do the two spans share a character?"""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Does the other span lie inside this one?"""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The span of the same words when the text begins `by` characters later."""
        return Span(self.start + by, self.end + by)


class Along(Generic[Thing]):
    """Things that stand in a text, kept in its order: those near a span are found without going through all of them,
    so that a long report takes no more time for each word than a short one."""

    def __init__(self, things: Iterable[Thing], span_of: Callable[[Thing], Span]) -> None:
        given = [(span_of(thing), n, thing) for n, thing in enumerate(things)]
        self._given = sorted(given, key=lambda one: one[0])
        self._starts = [span.start for span, _, _ in self._given]
        self._longest = max((span.end - span.start for span, _, _ in given), default=0)

    def near(self, span: Span, far: int = 0) -> list[Thing]:
        """The things that are at most `far` characters from the span, or touch it, in the order in which they were
        given."""
        low = bisect_left(self._starts, span.start - far - self._longest)
        high = bisect_right(self._starts, span.end + far)
        found = [(n, thing) for own, n, thing in self._given[low:high] if own.end + far >= span.start]
        return [thing for _, thing in sorted(found, key=lambda one: one[0])]


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all the spans; raises ValueError where there are none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
