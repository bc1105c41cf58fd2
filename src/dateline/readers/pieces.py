"""Build a text piece by piece, and keep where each piece stands in the original (page, paragraph)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.model import Origin, Span
from dateline.model.claims import Unit

#: Characters that programs write where a word is divided at the end of a line (soft hyphens), and a visible hyphen.
_MARKS = "\x02\ufffe\xad"
PARTED = re.compile(rf"(?<=[^\W\d_])[-\u2010{_MARKS}]$")


class Pieces:
    """A growing text with the origins of its parts; neighbouring pieces of one place have one origin."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._parts: list[str] = []
        self._size = 0
        self._origins: list[Origin] = []

    def add(self, text: str, place: int, between: str = "\n\n") -> None:
        """Append a piece, after the separator `between`."""
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
        """Does the text end in the middle of a word, at a hyphen?"""
        return bool(self._parts) and bool(PARTED.search(self._parts[-1]))

    def join(self, text: str, place: int) -> None:
        """Append the rest of a divided word. The hyphen is removed if it is soft, or a small letter follows."""
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
    """One text of all pieces; each line comes with its place in the original."""
    made = Pieces(unit)
    for place, text in lines:
        made.add(text, place, between)
    return made
