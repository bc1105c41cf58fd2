"""The distance of two points on the earth in kilometres, worked out on a plane. This is exact enough for places of
reports."""

from __future__ import annotations

import math

#: Length of a degree of latitude, in kilometres.
KM_A_DEGREE = 111.2

#: Latitude and longitude, in degrees.
Point = tuple[float, float]


def kilometres(one: Point, other: Point, wide_at: float | None = None) -> float:
    """The distance of two points in kilometres, the shorter way around the earth. A degree of longitude is taken as
    wide as at latitude `wide_at`; without it, as at the middle of the two, so that the distance is the same in both
    directions."""
    east = one[1] - other[1]
    if abs(east) > 180:
        east -= math.copysign(360, east)
    at = (one[0] + other[0]) / 2 if wide_at is None else wide_at
    return math.hypot((one[0] - other[0]) * KM_A_DEGREE, east * KM_A_DEGREE * math.cos(math.radians(at)))
