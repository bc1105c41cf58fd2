"""All events of a revision as columns: numbers for everything that is counted and filtered, one row for each event.

An event has any number of places and actors. These are in tables of their own, in which each has the row of its event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.ledger.reviewing import STATES, doubt_of, harmed_of, killed_of, people_of
from dateline.ledger.search import folded
from dateline.model.event import Event, EventActor, EventPlace
from dateline.model.vocabulary import FINE, PLACE_PRECISIONS
from dateline.service.exploring.inside import Inside, provinces, towns
from dateline.who import actors_meant

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: The number that stands for "no day". Days are counted from 1970-01-01.
NO_DAY = -(10**9)
_EPOCH = dt.date(1970, 1, 1).toordinal()
#: The latitude in degrees at which the square Mercator map ends.
_POLE = 85.0511


class Words:
    """A list of words, each with a number. It only grows, so that columns of different revisions can share it."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.all: list[str] = []
        self.shown: list[str] = []
        self._numbers: dict[str, int] = {}
        for word in known:
            self.number(word)

    def number(self, word: str | None, shown: str | None = None) -> int:
        """The number of a word, which is added if it is new; -1 for None. `shown` is how the word is displayed, where
        that differs from the word."""
        if word is None:
            return -1
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self.all)
            self.all.append(word)
            self.shown.append(shown or word)
        return found

    def find(self, word: str) -> int:
        """The number of a word; -2 where it is not in the list. No row has the number -2."""
        return self._numbers.get(word, -2)


@dataclass(slots=True)
class Vocabulary:
    """The words behind the numbers. `place` holds folded names; `actor` holds ids and folded names."""

    type: Words = field(default_factory=Words)
    status: Words = field(default_factory=Words)
    scope: Words = field(default_factory=lambda: Words(("event", "rollup")))
    review: Words = field(default_factory=lambda: Words(STATES))
    country: Words = field(default_factory=Words)
    place: Words = field(default_factory=Words)
    gazetteer: Words = field(default_factory=Words)
    precision: Words = field(default_factory=lambda: Words(PLACE_PRECISIONS))
    actor: Words = field(default_factory=Words)
    case: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Places:
    """The table of places: the row of the event, names and ids as numbers, latitude and longitude in degrees (NaN where
    unknown), and x and y on a Mercator map of width 1."""

    row: Ints
    name: Ints
    admin1: Ints
    country: Ints
    gazetteer: Ints
    precision: Ints
    lat: Floats
    lon: Floats
    x: Floats
    y: Floats

    def inside(self, box: tuple[float, float, float, float]) -> Flags:
        """Which places lie in a box (west, south, east, north in degrees). Where west is greater than east, the box
        crosses the date line."""
        west, south, east, north = box
        past, before = self.lon >= west, self.lon <= east
        wide = past & before if west <= east else past | before
        return np.asarray(wide & (self.lat >= south) & (self.lat <= north))


@dataclass(frozen=True, slots=True)
class Actors:
    """The table of actors: the row of the event, the actor's key (its id, or else its name), and its name."""

    row: Ints
    key: Ints
    name: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of an event's row and a value, no pair twice. Facets of fields with several values count these."""

    row: Ints
    value: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """The events that are in force at a revision."""

    words: Vocabulary
    event: NDArray[np.str_]
    num: Ints
    type: Ints
    status: Ints
    scope: Ints
    review: Ints
    start: Ints
    end: Ints
    people: Ints
    killed: Ints
    harmed: Ints
    sources: Ints
    confidence: Floats
    doubt: Floats
    disputed: Flags
    case: Ints
    places: Places
    actors: Actors
    countries: Pairs
    named: Pairs
    #: The place of each event in the order of ids: numbers are sorted much faster than the ids themselves.
    rank: Ints
    #: Which places are towns or sites; then the provinces of the events, and their towns and sites.
    fine: Flags
    provinces: Inside
    towns: Inside

    @property
    def size(self) -> int:
        """How many events there are."""
        return len(self.num)

    @staticmethod
    def of(rows: Iterable[tuple[int, Event]], words: Vocabulary | None = None) -> Columns:
        """The columns of versions of events, each given as its number and its event."""
        words = words or Vocabulary()
        told: list[tuple[Any, ...]] = []
        places: list[tuple[Any, ...]] = []
        actors: list[tuple[Any, ...]] = []
        countries: list[tuple[int, int]] = []
        named: list[tuple[int, int]] = []
        for row, (num, event) in enumerate(rows):
            told.append((event.id, num, *_facts(event, words)))
            where = [_place(place, words) for place in event.where]
            who = [_actor(actor, words) for actor in event.actors]
            places.extend((row, *place) for place in where)
            actors.extend((row, *actor) for actor in dict.fromkeys(who))
            countries.extend((row, country) for country in dict.fromkeys(p[2] for p in where) if country >= 0)
            parties = zip(event.actors, who, strict=True)
            named.extend((row, key) for key in dict.fromkeys(key for a, (key, _) in parties if _is_party(a)))
        located = _located(places)
        own = _arrays(told, _OWN, _KINDS)
        return Columns(
            words,
            **own,
            rank=_rank(own["event"]),
            **_inside(located, words),
            places=located,
            actors=Actors(**_arrays(actors, ("row", "key", "name"))),
            countries=Pairs(**_arrays(countries, ("row", "value"))),
            named=Pairs(**_arrays(named, ("row", "value"))),
        )

    def changed(self, gone: set[int], fresh: Iterable[tuple[int, Event]]) -> Columns:
        """The columns after a change: without the versions numbered `gone`, and with the `fresh` ones."""
        kept = ~np.isin(self.num, np.fromiter(gone, np.int64, len(gone)))
        added = Columns.of(fresh, self.words)
        offset = int(kept.sum())
        moved = np.cumsum(kept) - 1
        parts: dict[str, Any] = {
            name: np.concatenate((getattr(self, name)[kept], getattr(added, name))) for name in _OWN
        }
        tables: dict[str, Any] = {
            name: _joined(getattr(self, name), getattr(added, name), kept, moved, offset) for name in _TABLES
        }
        made = _inside(tables["places"], self.words)
        return Columns(self.words, **parts, **tables, rank=_rank(parts["event"]), **made)


