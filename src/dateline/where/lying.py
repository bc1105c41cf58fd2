"""Where entries of the gazetteer lie: one within another, elsewhere, near a point."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dateline.model.distance import kilometres
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, lookup
from dateline.where.limits import LIMITS


def lies_within(entry: Entry, name: str) -> bool:
    """Does an entry lie in the country, province or region that a name names, in any spelling?"""
    if entry.kind == "country":
        return False
    if entry.admin1 and fold(entry.admin1) == fold(name) and entry.kind != "admin1":
        return True
    return any(outer.id != entry.id and _holds(outer, entry) for outer in lookup(name))


def _holds(outer: Entry, entry: Entry) -> bool:
    if outer.country != entry.country or outer.kind not in ("country", "admin1", "region"):
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1" and entry.admin1 is not None and entry.kind != "admin1":
        known = lookup(entry.admin1)
        return fold(entry.admin1) == fold(outer.name) or any(e.id == outer.id for e in known)
    return is_near(entry, [(outer.lat, outer.lon)])


def lies_elsewhere(entry: Entry, name: str) -> bool:
    """Does the name after it stand for one country or province only, in which the entry does not lie ("Holliday,
    Mo.")?"""
    known = lookup(name)
    outer = [e for e in known if e.kind in ("country", "admin1")]
    # If the second name is a large city, the two are a list ("Cairo, Giza and Luxor").
    peers = any(e.kind == "city" and e.rank == 2 and e.population >= LIMITS.large for e in known)
    large = outer[:1] == list(known[:1]) and len({e.country for e in outer}) == 1 and not peers
    return large and entry.kind in ("city", "district") and not lies_within(entry, name)


def is_near(entry: Entry, anchors: Iterable[tuple[float | None, float | None]], within: float = LIMITS.near_km) -> bool:
    """Does the entry lie within so many kilometres of one of the points, without being that point?"""
    if entry.lat is None or entry.lon is None:
        return False
    for lat, lon in anchors:
        if lat is None or lon is None or (lat == entry.lat and lon == entry.lon):
            continue
        if km_to(entry, lat, lon) <= within:
            return True
    return False


def km_to(entry: Entry, lat: float | None, lon: float | None) -> float:
    """Kilometres between an entry and a point, on a plane; infinite where one of the two is not known."""
    if entry.lat is None or entry.lon is None or lat is None or lon is None:
        return math.inf
    return kilometres((lat, lon), (entry.lat, entry.lon), wide_at=entry.lat)
