"""How the places and actors of a query were understood, what else they could mean, and which names are similar."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, func, select

from dateline.ledger.conditions import actor_rows, at, place_rows
from dateline.ledger.names import Actors, Places, actor_label, actors_of, places_in, places_of
from dateline.ledger.query import Query
from dateline.ledger.sealed_names import shown_rows, unread
from dateline.ledger.search import folded
from dateline.ledger.tables import actors, places, versions
from dateline.where import Sense, country_name, entries_of, meaning
from dateline.who import actors_meant, names_of

#: The most senses of a name that are shown, and the most similar names.
_MANY, _NEAR = 8, 4
#: The most similar names for which it is checked whether the user may see them.
_TEMPTING = 40
#: From this ratio on (difflib) a name counts as similar.
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a name: a label for people, what to write to get only this meaning, and its number of events."""

    label: str
    write: str
    events: int


@dataclass(frozen=True, slots=True)
class Understood:
    """How one name of a filter was understood. `readings` are the meanings that were used; `others` are meanings that
    were not. If the name found nothing, `near` are similar names that would. `values` are the values that the filter
    selects in the page's facet."""

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
        """The result in words for people: the meaning, what else it could mean, or similar names."""
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
        """Does the name have exactly one meaning, and events?"""
        return self.events > 0 and len(self.readings) <= 1 and not self.others


def _told(reading: Reading) -> str:
    return f"{reading.label} [{reading.write}], {reading.events} event{'' if reading.events == 1 else 's'}"


class Counting(Protocol):
    """An object that counts the events of one revision that are not rejected."""

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
    """How each place and actor of a query was understood; its other filters do not count. Names that only `hidden`
    reports say are treated as unknown. `counting` counts events in memory, if given; else the database does.
    """
    now = Standing(connection, as_of, hidden, counting)
    return [*(_place(now, name) for name in query.places), *(_actor(now, name) for name in query.actors)]


@dataclass(frozen=True, slots=True)
class Standing:
    """The events at a revision that are not rejected, as seen by a user from whom some reports are `hidden`."""

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
        """The distinct values of columns of places or actors in force, hidden ones too."""
        table = columns[0].table
        query = select(*columns).join(versions, table.c.version == versions.c.num)
        return list(self.connection.execute(query.where(at(self.as_of)).distinct()))

    def shown(self, rows: Iterable[Any], *columns: Column[Any]) -> list[Row[Any]]:
        """The rows among those of `distinct` that the user may see."""
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
    """The senses that have events, those with most events first."""
    alike: dict[str, list[Sense]] = {}  # A province with two gazetteer entries is shown once.
    for sense in senses:
        alike.setdefault(sense.label if sense.kind == "admin1" else sense.write, []).append(sense)
    counted = [(group[0], now.placed(places_in(group))) for group in alike.values()]
    told = [Reading(sense.label, sense.write, n) for sense, n in counted if n]
    return tuple(sorted(told, key=lambda r: (-r.events, r.write))[:_MANY])


def _known_places(rows: Iterable[Any]) -> dict[str, str]:
    """Folded name of each place, province and country that events have -> a name to suggest (see _written)."""
    found: dict[str, str] = {}
    for name, admin1, code in rows:
        land = country_name(code) if code else None
        found.update({one: one for one in (name, admin1) if one})
        found.update({folded(land): land} if land else {})
    return found


def _written(name: str) -> str:
    """A folded name in its usual spelling: that of a place, else that of an actor."""
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
    """Folded name (any of its names) of each actor that events have -> the name to suggest."""
    found: dict[str, str] = {}
    for name, key in rows:
        found.setdefault(name, name)
        if key:
            label = actor_label(key) or name  # All names of an actor lead to one label, so it is suggested once.
            found.update({name: label, **{folded(one): label for one in names_of(key)}})
    return found


def _near(
    now: Standing, name: str, columns: Sequence[Column[Any]], known_of: Callable[[Iterable[Any]], dict[str, str]]
) -> tuple[str, ...]:
    """The most similar names, in their usual spelling. If some reports are hidden from the user, the rows behind
    similar names are checked first."""
    plain, rows = folded(name), now.distinct(*columns)
    if now.hidden:
        tempting = set(_nearest(plain, known_of(rows), _TEMPTING))
        rows = now.shown((row for row in rows if tempting & known_of((row,)).keys()), *columns)
    known = known_of(rows)
    return tuple(dict.fromkeys(_written(known[one]) for one in _nearest(plain, known, _NEAR)))[:_NEAR]


def _nearest(plain: str, known: Iterable[str], most: int) -> list[str]:
    """Names that are similar, then names that contain the given one; at most `most` of each."""
    names = sorted(known)
    alike = difflib.get_close_matches(plain, names, most, _ALIKE)
    holding = sorted((k for k in names if len(plain) > 2 and plain in k), key=lambda k: (len(k), k))
    return [*alike, *holding[:most]]