#: Fields of Columns: tables with any number of rows for each event, what is computed from the rest, and columns with
#: one row for each event.
_TABLES = ("places", "actors", "countries", "named")
_MADE = ("rank", "fine", "provinces", "towns")
_OWN = tuple(f.name for f in fields(Columns) if f.name not in ("words", *_TABLES, *_MADE))
_PARTIES = frozenset(("state", "armed_group", "organisation"))
_KINDS = {"event": np.str_, "confidence": np.float64, "doubt": np.float64, "disputed": np.bool_}


def _arrays(
    rows: Sequence[tuple[Any, ...]], names: Sequence[str], kinds: dict[str, Any] | None = None
) -> dict[str, Any]:
    parts = list(zip(*rows, strict=True)) or [()] * len(names)
    kinds = kinds or {}
    return {name: np.array(part, kinds.get(name, np.int64)) for name, part in zip(names, parts, strict=True)}


def _rank(events: NDArray[np.str_]) -> Ints:
    """The place of each id in the order of all."""
    rank = np.empty(len(events), np.int64)
    rank[np.argsort(events, kind="stable")] = np.arange(len(events))
    return rank


def _joined(old: Any, new: Any, kept: Flags, moved: Ints, offset: int) -> Any:
    """Join two tables into one, with new numbers for the rows of events."""
    own = kept[old.row] if len(old.row) else np.zeros(0, np.bool_)
    parts = {f.name: np.concatenate((getattr(old, f.name)[own], getattr(new, f.name))) for f in fields(old)}
    parts["row"] = np.concatenate((moved[old.row[own]], new.row + offset)).astype(np.int64)
    return replace(old, **parts)


def _facts(event: Event, words: Vocabulary) -> tuple[Any, ...]:
    when = event.when
    return (
        words.type.number(event.type), words.status.number(event.status),
        words.scope.number(event.scope), words.review.number(event.review),
        day_number(when.start) if when else NO_DAY, day_number(when.end) if when else NO_DAY,
        people_of(event), killed_of(event) or 0, harmed_of(event), event.sources, event.confidence,
        doubt_of(event), bool(event.disagreements), words.case.number(event.case),
    )  # fmt: skip


def _place(place: EventPlace, words: Vocabulary) -> tuple[Any, ...]:
    lat, lon = place.lat, place.lon
    known = lat is not None and lon is not None
    admin1 = folded(place.admin1) if place.admin1 else None
    return (
        words.place.number(folded(place.name), place.name), words.place.number(admin1, place.admin1),
        words.country.number(place.country), words.gazetteer.number(place.gazetteer_id),
        words.precision.number(place.precision), lat if known else np.nan, lon if known else np.nan,
    )  # fmt: skip


def _actor(actor: EventActor, words: Vocabulary) -> tuple[int, int]:
    name = words.actor.number(folded(actor.name), actor.name)
    key = actor.id or _id_of(actor.name)
    return words.actor.number(key, actor.name) if key else name, name


@lru_cache(maxsize=1 << 14)
def _id_of(name: str) -> str | None:
    """The id of the known actor with this name, where there is exactly one. So an actor that somebody entered by name
    is counted in facets with the known actor, and not as a second one."""
    meant = actors_meant(name)
    return meant[0].id if len(meant) == 1 and folded(meant[0].name) == folded(name) else None


def _is_party(actor: EventActor) -> bool:
    """Is the actor one that a user searches for, not a counted group ("12 people") or a private person?"""
    return actor.id is not None or actor.kind in _PARTIES


def _located(rows: list[tuple[Any, ...]]) -> Places:
    names = [f.name for f in fields(Places) if f.name not in ("x", "y")]
    made = _arrays(rows, names, {"lat": np.float64, "lon": np.float64})
    lat = np.radians(np.clip(made["lat"], -_POLE, _POLE))
    x = (made["lon"] + 180.0) / 360.0
    y = 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)
    return Places(**made, x=x, y=y)


def _inside(places: Places, words: Vocabulary) -> dict[str, Any]:
    """What is computed from the places."""
    fine = np.isin(places.precision, [words.precision.find(name) for name in FINE])
    return {
        "fine": fine,
        "provinces": provinces(places.row, places.country, places.admin1),
        "towns": towns(places.row, places.gazetteer, fine, len(words.gazetteer.all)),
    }


def day_number(iso: str) -> int:
    """The number of days from 1970-01-01 to an ISO date."""
    return dt.date.fromisoformat(iso).toordinal() - _EPOCH


def iso_day(number: int) -> str:
    """The ISO date of a day that is given as days from 1970-01-01."""
    return dt.date.fromordinal(max(1, min(int(number) + _EPOCH, dt.date.max.toordinal()))).isoformat()
