"""What was understood by the places and actors of a query, what else they could be, and what is near to them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, func, select

from dateline.ledger.names import Actors, Places, actor_label, actors_of, places_in, places_of
from dateline.ledger.queries import Query, actor_rows, at, place_rows
from dateline.ledger.sealed_names import shown_rows, unread
from dateline.ledger.search import folded
from dateline.ledger.tables import actors, places, versions
from dateline.where import Sense, country_name, entries_of, meaning
from dateline.who import actors_meant, names_of

#: Senses of a name that are told, and names that are near to one.
_MANY, _NEAR = 8, 4
#: Near names of which it is looked up whether they may be seen.
_TEMPTING = 40
#: How alike a name must be to be told as near (difflib's ratio).
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a name was or could be taken for: in words, what to write to mean it alone, and its events."""

    label: str
    write: str
    events: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood by one name of a filter. `readings` were counted; `others` could have been meant and were
    not; `near` are names that would find something, where this one found nothing. `values` are the values of the page's
    facet that it chooses."""

    filter: Literal["place", "actor"]
    given: str
    readings: tuple[Reading, ...]
    others: tuple[Reading, ...]
    near: tuple[str, ...]
    events: int
    values: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """As plain Python data."""
        return asdict(self)

    def in_words(self) -> str:
        """For people: what it was taken for, what else it could be, or what is near."""
        told = "; ".join(_told(r) for r in self.readings) or "no name that any list knows"
        lines = [f"{self.filter} {self.given!r}: {told}"]
        if self.others:
            lines.append(f"  not meant: {'; '.join(_told(r) for r in self.others)}")
        if not self.events:
            near = f"; near to it: {', '.join(self.near)}" if self.near else ""
            lines.append(f"  no event has it{near}")
        return "\n".join(lines)

    @property
    def is_plain(self) -> bool:
        """Was one thing understood, and found?"""
        return self.events > 0 and len(self.readings) <= 1 and not self.others


def _told(reading: Reading) -> str:
    return f"{reading.label} [{reading.write}], {reading.events} event{'' if reading.events == 1 else 's'}"


class Counting(Protocol):
    """Counts events that are not rejected, of one revision."""

    def placed(self, asked: Places) -> int:
        """How many have such a place."""

    def acted(self, asked: Actors) -> int:
        """How many have such an actor."""


def understood(
    connection: Connection,
    query: Query,
    as_of: int | None,
    hidden: frozenset[str] = frozenset(),
    counting: Counting | None = None,
) -> list[Understood]:
    """What was understood by each place and actor of a query, whatever else it asks for; names that only `hidden`
    reports say are not known. `counting` is asked for numbers instead of the database, by whoever has them in memory.
    """
    now = Standing(connection, as_of, hidden, counting)
    return [*(_place(now, name) for name in query.places), *(_actor(now, name) for name in query.actors)]


@dataclass(frozen=True, slots=True)
class Standing:
    """The events that are not rejected at a revision, for somebody from whom the words of some reports are hidden."""

    connection: Connection
    as_of: int | None
    hidden: frozenset[str] = frozenset()
    counting: Counting | None = None

    def placed(self, asked: Places) -> int:
        """How many have such a place."""
        if self.counting is not None:
            return self.counting.placed(asked)
        holds = place_rows(asked, self._unread(places, place_rows(asked)))
        return self._counted(select(places.c.version).where(holds))

    def acted(self, asked: Actors) -> int:
        """How many have such an actor."""
        if self.counting is not None:
            return self.counting.acted(asked)
        holds = actor_rows(asked, self._unread(actors, actor_rows(asked)))
        return self._counted(select(actors.c.version).where(holds))

    def _unread(self, table: Table, holds: ColumnElement[bool]) -> tuple[int, ...]:
        return unread(self.connection, table, holds, self.as_of, self.hidden)

    def _counted(self, numbers: Any) -> int:
        held = versions.c.num.in_(numbers)
        query = select(func.count()).select_from(versions).where(held, at(self.as_of), versions.c.review != "rejected")
        return int(self.connection.execute(query).scalar_one())

    def distinct(self, *columns: Column[Any]) -> list[Row[Any]]:
        """The values of columns of places or actors that stand, hidden ones too."""
        table = columns[0].table
        query = select(*columns).join(versions, table.c.version == versions.c.num)
        return list(self.connection.execute(query.where(at(self.as_of)).distinct()))

    def shown(self, rows: Iterable[Any], *columns: Column[Any]) -> list[Row[Any]]:
        """Of the rows that `distinct` gave, those that may be seen."""
        return shown_rows(self.connection, columns, {row[0] for row in rows}, self.as_of, self.hidden)


def _place(now: Standing, name: str) -> Understood:
    meant, asked = meaning(name), places_of(name)
    events = now.placed(asked)
    if ":" in name:
        return Understood("place", name, (Reading(name, name, events),), (), (), events, ())
    readings, others = _readings(now, meant.senses), _readings(now, meant.others)
    if not readings and meant.senses:
        readings = tuple(Reading(s.label, s.write, 0) for s in meant.senses[:1])
    if not readings and events:
        readings = (Reading("a place that is called so", name, events),)
    near = () if events else _near(now, name, (places.c.name, places.c.admin1, places.c.country), _known_places)
    return Understood("place", name, readings, others, near, events, tuple(sorted(asked.countries)))


def _readings(now: Standing, senses: Iterable[Sense]) -> tuple[Reading, ...]:
    """Senses that have events, the most frequent first."""
    alike: dict[str, list[Sense]] = {}  # A province that stands twice in the gazetteer is told once.
    for sense in senses:
        alike.setdefault(sense.label if sense.kind == "admin1" else sense.write, []).append(sense)
    counted = [(group[0], now.placed(places_in(group))) for group in alike.values()]
    told = [Reading(sense.label, sense.write, n) for sense, n in counted if n]
    return tuple(sorted(told, key=lambda r: (-r.events, r.write))[:_MANY])


def _known_places(rows: Iterable[Any]) -> dict[str, str]:
    """Folded names of places, provinces and countries that events have -> how to write them (_written)."""
    found: dict[str, str] = {}
    for name, admin1, code in rows:
        land = country_name(code) if code else None
        found.update({one: one for one in (name, admin1) if one})
        found.update({folded(land): land} if land else {})
    return found


def _written(name: str) -> str:
    """A folded name as it is written: of a place, else of an actor."""
    written = (*(entry.name for entry in entries_of(name)), *(actor.name for actor in actors_meant(name)))
    return next((one for one in written if folded(one) == name), name)


def _actor(now: Standing, name: str) -> Understood:
    asked = actors_of(name)
    events = now.acted(asked)
    known = sorted(asked.ids) if asked.unknown or any(actor_label(key) for key in asked.ids) else []
    told = [(key, actor_label(key)) for key in known]
    every = tuple(Reading(label, key, now.acted(actors_of(key))) for key, label in told if label)
    readings = tuple(r for r in every if r.events) or every
    if not readings and events:
        readings = (Reading("whoever is called so", name, events),)
    near = () if events else _near(now, name, (actors.c.name, actors.c.id), _known_actors)
    return Understood("actor", name, readings, (), near, events, tuple(sorted(asked.ids | asked.names)))


def _known_actors(rows: Iterable[Any]) -> dict[str, str]:
    """Folded names of actors that events have, and other names of theirs -> how to write them."""
    found: dict[str, str] = {}
    for name, key in rows:
        found.setdefault(name, name)
        if key:
            label = actor_label(key) or name  # one actor is told once, whichever of its names is near
            found.update({name: label, **{folded(one): label for one in names_of(key)}})
    return found


def _near(
    now: Standing, name: str, columns: Sequence[Column[Any]], known_of: Callable[[Iterable[Any]], dict[str, str]]
) -> tuple[str, ...]:
    """How to write the names that are nearest. Who may see all is answered at once; of whom some reports are hidden
    from, only the rows behind names that are near are looked at."""
    plain, rows = folded(name), now.distinct(*columns)
    if now.hidden:
        tempting = set(_nearest(plain, known_of(rows), _TEMPTING))
        rows = now.shown((row for row in rows if tempting & known_of((row,)).keys()), *columns)
    known = known_of(rows)
    return tuple(dict.fromkeys(_written(known[one]) for one in _nearest(plain, known, _NEAR)))[:_NEAR]


def _nearest(plain: str, known: Iterable[str], most: int) -> list[str]:
    """Those that are alike, then those that hold the name."""
    names = sorted(known)
    alike = difflib.get_close_matches(plain, names, most, _ALIKE)
    holding = sorted((k for k in names if len(plain) > 2 and plain in k), key=lambda k: (len(k), k))
    return [*alike, *holding[:most]]
