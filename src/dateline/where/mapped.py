"""Names to write on a map: countries, provinces and towns in a part of the world, the most important first.

The names come from the gazetteer and are held in memory as columns, as they are asked for with every move of the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dateline.where.gazetteer import _connection
from dateline.where.spoken import spoken

Kind = Literal["country", "province", "city"]
#: Towns with fewer people are never written.
_LEAST = 5_000
#: The zoom from which provinces are written, and the number of people that a town must have at a zoom.
_PROVINCES = 4.5
_TOWNS = ((2.5, 5_000_000), (3.5, 1_500_000), (4.5, 500_000), (5.5, 150_000), (6.5, 40_000), (99.0, _LEAST))


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and its point on the map."""

    name: str
    kind: Kind
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class _Names:
    names: list[str]
    kinds: list[Kind]
    country: NDArray[np.bool_]
    city: NDArray[np.bool_]
    people: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


@cache
def _all() -> _Names:
    """All names that may be written: countries first, then by the number of people."""
    rows = list(
        _connection().execute(
            "select name, country, case kind when 'admin1' then 'province' else kind end, population, lat, lon "
            "from place "
            "where lat is not null and (kind in ('country', 'admin1') or (kind = 'city' and population >= ?)) "
            "order by kind = 'country' desc, population desc, id",
            (_LEAST,),
        )
    )
    names, lands, kinds, people, lat, lon = zip(*rows, strict=True)
    country, city = (np.array([kind == one for kind in kinds]) for one in ("country", "city"))
    said = list(map(spoken, names, lands))
    return _Names(said, list(kinds), country, city, np.array(people, np.int64), np.array(lat), np.array(lon))


def names_on_map(zoom: float, box: tuple[float, float, float, float], most: int) -> list[Name]:
    """The names for a part of the map, at most `most`. `box` is west, south, east, north in degrees; if west is greater
    than east, it crosses the date line."""
    known = _all()
    west, south, east, north = box
    past, before = known.lon >= west, known.lon <= east
    inside = (past & before if west <= east else past | before) & (known.lat >= south) & (known.lat <= north)
    least = next(people for edge, people in _TOWNS if zoom < edge)
    told = known.country | (known.city & (known.people >= least))
    if zoom >= _PROVINCES:
        told = told | ~(known.country | known.city)
    rows = np.flatnonzero(inside & told)[:most]
    return [
        Name(known.names[n], known.kinds[n], round(float(known.lat[n]), 4), round(float(known.lon[n]), 4)) for n in rows
    ]
