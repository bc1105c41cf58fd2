"""One query in four views: facets, timeline, map, rows."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.service.shapes.events import Brief, UnderstoodOf
from dateline.service.shapes.shape import Shape


class FacetValue(Shape):
    """A value, how it is shown, how many events it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    on: bool


class Facets(Shape):
    """Facets; each counts without its own choice."""

    type: list[FacetValue]
    status: list[FacetValue]
    scope: list[FacetValue]
    review: list[FacetValue]
    country: list[FacetValue]
    province: list[FacetValue]
    city: list[FacetValue]
    actor: list[FacetValue]


class BinOf(Shape):
    """Events whose days lie in a bin, and how many people were killed, wounded, arrested or kidnapped in them."""

    day: str
    events: int
    people: int


class TypeSeries(Shape):
    """Events of one type by bin."""

    type: str
    total: int
    days: list[str]
    counts: list[int]


class Bar(Shape):
    """An event whose days span more than a bin."""

    event: str
    type: str
    start: str
    end: str
    people: int
    disputed: bool


class Timeline(Shape):
    """Events by time. `wide` events span more than a bin (the largest are `bars`); `outside` lie before or after the
    window; `rollups` are totals, which no bin counts; `undated` have no day."""

    bin: str
    extent: list[str] | None
    window: list[str] | None
    bins: list[BinOf]
    types: list[TypeSeries]
    bars: list[Bar]
    wide: int
    outside: int
    rollups: int
    undated: int


class NameOnMap(Shape):
    """A place whose name is written on the map, the most telling first."""

    name: str
    kind: Literal["country", "province", "city"]
    lat: float
    lon: float


class Cluster(Shape):
    """Points that are near on the map at this zoom; of one alone the event is told. `groups` counts the events of each
    group of types (vocabulary)."""

    lon: float
    lat: float
    count: int
    disputed: int
    groups: dict[str, int]
    event: str | None
    type: str | None
    precision: str | None


class Province(Shape):
    """A province: a circle of about its area."""

    id: str | None
    name: str
    lat: float
    lon: float
    radius_km: float | None
    count: int
    disputed: int


class CountryCount(Shape):
    """Events of which no more is known than the country."""

    country: str
    count: int


class RegionCount(Shape):
    """Events in a region that has no point."""

    name: str
    count: int


class Atlas(Shape):
    """Events by place; `unplaced` have no point at all. `extent` is the smallest box (west, south, east, north) around
    all of them, `names` are written on the part that is looked at."""

    clusters: list[Cluster]
    provinces: list[Province]
    countries: list[CountryCount]
    regions: list[RegionCount]
    unplaced: int
    extent: list[float] | None
    names: list[NameOnMap]


class Explored(Shape):
    """One query in four views: how many events, facets, timeline, map, and the first rows of the table. `newest` is the
    newest revision, `revision` the one that was looked at."""

    revision: int
    newest: int
    total: int
    rollups: int
    days: list[str | None] = Field(
        description="The first and last day asked for, a moving range (`last`) made into days."
    )
    facets: Facets
    timeline: Timeline
    map: Atlas
    rows: list[Brief]
    next: str | None
    understood: list[UnderstoodOf]
