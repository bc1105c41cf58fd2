"""Words that make a number less exact ("about", "more than"), and the bounds that they leave."""

from __future__ import annotations

from functools import cache

from dateline.howmany.quantities import Bounds, quantities
from dateline.language import Sentence, Token
from dateline.model.knowledge import english


@cache
def _approximators() -> list[tuple[tuple[str, ...], str]]:
    """Words of each approximator, and its kind (knowledge/quantities.yaml); those of most words first."""
    rows = [(tuple(words.split()), kind) for kind, entries in quantities().approximators.items() for words in entries]
    return sorted(rows, key=lambda row: -len(row[0]))


def approximated(value: int, kind: str | None) -> Bounds:
    """The bounds of a number with an approximator of some kind (the kinds are explained in
    knowledge/quantities.yaml)."""
    if kind == "above":
        return value + 1, value + 1, None
    if kind == "least":
        return value, value, None
    if kind == "below":
        return None, value, value
    if kind == "short":
        return None, None, value - 1
    if kind == "most":
        return None, None, value
    if kind == "about":
        return None, value, None
    return value, value, value


#: Words that may stand between an approximator and a number ("about the 20").
_BEFORE_NUMBERS = english("dateline.howmany", "before_numbers")


def approximator_before(sentence: Sentence, at: int) -> tuple[str | None, list[Token]]:
    """The kind and the words of the approximator right before token `at`, or before its article ("about a dozen");
    (None, []) without one."""
    found = _approximator_at(sentence, at)
    if found[0] is None and at > 1 and sentence.tokens[at - 1].lower in _BEFORE_NUMBERS:
        return _approximator_at(sentence, at - 1)
    return found


def _approximator_at(sentence: Sentence, at: int) -> tuple[str | None, list[Token]]:
    said = [t for t in sentence.tokens[max(0, at - 6) : at] if t.tag != "_SP"]
    lower = tuple(t.lower for t in said)
    for words, kind in _approximators():
        before = said[-len(words) :]
        # The word may belong to the verb ("handed over two pilots").
        if lower[-len(words) :] == words and before[0].dep != "prt":
            return kind, before
    return None, []
