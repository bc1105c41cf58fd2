"""The gazetteer file: name -> entries. It is only read; each process has one connection, and lookups are remembered."""

from __future__ import annotations

import sqlite3
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dateline.language.dictionary import is_common, is_word
from dateline.model.errors import MissingGazetteer
from dateline.model.knowledge import load
from dateline.where.extend import target
from dateline.where.folding import fold
from dateline.where.spoken import spoken

FILE = Path(__file__).parent / "gazetteer.sqlite"
_MOST = 40
#: Ids of our own places start at the first number, ids of places that a user added at the second.
_OURS, _USERS = 1_000_000_000, 2_000_000_000
#: In text without capitals an English word is read as the name of a town only if the town has so many people.
_LARGE = 250_000


class Entry(NamedTuple):
    """A place as found by a name. `rank`: 2 if that is its main name, 1 if another one, 0 if its main name without the
    Arabic article."""

    id: int
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    rank: int

    @property
    def gazetteer_id(self) -> str:
        """The id with its source ("geonames:298795"; "dateline:17" for our own places, "own:3" for a user's)."""
        if self.id < _OURS:
            return f"geonames:{self.id}"
        return f"dateline:{self.id - _OURS}" if self.id < _USERS else f"own:{self.id - _USERS}"


def _entry(row: tuple[Any, ...]) -> Entry:
    """A row of the database, with the English names of its province and of itself."""
    found = Entry(*row)
    province = spoken(found.admin1, found.country) if found.admin1 else None
    return found._replace(name=spoken(found.name, found.country), admin1=province)


def file_in_force() -> Path:
    """The file in use: the user's own if there is one, else the packaged one. Raises MissingGazetteer (DL-E006)."""
    file = target() if target().exists() else FILE
    if not file.exists():
        raise MissingGazetteer("The gazetteer is not installed.", where=str(file))
    return file


@cache
def _connection() -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file_in_force()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=1 << 15)
def lookup(name: str) -> tuple[Entry, ...]:
    """The entries of a name, the most populous first; () where there is none.

    Raises MissingGazetteer (DL-E006) where the file is not there.
    """
    key = fold(name)
    if len(key) < 2:
        return ()
    rows = _connection().execute(
        "select place.*, name.rank from name join place on place.id = name.place where folded = ? "
        "order by population desc, place.id limit ?",
        (key, _MOST),
    )
    return tuple(_entry(row) for row in rows)


@lru_cache(maxsize=1 << 14)
def as_listed(place: int) -> tuple[str, str | None]:
    """The names of a place and of its province as the gazetteer writes them. They tell a town from a province that has
    the same name in English ("Baghdad", in Baghdād)."""
    name, province = _connection().execute("select name, admin1 from place where id = ?", (place,)).fetchone()
    return name, province


@cache
def demonyms() -> dict[str, str]:
    """Folded demonym -> country code."""
    return dict(_connection().execute("select word, country from demonym"))


@cache
def country(code: str) -> Entry | None:
    """The entry of the country of an ISO code."""
    row = _connection().execute("select *, 2 from place where kind = 'country' and country = ?", (code,)).fetchone()
    return _entry(row) if row else None


@lru_cache(maxsize=1 << 14)
def is_place_word(word: str) -> bool:
    """In text without capitals: is a word better read as a name (of a country, a people, a large town)?"""
    if fold(word) in demonyms():
        return True
    entries = lookup(word)
    if any(e.kind == "country" for e in entries):
        return True
    if is_common(word):
        return False
    known = is_word(word)
    return any(e.population >= (_LARGE if known else 1000) and e.rank >= 1 for e in entries)


def known_place(name: str) -> bool:
    """Does some place bear the name?"""
    return bool(lookup(name)) or fold(name) in demonyms()


@lru_cache(maxsize=1 << 14)
def is_country(name: str) -> bool:
    """Is it a country's name?"""
    return any(e.kind == "country" for e in lookup(name))


@lru_cache(maxsize=1 << 14)
def country_code(name: str) -> str | None:
    """The ISO code of a country, from a word for the country or for its people; None for other words."""
    return demonyms().get(fold(name)) or next((e.country for e in lookup(name) if e.kind == "country"), None)


@lru_cache(maxsize=1 << 12)
def country_of(name: str) -> str | None:
    """The name of a country, from a word for the country or for its people; None for other words."""
    code = country_code(name)
    return country_name(code) if code else None


@cache
def _capitals() -> dict[str, str]:
    return {code: fold(name) for code, name in load("dateline.where", "capitals.yaml", dict[str, str]).items()}


@cache
def country_name(code: str) -> str | None:
    """The name of the country of an ISO code."""
    found = country(code)
    return found.name if found else None


@lru_cache(maxsize=1 << 14)
def place_of(gazetteer_id: str) -> Entry | None:
    """The place with an id ("geonames:298795"); None where there is none."""
    source, _, number = gazetteer_id.partition(":")
    offset = {"geonames": 0, "dateline": _OURS, "own": _USERS}.get(source)
    if offset is None or not (number.isascii() and number.isdigit()) or len(number) > 10:
        return None
    row = _connection().execute("select *, 2 from place where id = ?", (int(number) + offset,)).fetchone()
    return _entry(row) if row else None


@cache
def doubles() -> dict[int, tuple[Entry, ...]]:
    """Provinces that stand twice in the gazetteer, in our own list and in GeoNames under another name. Id of each ->
    the other entries. Doubles lie in one country and share a name."""
    ours = "select id from place where kind = 'admin1' and id >= ?"
    names = f"select folded, place from name where place in ({ours}) order by place, folded"
    found: dict[int, dict[int, Entry]] = {}
    for name, own in _connection().execute(names, (_OURS,)):
        provinces = [one for one in lookup(name) if one.kind == "admin1"]
        for mine in (one for one in provinces if one.id == own):
            for other in provinces:
                if other.id < _OURS and other.country == mine.country:
                    found.setdefault(own, {})[other.id] = other
                    found.setdefault(other.id, {})[own] = mine
    return {key: tuple(others.values()) for key, others in found.items()}


@cache
def radius(gazetteer_id: str) -> float | None:
    """Radius (km) of a circle with about the area of a province or of a part of the world (worked out by where.build);
    None for other places."""
    source, _, number = gazetteer_id.partition(":")
    if not (number.isascii() and number.isdigit()) or source not in ("geonames", "dateline"):
        return None
    place = int(number) + (_OURS if source == "dateline" else 0)
    row = _connection().execute("select radius from extent where place = ?", (place,)).fetchone()
    return None if row is None else float(row[0])


def is_capital(entry: Entry) -> bool:
    """Is a town its country's capital, by its name?"""
    return entry.country is not None and _capitals().get(entry.country) == fold(entry.name)
