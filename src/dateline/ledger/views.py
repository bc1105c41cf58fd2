"""Each person's view of an event, side by side, and how far people agree, field by field.

A view is made of a person's judgements: the latest verdict, and the values that they gave. Opinions, which do not
change the event, and ordinary judgements both count. A person who accepts an event accepts its values of that time: as
they were coded, or as somebody had corrected them before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.bonds import VERDICTS, Judgement, judgements_on, read
from dateline.ledger.rows import as_json, chunks
from dateline.ledger.tables import accounts, judgements, members, versions

#: Kinds of judgements from which views are made.
_SAYING = (*VERDICTS, "correct", "opinion")
#: Fields that are always compared. Figures are compared only if somebody corrected one.
_FIELDS = ("type", "method", "status", "scope", "when", "where", "actors")


@dataclass(slots=True)
class View:
    """One person's view: the verdict (None where they gave none), and the values that differ from the coding. `blind`
    is true if all of it was given as opinions."""

    by: str
    verdict: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    blind: bool = True

    def says(self, name: str) -> str | None:
        """The person's value of a field, as text that can be compared; None where they say nothing about it."""
        if name == "verdict":
            return self.verdict
        if self.verdict != "accept" and name not in self.values:
            return None
        return as_json(self.values[name]) if name in self.values else "as coded"


@dataclass(frozen=True, slots=True)
class Compared:
    """An event with views of several people, and the fields on which some of them differ."""

    event: str
    views: tuple[View, ...]
    differing: tuple[str, ...]


@dataclass(slots=True)
class Agreement:
    """How often two people agree on a field, over all events where both have a value of it."""

    one: str
    two: str
    field: str
    compared: int = 0
    same: int = 0
    #: Cohen's kappa (agreement corrected for chance), for verdicts only; None where it is not defined.
    kappa: float | None = None


def mentions(words: str) -> set[str]:
    """The names of people that a comment mentions ("@ann", "@ann.lee"). A full stop at the end is not part of a
    name."""
    return {name.rstrip(".-") for name in re.findall(r"(?<![\w@])@([\w-][\w.@-]*)", words)}


def views_of(found: Iterable[Judgement]) -> list[View]:
    """The views of one event, from all judgements in force on its accounts; in order of each person's first
    judgement."""
    views: dict[str, View] = {}
    standing: dict[str, Any] = {}
    for one in sorted((j for j in found if j.kind in _SAYING), key=lambda j: j.num):
        view = views.setdefault(one.by, View(one.by))
        kind = one.value["kind"] if one.kind == "opinion" else one.kind
        view.blind = view.blind and one.kind == "opinion"
        if kind == "correct":
            view.values[one.value["field"]] = one.value["value"]
            if one.kind == "correct":
                standing[one.value["field"]] = one.value["value"]
        else:
            view.verdict = kind
            if one.kind == "accept":
                view.values = {**view.values, **standing}
    return list(views.values())


def differing(views: Sequence[View]) -> tuple[str, ...]:
    """The fields on which two people have different values."""
    told = {name: {said for view in views if (said := view.says(name)) is not None} for name in fields_of(views)}
    return tuple(name for name, said in told.items() if len(said) > 1)


def fields_of(views: Iterable[View]) -> tuple[str, ...]:
    """The fields to compare: the verdict, the fields that are always compared, and the figures that somebody
    corrected."""
    figures = sorted({name for view in views for name in view.values if name.startswith("counts.")})
    return ("verdict", *_FIELDS, *figures)


def views_on(connection: Connection, keys: Sequence[str]) -> list[View]:
    """The views of the event with these accounts (by key)."""
    held = set(keys)
    return views_of(j for j in judgements_on(connection, keys) if j.parts and not held.isdisjoint(j.parts[0]))


def all_views(connection: Connection) -> dict[str, list[View]]:
    """Event -> views, for all events in force with a view of somebody."""
    query = select(judgements.c.num).where(judgements.c.withdrawn.is_(None), judgements.c.kind.in_(_SAYING))
    found = read(connection, sorted(connection.execute(query).scalars()))
    homes = _homes(connection, {key for one in found for part in one.parts[:1] for key in part})
    on: dict[str, list[Judgement]] = {}
    for one in found:
        events = {homes.get(key) for key in one.parts[0]} if one.parts else set()
        for event in sorted(e for e in events if e is not None):
            on.setdefault(event, []).append(one)
    return {event: views_of(told) for event, told in sorted(on.items())}


def _homes(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Account (by key) -> the event in force that holds it."""
    found: dict[str, str] = {}
    for some in chunks(sorted(keys)):
        query = (
            select(accounts.c.key, versions.c.event)
            .join_from(accounts, members, members.c.account == accounts.c.num)
            .join(versions, versions.c.num == members.c.version)
            .where(accounts.c.key.in_(some), accounts.c.retired.is_(None), versions.c.ended.is_(None))
        )
        found |= dict(connection.execute(query).all())
    return found


def compared(views: Mapping[str, Sequence[View]]) -> list[Compared]:
    """The events with views of several people, those with most differing fields first."""
    found = [Compared(event, tuple(own), differing(own)) for event, own in views.items() if len(own) > 1]
    return sorted(found, key=lambda one: (-len(one.differing), one.event))


def agreements(found: Iterable[Compared]) -> list[Agreement]:
    """The agreement of each pair of people on each field."""
    table: dict[tuple[str, str, str], Agreement] = {}
    verdicts: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in found:
        for a, b in itertools.combinations(sorted(one.views, key=lambda view: view.by), 2):
            for name in fields_of((a, b)):
                first, second = a.says(name), b.says(name)
                if first is None or second is None:
                    continue
                kind = "counts" if name.startswith("counts.") else name
                row = table.setdefault((a.by, b.by, kind), Agreement(a.by, b.by, kind))
                row.compared += 1
                row.same += first == second
                if name == "verdict":
                    verdicts.setdefault((a.by, b.by), []).append((first, second))
    for (first, second), pairs in verdicts.items():
        table[first, second, "verdict"].kappa = kappa(pairs)
    order = ("verdict", *_FIELDS, "counts")
    return sorted(table.values(), key=lambda row: (row.one, row.two, order.index(row.field)))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where there are no pairs, or where both people always give the same single value."""
    if not pairs:
        return None
    same = sum(a == b for a, b in pairs) / len(pairs)
    words = {word for pair in pairs for word in pair}
    chance = sum(
        sum(a == word for a, _ in pairs) * sum(b == word for _, b in pairs) / len(pairs) ** 2 for word in words
    )
    return None if chance == 1.0 else round((same - chance) / (1.0 - chance), 3)
