"""Where in a text something stands: code-point offsets, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]` are the words meant."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Do the two share a character?"""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Does the other lie inside?"""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same words in a text that stands `by` characters later."""
        return Span(self.start + by, self.end + by)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that covers all; raises ValueError where there is none."""
    spans = list(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
