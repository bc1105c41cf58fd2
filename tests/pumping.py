"""Strings that make a regular expression work: for each of its repeats something it repeats, over and over.

What goes before a repeat is written once, what it repeats many times, and then comes something that nothing expects:
an expression that can be brought to try every way of cutting a string up is brought to it by such strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: Repeated whatever the expression is.
ANYWAY = (
    "A", "a", " ", ".", "A ", "a ", "A.", "a.", "(", "[", "()", "[x]", "1", "1,", "1 ", "1.", "1-", "Kabul, ", "\n",
    "\t", "-", "- ", "Aa ", "Aa, ", "aA", "'", '"', "A-", "a-", "“", "(A", "[a", "a, ", "é", "_", "\x00", "\nby ",
    "twenty ", ",111",
)  # fmt: skip
#: A repeat of more than so many can be pumped; others are bounded.
_BOUNDED = 8
_LETTERS = "aA1 .-'(,é\n[]\"_/"
_CLASSES = {
    sre.CATEGORY_DIGIT: str.isdigit, sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_", sre.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    sre.CATEGORY_NOT_SPACE: lambda c: not c.isspace(), sre.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}  # fmt: skip
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def pumps(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """What is written once, and what is repeated after it."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    own = {pump for pick in range(2) for pump in _pumps(tree, "", pick)}
    whole = {_sample(tree, pick) for pick in range(3)}
    units = (
        {("", unit) for unit in ANYWAY}
        | {("", unit) for _, unit in own}
        | {("", w + end) for w in whole for end in ("", " ")}
    )
    return sorted((before, unit) for before, unit in units | own if unit)


def _pumps(items: Iterable[Any], before: str, pick: int) -> Iterator[tuple[str, str]]:
    for kind, value in items:
        if kind in _REPEATS:
            if value[1] > _BOUNDED:
                yield from ((before, _sample(value[2], n)) for n in range(3))
            yield from _pumps(value[2], before, pick)
        elif kind is sre.SUBPATTERN:
            yield from _pumps(value[3], before, pick)
        elif kind is sre.ATOMIC_GROUP:
            yield from _pumps(value, before, pick)
        elif kind is sre.BRANCH:
            for branch in value[1][:40]:
                yield from _pumps(branch, before, pick)
        before = before + _sample([(kind, value)], pick) if len(before) < 80 else before


def _sample(items: Iterable[Any], pick: int) -> str:
    """A short string that the items match, or nearly (what stands around is not looked at); `pick` chooses among
    alternatives."""
    found = ""
    for kind, value in items:
        if kind is sre.LITERAL:
            found += chr(value)
        elif kind in (sre.NOT_LITERAL, sre.ANY):
            found += "b" if value == ord("a") else "a"
        elif kind is sre.IN:
            found += _one_of(value, pick)
        elif kind is sre.BRANCH:
            found += _sample(value[1][pick % len(value[1])], pick)
        elif kind is sre.SUBPATTERN:
            found += _sample(value[3], pick)
        elif kind is sre.ATOMIC_GROUP:
            found += _sample(value, pick)
        elif kind in _REPEATS:
            found += _sample(value[2], pick) * max(value[0], min(1, value[1]))
    return found


def _one_of(members: list[Any], pick: int) -> str:
    negated = any(kind is sre.NEGATE for kind, _ in members)
    fitting = [c for c in _LETTERS if any(_holds(m, c) for m in members) != negated]
    if fitting:
        return fitting[pick % len(fitting)]
    first = next(value for kind, value in members if kind in (sre.LITERAL, sre.RANGE))
    return chr(first if isinstance(first, int) else first[0])


def _holds(member: Any, c: str) -> bool:
    kind, value = member
    if kind is sre.LITERAL:
        return ord(c) == int(value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(c) <= value[1])
    return kind is sre.CATEGORY and bool(_CLASSES[value](c))
