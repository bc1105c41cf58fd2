"""The columns of a published table: what each is called, what it means, and how an event fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dateline.model.event import Event, EventCount, EventPlace, EventWhen
from dateline.model.knowledge import load
from dateline.model.vocabulary import Role, What
from dateline.model.words import slashed
from dateline.publishing.errors import BadEdition

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values, what it means. `basic` columns are used unless others are chosen."""

    name: str
    kind: Literal["text", "list", "number", "day", "flag"]
    basic: bool
    about: str


@dataclass(frozen=True, slots=True)
class TableOf:
    """What is known of a table in a package: what its rows are, which columns are its key, and which columns hold keys
    of other tables ("TABLE.COLUMN")."""

    table: str
    about: str
    key: tuple[str, ...]
    refers: dict[str, str]
    columns: tuple[Column, ...]


@cache
def codebook() -> tuple[Column, ...]:
    """All columns of events, in their order."""
    return load("dateline.publishing", "columns.yaml", tuple[Column, ...])


@cache
def tables() -> dict[str, TableOf]:
    """All tables of a package, by their names; events first."""
    about = "What happened, consolidated from all reports, an event a row."
    events = TableOf("events", about, ("event_id",), {"part_of": "rollups.rollup_id"}, codebook())
    rows = load("dateline.publishing", "tables.yaml", list[dict[str, Any]])
    return {"events": events} | {row["table"]: _table(row) for row in rows}


def _table(row: dict[str, Any]) -> TableOf:
    columns = tuple(Column(c["name"], c["kind"], True, c["about"]) for c in row["columns"])
    return TableOf(row["table"], row["about"], tuple(row["key"]), row["refers"], columns)


def chosen(names: Iterable[str] = (), table: str = "events") -> tuple[Column, ...]:
    """The columns with these names, in the order of the codebook; without names, the basic ones.

    Raises BadEdition (DL-P001) for an unknown name.
    """
    wanted, all_of = set(names), tables()[table].columns
    unknown = sorted(wanted - {column.name for column in all_of})
    if unknown:
        known = ", ".join(column.name for column in all_of)
        raise BadEdition(f"{unknown[0]!r} is no column of {table}. Known: {known}.")
    return tuple(column for column in all_of if (column.name in wanted if wanted else column.basic))


#: Columns that have values only for events of a ledger.
_OF_A_LEDGER = frozenset(("review", "corrections", "coarsened"))
#: A function that gives the value of a column for an event.
Fill = Callable[[Event], Value]


def told_by(event: Event) -> tuple[Column, ...]:
    """All columns that an event can have values for: fewer where it is not an event of a ledger."""
    return tuple(c for c in codebook() if event.is_kept or c.name not in _OF_A_LEDGER)


def cells(event: Event, columns: Sequence[Column]) -> list[Value]:
    """An event's row."""
    return [FILLED[column.name](event) for column in columns]


def _when(of: Callable[[EventWhen], Value]) -> Fill:
    return lambda event: of(event.when) if event.when else None


def _where(of: Callable[[EventPlace], Value]) -> Fill:
    return lambda event: of(event.where[0]) if event.where else None


def _names(role: Role) -> Fill:
    return lambda event: joined(event.names(role))


def people(rows: Iterable[tuple[str | None, int | None]]) -> int | None:
    """The figure for all parties together, from figures of one kind given as (party, number).

    The figures of known parties are added. A figure of unknown party counts as a total: the larger of it and the sum is
    taken. None where the figure cannot be known.
    """
    told = list(rows)
    whole = [n for party, n in told if party in (None, "unknown")]
    parts = [n for party, n in told if party not in (None, "unknown")]
    if not told or None in whole or (None in parts and not whole):
        return None
    known = sum(n for n in parts if n is not None)
    return max(known, *(n for n in whole if n is not None)) if whole else known


def _people(what: What, bound: Callable[[EventCount], int | None] = lambda count: count.best) -> Fill:
    return lambda event: people((c.party, bound(c)) for c in event.counts if c.what == what)


def joined(parts: Iterable[str]) -> str | None:
    """Several parts joined in one cell."""
    return "; ".join(parts) or None


def figure(count: EventCount) -> str:
    """A figure in one cell: what is counted, of which party, low/best/high, and the rule that chose them."""
    return f"{count.what} {count.party or 'unknown'} {slashed(count)} ({count.rule})"


def _history(what: What) -> Fill:
    """The successive values of each party's toll, with their days ("2012-05-15 5, 2012-05-16 11")."""

    def filled(event: Event) -> Value:
        return joined(
            f"{count.party or 'unknown'}: " + ", ".join(f"{s.published or '?'} {s.best}" for s in count.history)
            for count in event.counts
            if count.what == what and len(count.history) > 1
        )

    return filled


FILLED: dict[str, Fill] = {
    "event_id": lambda e: e.id,
    "type": lambda e: e.type,
    "method": lambda e: joined(e.method),
    "status": lambda e: e.status,
    "scope": lambda e: e.scope,
    "start": _when(lambda w: w.start),
    "end": _when(lambda w: w.end),
    "date_precision": _when(lambda w: w.precision),
    "place": _where(lambda p: p.name),
    "admin1": _where(lambda p: p.admin1),
    "country": _where(lambda p: p.country),
    "lat": _where(lambda p: p.lat),
    "lon": _where(lambda p: p.lon),
    "place_precision": _where(lambda p: p.precision),
    "gazetteer_id": _where(lambda p: p.gazetteer_id),
    "other_places": lambda e: joined(p.name for p in e.where[1:]),
    "agents": _names("agent"),
    "targets": _names("target"),
    "victims": _names("victim"),
    "actor_ids": lambda e: joined(dict.fromkeys(a.id for a in e.actors if a.id)),
    "killed_low": _people("killed", lambda count: count.low),
    "killed": _people("killed"),
    "killed_high": _people("killed", lambda count: count.high),
    "killed_history": _history("killed"),
    "wounded": _people("wounded"),
    "arrested": _people("arrested"),
    "kidnapped": _people("kidnapped"),
    "counts": lambda e: joined(map(figure, e.counts)),
    "confidence": lambda e: float(e.confidence),
    "review": lambda e: e.review,
    "sources": lambda e: e.sources,
    "disagreements": lambda e: joined(e.disagreements),
    "corrections": lambda e: joined(f"{c.field} by {c.by}" for c in e.corrections),
    "part_of": lambda e: e.part_of or None,
    "case": lambda e: e.case,
    "coarsened": lambda e: joined(e.coarsened),
    "reports": lambda e: joined(dict.fromkeys(a.report_uri for a in e.accounts)),
}
