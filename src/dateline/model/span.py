"""Spans: where in a text something stands, as offsets in code points, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all the spans; raises ValueError where there are none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
