"""The 180th meridian: boxes that cross it, and lines that are cut at it (RFC 7946, 3.1.9 and 5.2)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

Point = tuple[float, float]


def box_of(points: Iterable[Point]) -> list[float] | None:
    """The narrowest box (west, south, east, north in degrees) around the points; None where there are no points.

    In a box that crosses the 180th meridian, west is greater than east.
    """
    lons, south, north = set(), 91.0, -91.0
    for lon, lat in points:
        lons.add(lon)
        south, north = min(south, lat), max(north, lat)
    if not lons:
        return None
    sides = sorted(lons)
    gaps = [(b - a, a, b) for a, b in pairwise(sides)]
    around = 360.0 - (sides[-1] - sides[0])
    widest = max(gaps, default=(0.0, 0.0, 0.0))
    west, east = (widest[2], widest[1]) if widest[0] > around else (sides[0], sides[-1])
    return [west, south, east, north]


def line(a: Point, b: Point) -> dict[str, object]:
    """The shorter line between two points as GeoJSON: a LineString, or a MultiLineString cut at the 180th meridian."""
    if abs(a[0] - b[0]) <= 180.0:
        return {"type": "LineString", "coordinates": [list(a), list(b)]}
    side = 180.0 if a[0] > 0 else -180.0
    beyond = b[0] + 2 * side
    share = (side - a[0]) / (beyond - a[0]) if beyond != a[0] else 0.0
    lat = a[1] + (b[1] - a[1]) * share
    return {
        "type": "MultiLineString",
        "coordinates": [[list(a), [side, lat]], [[-side, lat], list(b)]],
    }
