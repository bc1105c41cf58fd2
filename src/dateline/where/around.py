"""The words around a name: prepositions of place, words for kinds of places (knowledge/features.yaml)."""

from __future__ import annotations

from functools import cache

from dateline.language import Token
from dateline.model.knowledge import english, load

IN = english("dateline.where", "in")
#: Prepositions ("near") that make a name a settlement although it is not in the gazetteer.
BESIDE = english("dateline.where", "beside")
#: Prepositions ("in", "at") that make a name a settlement although it is not in the gazetteer, if it is said to lie in
#: a known place.
AT = english("dateline.where", "at")
INSIDE = english("dateline.where", "inside")
LONGEST = 6
#: The lists of features.yaml that name kinds of places.
_KINDS = ("city", "admin1", "district", "neighbourhood", "site", "region")
#: A word for one of these kinds makes a name a place although it is not in the gazetteer.
SETTLED = ("city", "admin1", "district", "neighbourhood")


@cache
def feature_words() -> dict[str, str]:
    """Feature word (singular or plural) -> kind of place. A word listed for several kinds has the first one."""
    table = load("dateline.where", "features.yaml", dict[str, list[str]])
    found: dict[str, str] = {}
    for kind, named in table.items():
        if kind not in _KINDS:
            continue
        for word in named:
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeo" else word + "s"
            for form in (word, plural):
                found.setdefault(form, kind)
    return found


@cache
def listed_words(name: str) -> frozenset[str]:
    return frozenset(load("dateline.where", "features.yaml", dict[str, list[str]])[name])


def is_court_district(tokens: list[Token], first: int, end: int) -> bool:
    """Is it the district of a court ("the Western District of Oklahoma")?"""
    direction = tokens[first].lower in listed_words("directions") and tokens[end].lower == "district"
    return direction and word_at(tokens, end + 1) == "of"


def word_at(tokens: list[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def feature_after(tokens: list[Token], end: int) -> str | None:
    """The kind of place by the words after the name ("Malatya province", "Damboa Local Government Area")."""
    word = word_at(tokens, end + 1)
    if word in ("'s", "’s"):
        return None
    return feature_words().get(word) or long_feature(tokens, end + 1)[0]


def long_feature(tokens: list[Token], first: int) -> tuple[str | None, int]:
    """The kind that an expression of several words from a token on tells, and the number of its words; (None, 0)
    without one."""
    for kind, named in _long_features().get(word_at(tokens, first), ()):
        if [t.lower for t in tokens[first : first + len(named)]] == named:
            return kind, len(named)
    return None, 0


@cache
def _long_features() -> dict[str, list[tuple[str, list[str]]]]:
    """First word of an expression for a kind of place -> (kind, all words) of each such expression, in order."""
    table = load("dateline.where", "features.yaml", dict[str, list[str]])
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for kind in ("district", "city"):
        for named in map(str.split, table[f"{kind}_phrases"]):
            found.setdefault(named[0], []).append((kind, named))
    return found


def feature_before(tokens: list[Token], first: int) -> str | None:
    """The kind of place by a word before the name ("the province of Malatya", "the village Dabiq")."""
    if word_at(tokens, first - 1) == "of":
        if is_court_district(tokens, first - 3, first - 2):
            return None
        return feature_words().get(word_at(tokens, first - 2))
    return feature_words().get(word_at(tokens, first - 1))


def is_attributive(tokens: list[Token], end: int, feature: str | None) -> bool:
    """Does a name belong to the noun after it ("Istanbul police")? It tells less about the place then."""
    if feature is not None or end + 1 >= len(tokens):
        return False
    token, following = tokens[end], tokens[end + 1]
    return token.dep in ("compound", "nmod") and token.head > token.i and following.pos in ("NOUN", "PROPN", "ADJ")
