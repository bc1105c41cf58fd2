"""Makes places and days of events less exact before they are published, by rules that the package states.

A place becomes its district, province or country; a day becomes its week or month. The name of the exact place is also
taken out of the other texts of the event (names of actors, words of figures).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar, get_args

from dateline.model.event import Event, EventActor, EventCount, EventPlace, EventWhen, Figure
from dateline.model.knowledge import load_file
from dateline.model.vocabulary import PLACE_PRECISIONS, PlacePrecision, TimePrecision

Coarse = Literal["district", "admin1", "country"]
Span = Literal["week", "month"]
_To = TypeVar("_To", bound=str)
#: For each coarseness that can be asked for, the precisions of days that are already coarse enough.
_AS_WIDE = {"week": ("week", "month", "season", "year", "decade"), "month": ("month", "season", "year", "decade")}


@dataclass(frozen=True, slots=True)
class Coarsening:
    """A rule: the events that it applies to (by ids, types and countries; an empty list means all), and how coarse
    their places and days become (None: they stay as they are)."""

    place: Coarse | None = None
    days: Span | None = None
    events: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def is_for(self, event: Event) -> bool:
        """Does the rule apply to this event?"""
        lands = {place.country for place in event.where}
        return (
            (not self.events or event.id in self.events)
            and (not self.types or event.type in self.types)
            and (not self.countries or not lands.isdisjoint(self.countries))
        )


def rules_of(path: Path) -> tuple[Coarsening, ...]:
    """The rules in a YAML file, which holds a list. Raises BadKnowledge (DL-E004)."""
    return load_file(path, tuple[Coarsening, ...])


@dataclass(frozen=True, slots=True)
class Measure:
    """How coarse the places and days of one event become."""

    place: Coarse | None = None
    days: Span | None = None

    def __bool__(self) -> bool:
        return bool(self.place or self.days)


def measure(event: Event, rules: Sequence[Coarsening]) -> Measure:
    """How coarse an event becomes by all rules that apply to it: the coarsest rule counts."""
    own = [rule for rule in rules if rule.is_for(event)]
    place = _coarsest([rule.place for rule in own], get_args(Coarse))
    return Measure(place, _coarsest([rule.days for rule in own], get_args(Span)))


def applied(event: Event, how: Measure) -> Event:
    """An event (or an account in the form of an event) made coarser. Its field `coarsened` says what was done."""
    told = (("place", how.place), ("days", how.days))
    made = replace(event, coarsened=tuple(f"{what} to {to}" for what, to in told if to))
    if how.place:
        made = _placed(made, how.place)
    if how.days:
        made = replace(made, when=_when(event.when, how.days), counts=tuple(map(_undated, made.counts)))
    return made


def hiding(where: Iterable[EventPlace], how: Measure) -> Callable[[str], str]:
    """A function that takes the names of places that become coarser out of a text."""
    if not how.place:
        return lambda words: words
    return _hiding(_names([place for place in where if _is_finer(place.precision, how.place)]))


def _names(places: Iterable[EventPlace]) -> tuple[str, ...]:
    found = {name for place in places for name in (place.name, place.text) if name}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _coarsest(told: Sequence[_To | None], order: Sequence[_To]) -> _To | None:
    return max((one for one in told if one), key=order.index, default=None)


# ---------------------------------------------------------------- places


def _placed(event: Event, to: Coarse) -> Event:
    fine = [place for place in event.where if _is_finer(place.precision, to)]
    coarser = (coarse_place(place, to, event.where) if place in fine else place for place in event.where)
    where = dict.fromkeys(place for place in coarser if place is not None)
    hide = _hiding(_names(fine))
    return replace(
        event,
        where=tuple(where),
        actors=tuple(_actor(one, hide) for one in event.actors),
        counts=tuple(replace(c, figures=tuple(_figure(f, hide) for f in c.figures)) for c in event.counts),
        corrections=tuple(replace(one, words=None) for one in event.corrections),
    )


def _actor(one: EventActor, hide: Callable[[str], str]) -> EventActor:
    return replace(one, name=hide(one.name), worded=tuple(dict.fromkeys(map(hide, one.worded))))


def _figure(one: Figure, hide: Callable[[str], str]) -> Figure:
    return replace(one, text=hide(one.text), said_by=one.said_by and hide(one.said_by))


def _is_finer(precision: str | None, than: str) -> bool:
    return precision in PLACE_PRECISIONS and PLACE_PRECISIONS.index(precision) < PLACE_PRECISIONS.index(than)


def coarse_place(place: EventPlace, to: Coarse, others: Sequence[EventPlace] = ()) -> EventPlace | None:
    """The district, province or country that a place lies in; where that is not known, the next larger one.

    The gazetteer does not say in which district a town lies. So a district of the same province that the event itself
    names is taken; where there is none, the province.
    """
    if to == "district":
        own = (p for p in others if p.precision == "district" and p.admin1 == place.admin1)
        found = next(own, None)
        return found or coarse_place(place, "admin1")
    if to == "admin1" and place.admin1:
        return _entry(place.admin1, "admin1", place.country, place.admin1)
    return _entry(_country_name(place.country), "country", place.country, None) if place.country else None


def _country_name(code: str) -> str:
    from dateline.where import country_name

    return country_name(code) or code


@lru_cache(maxsize=1 << 12)
def _middle(name: str, kind: str, country: str | None) -> tuple[float | None, float | None, str | None]:
    from dateline.where import country_entry, entries_of

    if kind == "country" and country:
        entry = country_entry(country)
        return (entry.lat, entry.lon, entry.gazetteer_id) if entry else (None, None, None)
    found = next((e for e in entries_of(name) if e.kind == kind and e.country == country), None)
    return (found.lat, found.lon, found.gazetteer_id) if found else (None, None, None)


def _entry(name: str, kind: PlacePrecision, country: str | None, admin1: str | None) -> EventPlace:
    lat, lon, gazetteer_id = _middle(name, kind, country)
    return EventPlace(name, country, admin1, lat, lon, kind, gazetteer_id, text=name)


def _hiding(names: tuple[str, ...]) -> Callable[[str], str]:
    if not names:
        return lambda words: words
    found = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in names) + r")\b", re.IGNORECASE)
    return lambda words: found.sub("[place]", words)


# ---------------------------------------------------------------- days


def _when(when: EventWhen | None, to: Span) -> EventWhen | None:
    if when is None or when.precision in _AS_WIDE[to]:
        return when
    start, end = dt.date.fromisoformat(when.start), dt.date.fromisoformat(when.end)
    first, last = wide(start, end, to)
    # Days that reach over several weeks or months are a range.
    precision: TimePrecision = to if wide(start, start, to) == (first, last) else "range"
    return replace(when, start=first.isoformat(), end=last.isoformat(), precision=precision)


def wide(start: dt.date, end: dt.date, to: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of the whole weeks (Monday to Sunday) or months that contain these days."""
    if to == "week":
        return start - dt.timedelta(start.weekday()), end + dt.timedelta(6 - end.weekday())
    return start.replace(day=1), end.replace(day=calendar.monthrange(end.year, end.month)[1])


def _undated(count: EventCount) -> EventCount:
    """A count without the days on which its values were first told, because these are close to the event's day."""
    return replace(count, history=tuple(replace(step, published=None) for step in count.history))
