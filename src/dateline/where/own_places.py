"""Places of our own, which GeoNames lacks: the supplement, the quarters, and the provinces that they lie in."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from dateline.where.drafting import OURS, OWN, Builder, Row, km_between
from dateline.where.folding import fold

#: Two towns of one name that are at most so many degrees apart are the same town.
_SAME_TOWN = 0.3
#: Kinds of places that lie in a province. It is the province of most of the `_NEAREST` towns around them, if these are
#: at most `_AROUND_KM` kilometres away.
_WITHIN_PROVINCES = ("city", "district", "neighbourhood", "site")
_NEAREST, _AROUND_KM = 3, 60.0


def with_supplement(builder: Builder, table: list[dict[str, Any]]) -> dict[int, float]:
    """Add the places of the supplement. Returns the radius (km) of those that have one.

    A place without a population counts as one of 2 million people, so that it goes before others of its name: somebody
    added it because it was missed.
    """
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


def with_quarters(builder: Builder, blocks: list[dict[str, Any]]) -> None:
    """Add the places of knowledge/quarters. Words in brackets tell places of one name apart; they are not
    part of the name.

    Raises ValueError for a province that no country has.
    """
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


def with_provinces(builder: Builder) -> None:
    """Give places of our own that name no province the province of the towns around them."""
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in builder.places.values():
        if row.kind == "city" and row.country and row.id < OWN:
            towns[row.country].append(row)
    for place, row in builder.places.items():
        ours = place >= OWN + OURS and row.admin1 is None and row.kind in _WITHIN_PROVINCES
        if ours and row.country and row.lat is not None:
            builder.places[place] = row._replace(admin1=_province_around(row, towns[row.country]))


def _province_around(place: Row, towns: list[Row]) -> str | None:
    """The province of most of the nearest towns; None where none is near or they do not agree."""
    at = (place.lat or 0.0, place.lon or 0.0)
    away = sorted((km_between(at, (t.lat or 0.0, t.lon or 0.0)), t.admin1 or "") for t in towns)[:_NEAREST]
    near = [province for km, province in away if km <= _AROUND_KM]
    most = max(sorted(set(near)), key=near.count, default="")
    return most if most and 2 * near.count(most) > len(near) else None


def _provinces_by_name(builder: Builder) -> dict[tuple[str | None, str], str]:
    """(Country, any folded name of a province) -> the name it is shown by."""
    named = {}
    for key, place in builder.names:
        row = builder.places[place]
        if row.kind == "admin1" and row.id < OWN + OURS:
            named[row.country, key] = row.name
    return named


def _by_name(builder: Builder) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, place in builder.names:
        found[key].append(place)
    return found


def _there(builder: Builder, named: dict[str, list[int]], name: tuple[str, str], lat: float, lon: float) -> int | None:
    """The town of GeoNames that a place of ours is: of the same country and name, and near. None if there is none."""
    for place in named.get(fold(name[1]), ()):
        row = builder.places[place]
        if row.country != name[0] or row.kind != "city" or row.lat is None or row.lon is None:
            continue
        if max(abs(row.lat - lat), abs(row.lon - lon)) <= _SAME_TOWN:
            return place
    return None


def _own_id(builder: Builder, country: str | None, admin1: str | None, name: str) -> int:
    """An id made of country, province and name. So it stays the same when the tables are edited."""
    key = "/".join((country or "", fold(admin1 or ""), fold(name)))
    place = OWN + OURS + int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 400_000_000
    if place in builder.places:
        raise ValueError(f"Two places of our own have one id: {key}, {builder.places[place]}.")
    return place
