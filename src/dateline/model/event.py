"""The event: what accounts of any number of reports tell of one happening, consolidated, with every figure kept.

Field for field as RECORD.md (docs/record.md) describes `dateline link`; all are frozen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from dateline.model.vocabulary import (
    ActorKind,
    Method,
    Party,
    PlacePrecision,
    Role,
    Scope,
    Status,
    TimePrecision,
    Type,
    What,
)

SCHEMA = "dateline.event/1"


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """An account of a report."""

    report_uri: str
    account_id: str

    def __str__(self) -> str:
        return f"{self.report_uri}#{self.account_id}"


@dataclass(frozen=True, slots=True)
class EventWhen:
    """The days, both inclusive, and the rule that chose them."""

    start: str
    end: str
    precision: TimePrecision
    rule: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of the event; `text` is what most reports call it."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    gazetteer_id: str | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EventActor:
    """A party, under one name; `worded` are the words with which reports tell of it."""

    role: Role
    kind: ActorKind
    name: str
    id: str | None
    worded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure, who said it, and of whom the report tells it."""

    report_uri: str
    account_id: str
    low: int | None
    best: int | None
    high: int | None
    text: str
    said_by: str | None
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class CountStep:
    """A value of a toll that rose or was revised: the day on which it was first told, and how many sources tell it."""

    published: str | None
    low: int | None
    best: int | None
    high: int | None
    sources: int


@dataclass(frozen=True, slots=True)
class EventCount:
    """A consolidated figure, the rule that chose it, all that were chosen from, and the values that it went through."""

    what: What
    party: Party | None
    low: int | None
    best: int | None
    high: int | None
    rule: str
    figures: tuple[Figure, ...]
    history: tuple[CountStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one field adds to the weight of two accounts being one event (log-odds)."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two accounts are one event: the weight from the prior through each field."""

    between: tuple[AccountKey, AccountKey]
    weight: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as the reports together tell it. `case` is shared by the events of a deed and what came of it; None
    where no other event is of its case."""

    id: str
    type: Type
    method: tuple[Method, ...]
    status: Status
    scope: Scope
    when: EventWhen | None
    where: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    counts: tuple[EventCount, ...]
    accounts: tuple[AccountKey, ...]
    sources: int
    disagreements: tuple[str, ...]
    part_of: str | None
    case: str | None
    why: tuple[Tie, ...]
    confidence: float

    def __repr__(self) -> str:
        return f"<Event {self.summary()}>"

    def summary(self) -> str:
        """The event in one line: what, when, where, figures, and of how many sources."""
        days = [] if self.when is None else list(dict.fromkeys((self.when.start, self.when.end)))
        where = f" at {', '.join(place.name for place in self.where)}" if self.where else ""
        counts = "".join(f", {c.best if c.best is not None else c.low} {c.what}" for c in self.counts)
        total = " (total)" if self.scope == "rollup" else ""
        sources = f"{self.sources} source{'' if self.sources == 1 else 's'}"
        when = f" {'..'.join(days)}" if days else ""
        return f"{self.id} {self.type}{total}, {self.status}:{when}{where}{counts} ({sources}, {self.confidence:.0%})"

    def as_record(self) -> dict[str, Any]:
        """The JSON object, as plain Python data."""
        row: dict[str, Any] = {"schema": SCHEMA, **_plain(self)}
        for tie, one in zip(row["why"], self.why, strict=True):
            tie["between"] = [str(key) for key in one.between]
        return row

    def to_json(self) -> str:
        """One line of JSON (no newline at the end)."""
        return json.dumps(self.as_record(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    """Dicts for dataclasses and lists for tuples, as JSON has them."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    names = getattr(type(value), "__slots__", None)
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}
