"""Words for vague numbers: dozens, several, tens of thousands."""

from __future__ import annotations

from dateline.howmany.approximating import approximated, approximator_before
from dateline.howmany.quantities import Bounds, Found, quantities
from dateline.language import Sentence, Token, numbers
from dateline.model.knowledge import english

DOZENS = english("dateline.howmany", "dozens")


def vague(sentence: Sentence, head: Token) -> Found | None:
    """The bounds of a word for a vague number ("dozens of people", "several soldiers", "a dozen men")."""
    table = quantities().vague
    for token in [head, *sentence.children(head)]:
        if token.lower in table and token.i <= head.i:
            return multiplied(sentence, token, head)
    if head.dep == "pobj" and head.head != head.i:
        preposition = sentence.head(head)
        outer = sentence.head(preposition)
        if preposition.lower == "of" and outer.lower in table and outer.i < head.i:
            return multiplied(sentence, outer, head)
    return None


def multiplied(sentence: Sentence, token: Token, head: Token) -> Found:
    """The bounds of a vague number, with its multiplier ("two dozen", "tens of thousands") and its approximator ("about
    a dozen"). Its words include the noun after "of" ("dozens of people")."""
    low, best, high = quantities().vague[token.lower]
    run = [token]
    before = sentence.tokens[token.i - 1] if token.i else token
    times = _times(sentence, token)
    if times is not None:
        many, words = times
        low, best, high = (None if n is None else int(n * many) for n in (low, best, high))
        run = [*words, *run]
        if words[0].lower == "several":
            best = high = None
    bounds: Bounds = (low, best, high)
    if best is not None and best == low:
        kind, words = approximator_before(sentence, run[0].i)
        bounds, run = approximated(best, kind), [*words, *run]
    elif before.lower == "of" and times is None:
        run = [token]
    if token is head:
        run += sentence.led_to(token, "of")[:1]
    return bounds, run, True


def _times(sentence: Sentence, token: Token) -> tuple[float, list[Token]] | None:
    """The multiplier of a vague number, and its words ("two dozen", "half a dozen", "tens of thousands"); else None."""
    before = sentence.tokens[max(0, token.i - 2) : token.i]
    said = tuple(t.lower for t in before)
    if token.lower in ("thousands", "millions") and said[1:] == ("of",):
        many = {"tens": 10, "hundreds": 100}.get(said[0])
        return None if many is None else (many, before)
    if token.lower not in DOZENS or not before:
        return None
    if said == ("half", "a"):
        return 0.5, before
    many = 3 if said[-1] == "several" else numbers.parse(said[-1])
    return None if many is None else (many, before[-1:])
