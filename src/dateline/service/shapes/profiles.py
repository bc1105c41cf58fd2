"""Pages of actors and places, and names that a filter could ask for."""

from __future__ import annotations

from dateline.service.shapes.shape import Counted, Shape


class Kin(Shape):
    """An actor that another belongs to, or that belongs to it; `years` in words ("since 2006"), empty where unknown."""

    id: str
    name: str
    years: str
    events: int


class ActorProfile(Shape):
    """An actor: what the list of actors knows, and what the events say. `chain` leads upwards, the nearest first;
    `against` are those in other roles of the same events, `beside` those in the same role."""

    key: str
    id: str | None
    name: str
    kind: str | None
    country: str | None
    years: str
    aliases: list[str]
    events: int
    roles: dict[str, int]
    worded: list[Counted]
    chain: list[Kin]
    branches: list[Kin]
    against: list[Counted]
    beside: list[Counted]
    sources: list[Counted]


class PlaceProfile(Shape):
    """A place: what the gazetteer knows, and what the events say. `outer` is the province and the country it lies in,
    `inner` what of it has events."""

    key: str
    name: str
    kind: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    aliases: list[str]
    events: int
    worded: list[Counted]
    outer: list[Counted]
    inner: list[Counted]
    actors: list[Counted]
    sources: list[Counted]


class Suggestion(Shape):
    """A name that a filter could ask for: how it is shown, what to write, and its events."""

    label: str
    write: str
    events: int
