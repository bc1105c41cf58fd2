"""The gazetteer entry for a place that a reader of a report (a language model, a person) describes by name, kind and
country.

`resolving` works these out from the words of a report. Here the reader has done that, so the entry is only looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dateline.model.knowledge import load
from dateline.model.vocabulary import FINE
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, country, country_code, is_capital, lookup

#: Precision of a place -> the kinds of entries that fit it, the likeliest first.
_FITS: dict[str, tuple[str, ...]] = {
    "site": ("site", "neighbourhood"), "neighbourhood": ("neighbourhood", "city", "district"),
    "city": ("city", "neighbourhood", "district", "admin1"), "district": ("district", "city", "admin1"),
    "admin1": ("admin1", "region", "district"), "country": ("country",), "region": ("region", "admin1", "country"),
}  # fmt: skip
_OF = re.compile(r"^(?:the\s+)?(?:\w+\s+){1,3}of\s+", re.IGNORECASE)
_LONGEST = 120
#: The fewest letters of a word by which two spellings of a name are taken for alike.
_LONG = 4


class Told(NamedTuple):
    """What a reader says of a place: its kind, its country (ISO code) and its province, each where known.

    `sure`: the country was given for this very place, and not for another place of its account.
    """

    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    sure: bool = True


def entry_told(names: Sequence[str], told: Told) -> Entry | None:
    """The entry that fits what is told, for the first of the names that has one; None where no name has one.

    A name with words for its kind ("the eastern province of X", "X district") is also looked up without them.
    """
    forms = list(dict.fromkeys(form for name in names if len(name) <= _LONGEST for form in _forms(name) if form))
    if told.kind in (None, "country"):
        for form in forms:
            code = country_code(form)
            if code is not None and (code == told.country or not told.sure or told.country is None):
                return country(code)
    for form in forms:
        fitting = [e for e in lookup(form) if _fits(e, told)]
        if fitting:
            return max(fitting, key=lambda e: _rank(e, told))
    return None


def is_described(words: str, name: str, code: str | None) -> bool:
    """Do the words describe the place that a reader names, without its name? They may tell of the country's capital
    ("the capital": Port-au-Prince), or of a part of it ("the country's east": eastern Ukraine)."""
    said = [re.sub(r"['’]s$", "", w) for w in words.lower().split()]
    first, _, land = name.lower().partition(" ")
    if code is None or not first:
        return False
    way = _way(first)
    if way is not None and country_code(land) == code:
        return way in {_way(w) for w in said}
    return "capital" in said and any(e.country == code and is_capital(e) for e in lookup(name))


def is_spelt_like(words: str, name: str) -> bool:
    """Are the words another spelling of a name ("port of Prince": Port-au-Prince)? They are if they hold all its long
    words, and are themselves no name."""
    long = {w for w in fold(name).split() if len(w) >= _LONG}
    return len(long) > 1 and long <= set(fold(words).split()) and not lookup(words)


def _way(word: str) -> str | None:
    """The direction that a word tells ("southern", "south": south); None for other words."""
    plain = word.replace("-", "").removesuffix("ern")
    return plain if plain in _directions() else None


@cache
def _directions() -> frozenset[str]:
    """Words for directions."""
    return frozenset(load("dateline.where", "features.yaml", dict[str, list[str]])["directions"])


def _forms(name: str) -> Iterator[str]:
    """The name, and the same without words for its kind and without endings."""
    name = name.strip(" ,.;:'\"“”’")
    head = name.split(",")[0].strip()
    plain = _OF.sub("", head)
    yield from (name, head, plain)
    yield " ".join(w for w in plain.split() if fold(w) not in _kinds() and w.lower() not in ("the", "of"))
    yield re.sub(r"['’]\w*$", "", head)


@cache
def _kinds() -> frozenset[str]:
    """Words that say what kind of place a name is ("province")."""
    rows = load("dateline.where", "features.yaml", dict[str, list[str]])
    return frozenset(fold(w) for kind in ("city", "admin1", "district") for w in rows[kind])


def _fits(entry: Entry, told: Told) -> bool:
    if told.sure and told.country is not None and entry.country != told.country:
        return False
    if told.kind == "region" and (entry.kind in FINE or (told.country is None and entry.kind == "admin1")):
        return False
    return told.kind is None or entry.kind in _FITS.get(told.kind, ())


def _rank(entry: Entry, told: Told) -> tuple[bool, bool, int, int, int]:
    """A key to sort entries by: whether country and province fit, then kind, rank of the name, number of people."""
    kinds = _FITS.get(told.kind or "", ())
    kind = len(kinds) - kinds.index(entry.kind) if entry.kind in kinds else 0
    inside = bool(told.admin1 and entry.admin1 and fold(told.admin1) == fold(entry.admin1))
    return entry.country == told.country, inside, kind, entry.rank, entry.population
