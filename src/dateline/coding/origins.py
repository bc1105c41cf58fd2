"""Recognise places that only say where people come from, not where something happened."""

from __future__ import annotations

from dateline.language import Token
from dateline.language.roles import base
from dateline.model.knowledge import english
from dateline.where import Located

#: Nouns of belonging to a country ("a citizen of Kenya", "a Kenyan national").
_BELONGING = english("dateline.coding", "belonging")
_BORN = english("dateline.coding", "born")


def is_origin(located: Located) -> bool:
    """Does a place only say where somebody comes from ("a citizen of Kyrgyzstan", "born in Kazakhstan")?"""
    tokens, first, last = located.toponym.sentence.tokens, located.toponym.first, located.toponym.last
    before, above, after = (_token(tokens, i) for i in (first - 1, first - 2, last + 1))
    if after is not None and base(after) in _BELONGING and after.pos in ("NOUN", "PROPN"):
        return True
    if before is None:
        return False
    if before.lower in ("native", "ancestral"):
        return True
    if above is None:
        return False
    return (before.lower == "of" and base(above) in _BELONGING) or (before.lower == "in" and above.lower in _BORN)


def _token(tokens: list[Token], i: int) -> Token | None:
    return tokens[i] if 0 <= i < len(tokens) else None
