"""The words that every match of a pattern holds. To look for them is quicker than to try the pattern.

Only sure words are taken: runs of letters outside all groups, and groups in which every alternative has such a word.
Optional parts, lookaheads, lookbehinds and classes of words (`{NAME}`) give no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MACRO = re.compile(r"\{[A-Za-z][^}]{0,99}\}")
#: Shorter words are not used: too many texts hold them.
_LEAST = 3
_OPENED = re.compile(r"\?(?::|P<\w+>)")
_FIGURES = re.compile(r"\d|\[(?:\d-\d|\d){1,9}\]")
_COUNTED = re.compile(r"\{\d{0,4},?\d{0,4}\}")


class _Piece(NamedTuple):
    """A character, a set or a group of a pattern; whether a match may lack it, and whether it may be repeated."""

    text: str
    optional: bool
    repeated: bool


def required(pattern: str) -> tuple[str, ...]:
    """Words of which every match of a pattern (in lower case) has at least one; none where nothing is sure."""
    found = list(_required(_MACRO.sub(".", pattern)))
    # The set with the longest words: most texts lack them.
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=())


def has_figure(pattern: str) -> bool:
    """Does every match of a pattern hold a figure?"""
    return _has_figure(_MACRO.sub(".", pattern))


def _has_figure(pattern: str) -> bool:
    parts = _alternatives(pattern)
    if len(parts) > 1:
        return all(map(_has_figure, parts))
    return any(_is_figure(piece.text) for piece in _pieces(pattern) if not piece.optional)


def _is_figure(piece: str) -> bool:
    if piece.startswith("("):
        inner = _inside(piece)
        return inner is not None and _has_figure(inner)
    return piece == r"\d" or _FIGURES.fullmatch(piece) is not None


def _required(pattern: str) -> Iterator[tuple[str, ...]]:
    if len(_alternatives(pattern)) > 1:
        yield from _of_group(pattern)
        return
    run = ""
    for piece in (*_pieces(pattern), _Piece("", False, False)):
        is_letter = len(piece.text) == 1 and piece.text.isalpha() and not piece.optional
        if is_letter:
            run += piece.text
        if not is_letter or piece.repeated:
            if len(run) >= _LEAST:
                yield (run,)
            run = ""
        if piece.text.startswith("(") and not piece.optional:
            inner = _inside(piece.text)
            yield from () if inner is None else _of_group(inner)


def _inside(group: str) -> str | None:
    """The pattern inside a group; None for lookaheads, lookbehinds and other special groups."""
    inner = group[1:-1]
    if not inner.startswith("?"):
        return inner
    opened = _OPENED.match(inner)
    return None if opened is None else inner[opened.end() :]


def _of_group(inner: str) -> Iterator[tuple[str, ...]]:
    """The words of which every match of a group holds one; none where some alternative has no such word."""
    words: list[str] = []
    for one in _alternatives(inner):
        own = max(_required(one), key=lambda found: min(map(len, found)), default=())
        if not own:
            return
        words += own
    yield tuple(words)


def _pieces(pattern: str) -> Iterator[_Piece]:
    at = 0
    while at < len(pattern):
        end = _end(pattern, at)
        rest = pattern[end:]
        counted = _COUNTED.match(rest)
        often = rest[:1] in ("*", "+") or counted is not None
        optional = rest[:1] in ("?", "*") or (counted is not None and counted[0].startswith(("{0", "{,")))
        yield _Piece(pattern[at:end], optional, often)
        at = end
        if often or optional:
            at += len(counted[0]) if counted is not None else 1
            at += pattern[at : at + 1] in ("?", "+")  # lazy or possessive


def _end(pattern: str, at: int) -> int:
    """The index after the character, set or group that begins at `at`."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        close = pattern.index("]", at + 2 + (pattern[at + 1 : at + 2] == "^"))
        while pattern[close - 1] == "\\" and pattern[close - 2] != "\\":
            close = pattern.index("]", close + 1)
        return close + 1
    if pattern[at] != "(":
        return at + 1
    at += 1
    while pattern[at] != ")":
        at = _end(pattern, at)
    return at + 1


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern: its parts between bars ("|") that stand outside all brackets."""
    found, begin, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            found.append(pattern[begin:at])
            begin = at + 1
        at = _end(pattern, at)
    return [*found, pattern[begin:]]
