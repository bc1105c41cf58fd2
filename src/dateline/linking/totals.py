"""Find the total (roll-up) that holds an event, across reports, by time, place and side.

Where a report itself says that an event is part of a total, that goes before this (linking.linking). Here a total of
another report holds an event if the event lies in its days and places, is of its kind and side, and is not larger. If
several totals hold an event, the smallest counts. Only the records of the two events are compared, so the order in
which reports came does not matter.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.linking.facts import family_of
from dateline.model import types
from dateline.model.event import Event
from dateline.model.vocabulary import FACTUAL, Role
from dateline.who import known_actors

_ROLES: tuple[Role, ...] = ("agent", "target", "victim")


@dataclass(frozen=True, slots=True)
class Extent:
    """What is compared of an event or a total: days, places, kind, sides and figures.

    `places` are keys of areas and points: country, country and province, country and gazetteer id ("IQ", "IQ/ninawa",
    "IQ//99071"). An event has the keys of all areas that it lies in. `known` is the last day that a total can tell of:
    the last publication of a report of its figures.
    """

    id: str
    scope: str
    type: str
    methods: frozenset[str]
    start: str
    end: str
    places: frozenset[str]
    sides: dict[Role, frozenset[str]]
    figures: dict[str, int]
    known: str | None

    @property
    def days(self) -> int:
        """How many days it covers, the first and the last included."""
        return (dt.date.fromisoformat(self.end) - dt.date.fromisoformat(self.start)).days + 1


def extent_of(event: Event) -> Extent | None:
    """The extent of an event or total; None where it has no days or no place, is no fact, or is a total with no
    figure."""
    when = event.when
    if when is None or event.status not in FACTUAL or (event.is_total and not event.counts):
        return None
    places = frozenset(_areas(event) if event.is_total else _inside(event))
    if not places:
        return None
    told = [step.published for count in event.counts for step in count.history if step.published]
    return Extent(
        id=event.id,
        scope=event.scope,
        type=event.type,
        methods=frozenset(event.method),
        start=when.start,
        end=when.end,
        places=places,
        sides={role: _sides(event, role) for role in _ROLES},
        figures=_figures(event),
        known=max(told, default=None),
    )


class Totals:
    """Totals by country and month, each list from the smallest (fewest days, then smallest area) to the largest."""

    def __init__(self, found: Iterable[Extent]) -> None:
        self._by: dict[tuple[str, str], list[Extent]] = defaultdict(list)
        for total in sorted(found, key=lambda t: (t.days, _width(t), t.id)):
            if total.scope == "rollup" and total.days > 1:
                for country in sorted({place.split("/")[0] for place in total.places}):
                    for month in _months(total.start, total.end):
                        self._by[country, month].append(total)

    def whole_of(self, event: Extent) -> str | None:
        """The id of the smallest total that holds an event."""
        if event.scope == "rollup":
            return None
        countries = sorted({place.split("/")[0] for place in event.places})
        near = (t for country in countries for t in self._by.get((country, event.start[:7]), ()))
        return next((total.id for total in near if holds(total, event)), None)


def _width(total: Extent) -> int:
    """The size of the largest of its places: 0 a point, 1 a province, 2 a country."""
    return max(2 - place.count("/") for place in total.places)


def with_wholes(events: list[Event]) -> list[Event]:
    """The events, each with the total that holds it (`part_of`), where no report names one itself."""
    extents = {one.id: extent_of(one) for one in events if one.part_of is None}
    totals = Totals(found for one in events if one.is_total and (found := extents.get(one.id)))
    wholes = {key: totals.whole_of(extent) for key, extent in extents.items() if extent}
    return [replace(one, part_of=wholes[one.id]) if wholes.get(one.id) else one for one in events]


def holds(total: Extent, event: Extent) -> bool:
    """Does a total hold an event?"""
    return (
        total.start <= event.start
        and event.end <= min(total.end, total.known or total.end)
        and not total.places.isdisjoint(event.places)
        and _is_of_kind(total, event)
        and all(_is_of_side(total.sides[role], event.sides[role]) for role in total.sides)
        and all(event.figures.get(what, 0) <= most for what, most in total.figures.items())
    )


# ---------------------------------------------------------------- what is compared


def _areas(event: Event) -> Iterator[str]:
    """The place keys of a total. Each stands for the whole area."""
    for place in event.where:
        if place.country and place.precision == "country":
            yield place.country
        elif place.country and place.precision == "admin1":
            yield f"{place.country}/{place.name.casefold()}"
        elif place.country and place.gazetteer_id:
            yield f"{place.country}//{place.gazetteer_id}"


def _inside(event: Event) -> Iterator[str]:
    """The place keys of an event: for each place the areas that it lies in, the largest first."""
    for place in event.where:
        if place.country:
            yield place.country
            area = place.name if place.precision == "admin1" else place.admin1
            yield from (f"{place.country}/{area.casefold()}",) if area else ()
            yield from (f"{place.country}//{place.gazetteer_id}",) if place.gazetteer_id else ()


def _is_of_kind(total: Extent, event: Extent) -> bool:
    if family_of(total.type) != family_of(event.type):
        return False
    return total.type in types.GENERAL or total.type == event.type or total.type in event.methods


def _is_of_side(total: frozenset[str], event: frozenset[str]) -> bool:
    """Does the event have an actor of the total in a role, or an actor that belongs to one? Always true where the total
    names nobody."""
    return not total or any(not total.isdisjoint(_line(actor)) for actor in event)


@lru_cache(maxsize=1 << 12)
def _line(actor: str) -> tuple[str, ...]:
    """An actor, its parent organisation, the parent's parent, and so on (ids)."""
    found = [actor]
    known = known_actors()
    while (one := known.get(found[-1])) is not None and one.parent and one.parent not in found:
        found.append(one.parent)
    return tuple(found)


def _sides(event: Event, role: Role) -> frozenset[str]:
    return frozenset(actor.id for actor in event.actors if actor.role == role and actor.id)


def _figures(event: Event) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for count in event.counts:
        if count.best is not None:
            found[count.what] = max(found[count.what], count.best)
    return dict(found)


def _months(start: str, end: str) -> Iterator[str]:
    year, month = int(start[:4]), int(start[5:7])
    while f"{year:04}-{month:02}" <= end[:7]:
        yield f"{year:04}-{month:02}"
        year, month = (year + month // 12, month % 12 + 1)
