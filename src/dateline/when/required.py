"""Which words every match of a pattern holds: a look for them is quicker than trying the pattern.

Only what is sure is taken: words of letters at the top of the pattern, and groups of which every alternative has one.
Whatever is optional, looked ahead or behind, or a class of words (`{NAME}`) says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MACRO = re.compile(r"\{[A-Za-z][^}]{0,99}\}")
#: Letters that a word must have to tell something.
_LEAST = 3
_OPENED = re.compile(r"\?(?::|P<\w+>)")
_FIGURES = re.compile(r"\d|\[(?:\d-\d|\d){1,9}\]")
_COUNTED = re.compile(r"\{\d{0,4},?\d{0,4}\}")


class _Piece(NamedTuple):
    """A character, a class or a bracket of a pattern, and whether a match may go without it, or have it often."""

    text: str
    optional: bool
    repeated: bool


def required(pattern: str) -> tuple[str, ...]:
    """Words of which every match of a pattern (in lower case) has at least one; none where nothing is sure."""
    found = list(_required(_MACRO.sub(".", pattern)))
    # The one that is likeliest to be missing: of the longest words.
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
    """What a group matches; None where it only looks ahead or behind, or hangs on another."""
    inner = group[1:-1]
    if not inner.startswith("?"):
        return inner
    opened = _OPENED.match(inner)
    return None if opened is None else inner[opened.end() :]


def _of_group(inner: str) -> Iterator[tuple[str, ...]]:
    """The words of a group, of which every alternative must have one."""
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
            at += pattern[at : at + 1] in ("?", "+")  # as few, or as many, as there are


def _end(pattern: str, at: int) -> int:
    """Where the character, class or bracket ends that begins here."""
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
    """The parts of a pattern between bars that stand outside all brackets."""
    found, begin, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "|":
            found.append(pattern[begin:at])
            begin = at + 1
        at = _end(pattern, at)
    return [*found, pattern[begin:]]
