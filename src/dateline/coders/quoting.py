"""Find the words that a model quotes in the report: exactly, or ignoring differences of white space, case, accents,
quotation marks and dashes. The result is a span of the report's own text; without one a value is not supported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dateline.language.dictionary import is_common
from dateline.model import Span

#: The most characters of a quote that are looked for, and the most places in the report that are looked at.
LONGEST, PLACES = 2_000, 200
#: The most pieces of a quote with "..." in it, and the most characters of the report between two pieces.
_PIECES, _GAP = 6, 400
_DASHES = frozenset("-‐‑‒–—―−﹘﹣－_")
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›ʼʻ＂＇")
_ELLIPSIS = re.compile(r"\[?(?:\.{3}|…)\]?")
#: Unicode categories of invisible characters and of marks on letters.
_UNSEEN = frozenset(("Cf", "Cc", "Cs", "Cn", "Co", "Mn", "Me"))
#: Characters that a model may add at the ends of a quote.
_EDGES = " \t\n.,;:!?()[]\"'“”‘’«»"
#: Characters at the ends of a quote that are never part of it.
_SOFT_EDGES = ' \t\n,;:"“”«»'
#: Blanks that are ignored: those after another blank, and those at the beginning.
_MORE_BLANKS = re.compile(r"(?:^|(?<= )) ++")


class _Folds(dict[str, str]):
    """The form in which each character is compared, computed once: "" for an invisible one."""

    def __missing__(self, char: str) -> str:
        found = self[char] = _folded(char)
        return found


def _folded(char: str) -> str:
    if char.isspace():
        return " "
    if char in _DASHES:
        return "-"
    if char in _QUOTES:
        return "'"
    if unicodedata.category(char) in _UNSEEN or char == "ـ":
        return ""
    plain = unicodedata.normalize("NFKD", char).translate(_LETTERS).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c) and c != " ")


_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l"})


_FOLDS = _Folds()


def fold(text: str) -> str:
    """A text in the form in which it is compared."""
    return " ".join("".join([_FOLDS[c] for c in text]).split())


class Quotable:
    """A report's text, in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = [_FOLDS[char] for char in text]
        folded = "".join(pieces)
        # The index in the text of each folded character; nearly always one folded character stands for one of the text.
        origin: Sequence[int] = range(len(text))
        if len(folded) != len(text) or "" in pieces:
            origin = [at for at, piece in enumerate(pieces) for _ in piece]
        at, kept, places = 0, list[str](), list[int]()
        for more in _MORE_BLANKS.finditer(folded):
            kept.append(folded[at : more.start()])
            places += origin[at : more.start()]
            at = more.end()
        self._folded = "".join((*kept, folded[at:]))
        self._origin = (*places, *origin[at:])

    def find(
        self,
        words: str,
        near: Sequence[Span] = (),
        around: str | None = None,
        at: int | None = None,
        from_start: bool = False,
    ) -> Span | None:
        """The span of the words in the report; None where they do not stand there. With `from_start`, a span may not
        begin in the middle of a word.

        Of several spans, the best is one inside the words `around`, then one in the sentences `near`, then one that is
        written exactly like `words`, then the one nearest to `at`, then the first.
        """
        words = words.strip(_SOFT_EDGES)
        found = list(self._places(words, from_start)) or list(self._places(words.strip(_EDGES), from_start))
        found = found or list(self._pieces(words))
        if not found:
            return None
        outer = list(self._places(around)) if around else []

        def rank(span: Span) -> tuple[bool, bool, bool, int, int]:
            inside = any(s.covers(span) for s in near)
            exact = span.of(self.text) == words
            away = abs(span.start - at) if at is not None else 0
            return not any(o.covers(span) for o in outer), not inside, not exact, away, span.start

        return min(found, key=rank)

    def names(self, name: str) -> bool:
        """Does the report hold a name, not in the middle of a word ("crisis" does not hold ISIS)? A name that is also a
        common word ("IS", "LeT") must be written exactly so, and does not count in a text that is all capitals."""
        found = self._places(name, from_start=True)
        if not is_common(fold(name)):
            return next(found, None) is not None
        return not self.text.isupper() and any(span.of(self.text) == name for span in found)

    def _places(self, words: str, from_start: bool = False) -> Iterator[Span]:
        """The spans where the words stand as whole words. If there are none, the spans within longer words, if the
        quote has at least four characters and no digit."""
        wanted = fold(words[:LONGEST])
        if not wanted or not any(c.isalnum() for c in wanted):
            return
        loose = len(wanted) >= 4 and not any(c.isdigit() for c in wanted)
        inner: list[Span] = []
        whole = False
        at, seen = self._folded.find(wanted), 0
        while at >= 0 and seen < PLACES:
            span = Span(self._origin[at], self._end(at + len(wanted) - 1))
            if self._is_whole(at, at + len(wanted)):
                whole = True
                yield span
            elif loose and not (from_start and self._goes_on_before(at)):
                inner.append(span)
            at, seen = self._folded.find(wanted, at + 1), seen + 1
        if not whole:
            yield from inner

    def _end(self, last: int) -> int:
        """The end of a character in the text, with the combining marks that belong to it ("é" of two characters)."""
        end = self._origin[last] + 1
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return end

    def _is_whole(self, start: int, end: int) -> bool:
        """Are these whole words: does no letter or digit adjoin before or after?"""
        text = self._folded
        after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        return not (after or self._goes_on_before(start))

    def _goes_on_before(self, start: int) -> bool:
        text = self._folded
        return start > 0 and text[start - 1].isalnum() and text[start].isalnum()

    def _pieces(self, words: str) -> Iterator[Span]:
        """The spans of a quote without its middle ("the blast ... in Kabul"), from the first piece to the last."""
        pieces = [piece for p in _ELLIPSIS.split(words[:LONGEST]) if (piece := p.strip())]
        if not 2 <= len(pieces) <= _PIECES:
            return
        later = [list(self._places(piece)) for piece in pieces[1:]]
        for first in self._places(pieces[0]):
            span: Span | None = first
            for places in later:
                end = span.end if span else 0
                nearest = min((s for s in places if end <= s.start <= end + _GAP), default=None)
                span = Span(first.start, nearest.end) if nearest and span else None
            if span is not None:
                yield span
