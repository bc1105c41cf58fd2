"""A text put together piece by piece, each with where it stands in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.model import Origin, Span
from dateline.model.claims import Unit

#: Marks that programs put where a word is parted, and a hyphen at the end of a line.
_MARKS = "\x02\ufffe\xad"
PARTED = re.compile(rf"(?<=[^\W\d_])[-\u2010{_MARKS}]$")


class Pieces:
    """A text that grows, and the origins of its parts; neighbours of one place are one origin."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._parts: list[str] = []
        self._size = 0
        self._origins: list[Origin] = []

    def add(self, text: str, place: int, between: str = "\n\n") -> None:
        """Put a piece at the end, after what parts it from the one before."""
        lead = between if self._parts else ""
        start = self._size + len(lead)
        self._parts.extend((lead, text))
        self._size = start + len(text)
        last = self._origins[-1] if self._origins else None
        if last is not None and last.first == place:
            self._origins[-1] = Origin(Span(last.span.start, self._size), self._unit, place, place)
        else:
            self._origins.append(Origin(Span(start, self._size), self._unit, place, place))

    def parted(self) -> bool:
        """Does it end in the middle of a word, at a hyphen?"""
        return bool(self._parts) and bool(PARTED.search(self._parts[-1]))

    def join(self, text: str, place: int) -> None:
        """Put the rest of a word that is parted at the end; the hyphen stays where what follows is no small letter."""
        last = self._parts[-1]
        if text[:1].islower() or last[-1] in _MARKS:
            self._parts[-1] = last[:-1]
            self._size -= 1
            if self._origins:
                end = self._origins[-1]
                self._origins[-1] = Origin(Span(end.span.start, self._size), self._unit, end.first, end.last)
        self.add(text, place, "")

    @property
    def size(self) -> int:
        """How many characters it has so far."""
        return self._size

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._parts)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where its parts stand, in order."""
        return tuple(self._origins)


def joined(lines: Iterable[tuple[int, str]], unit: Unit = "paragraph", between: str = "\n\n") -> Pieces:
    """Pieces with their places, as one text."""
    made = Pieces(unit)
    for place, text in lines:
        made.add(text, place, between)
    return made
