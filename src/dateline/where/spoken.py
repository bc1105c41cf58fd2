"""English names of places for which the gazetteer has a transliteration ("Nineveh" for "Nīnawá")."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from dateline.model.knowledge import load

#: Removes apostrophes that stand for letters of other scripts.
_SIGNS = str.maketrans("", "", "‘’ʻʼ'")


class _Spoken(NamedTuple):
    countries: list[str]
    names: dict[str, dict[str, str]]


@cache
def _spoken() -> _Spoken:
    return load("dateline.where", "spoken.yaml", _Spoken)


@lru_cache(maxsize=1 << 14)
def spoken(name: str, country: str | None) -> str:
    """The English name of a province or town of a country; the name itself where nothing better is known."""
    known = _spoken()
    found = known.names.get(country or "", {}).get(name)
    if found or name.isascii() or country not in known.countries:
        return found or name
    letters = unicodedata.normalize("NFD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_SIGNS)


@cache
def written_as(name: str, country: str | None) -> tuple[str, ...]:
    """An English name, and the names that the gazetteer writes for it: ledgers of older versions hold those."""
    names = _spoken().names.get(country or "", {})
    return (name, *(written for written, said in names.items() if said == name and written != name))
