"""How far two points on the earth are apart, in kilometres: on a plane, which is near enough for places of reports."""

from __future__ import annotations

import math

#: Kilometres that a degree of latitude is long.
KM_A_DEGREE = 111.2

#: Latitude and longitude, in degrees.
Point = tuple[float, float]


def kilometres(one: Point, other: Point, wide_at: float | None = None) -> float:
    """The distance of two points, the shorter way around. Degrees of longitude are as wide as at latitude `wide_at`;
    left out, at the one between the two, so that it is as far from the one to the other as back."""
    east = one[1] - other[1]
    if abs(east) > 180:
        east -= math.copysign(360, east)
    at = (one[0] + other[0]) / 2 if wide_at is None else wide_at
    return math.hypot((one[0] - other[0]) * KM_A_DEGREE, east * KM_A_DEGREE * math.cos(math.radians(at)))
