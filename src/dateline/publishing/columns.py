"""The columns of a published table: what each is called, what it means, and how an event's record fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dateline.model.knowledge import load
from dateline.publishing.errors import BadEdition

Value = str | int | float | None
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values, what it means; `basic` ones are there unless others are chosen."""

    name: str
    kind: Literal["text", "list", "number", "day", "flag"]
    basic: bool
    about: str


@dataclass(frozen=True, slots=True)
class TableOf:
    """What is known of a table of a package: what its rows are, which columns tell them apart, and which hold keys of
    other tables ("TABLE.COLUMN")."""

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
    """The columns of these names, in the order of the codebook; the basic ones where none is named.

    Raises BadEdition (DL-P001) for a name that is none.
    """
    wanted, all_of = set(names), tables()[table].columns
    unknown = sorted(wanted - {column.name for column in all_of})
    if unknown:
        known = ", ".join(column.name for column in all_of)
        raise BadEdition(f"{unknown[0]!r} is no column of {table}. Known: {known}.")
    return tuple(column for column in all_of if (column.name in wanted if wanted else column.basic))


#: Columns that only an event of a ledger fills.
_OF_A_LEDGER = frozenset(("review", "corrections", "part_of", "case", "coarsened"))


def told_by(record: Record) -> tuple[Column, ...]:
    """All columns that a record of an event has values for, be it one of a ledger or not."""
    return tuple(c for c in codebook() if c.name not in _OF_A_LEDGER or c.name in record)


def cells(record: Record, columns: Sequence[Column]) -> list[Value]:
    """An event's row."""
    return [_FILLED[column.name](record) for column in columns]


def _when(key: str) -> Callable[[Record], Value]:
    return lambda record: record["when"][key] if record["when"] else None


def _where(key: str) -> Callable[[Record], Value]:
    return lambda record: record["where"][0][key] if record["where"] else None


def _names(role: str) -> Callable[[Record], Value]:
    return lambda record: joined(actor["name"] for actor in record["actors"] if actor["role"] == role)


def people(rows: Iterable[tuple[str | None, int | None]]) -> int | None:
    """A figure of all parties together, of the figures of one kind with their parties: parties are added, but a figure
    of unknown party is the total of the others. None where that is not known."""
    told = list(rows)
    whole = [n for party, n in told if party in (None, "unknown")]
    parts = [n for party, n in told if party not in (None, "unknown")]
    if not told or None in whole or (None in parts and not whole):
        return None
    known = sum(n for n in parts if n is not None)
    return max(known, *(n for n in whole if n is not None)) if whole else known


def _people(what: str, bound: str = "best") -> Callable[[Record], Value]:
    return lambda record: people((c["party"], c[bound]) for c in record["counts"] if c["what"] == what)


def joined(parts: Iterable[str]) -> str | None:
    """Parts in one cell."""
    return "; ".join(parts) or None


def bounds(low: int | None, best: int | None, high: int | None) -> str:
    """Three numbers in one cell ("9/9/?")."""
    return "/".join("?" if number is None else str(number) for number in (low, best, high))


def _count(count: dict[str, Any]) -> str:
    told = bounds(count["low"], count["best"], count["high"])
    return f"{count['what']} {count['party'] or 'unknown'} {told} ({count['rule']})"


def _history(what: str) -> Callable[[Record], Value]:
    """The values that the toll of each party went through: "2012-05-15 5, 2012-05-16 11"."""

    def filled(record: Record) -> Value:
        rows = [(c, c.get("history", ())) for c in record["counts"] if c["what"] == what]
        return joined(
            f"{count['party'] or 'unknown'}: " + ", ".join(f"{s['published'] or '?'} {s['best']}" for s in steps)
            for count, steps in rows
            if len(steps) > 1
        )

    return filled


_FILLED: dict[str, Callable[[Record], Value]] = {
    "event_id": lambda r: str(r["id"]),
    "type": lambda r: str(r["type"]),
    "method": lambda r: joined(r["method"]),
    "status": lambda r: str(r["status"]),
    "scope": lambda r: str(r["scope"]),
    "start": _when("start"),
    "end": _when("end"),
    "date_precision": _when("precision"),
    "place": _where("name"),
    "admin1": _where("admin1"),
    "country": _where("country"),
    "lat": _where("lat"),
    "lon": _where("lon"),
    "place_precision": _where("precision"),
    "gazetteer_id": _where("gazetteer_id"),
    "other_places": lambda r: joined(p["name"] for p in r["where"][1:]),
    "agents": _names("agent"),
    "targets": _names("target"),
    "victims": _names("victim"),
    "actor_ids": lambda r: joined(dict.fromkeys(a["id"] for a in r["actors"] if a["id"])),
    "killed_low": _people("killed", "low"),
    "killed": _people("killed"),
    "killed_high": _people("killed", "high"),
    "killed_history": _history("killed"),
    "wounded": _people("wounded"),
    "arrested": _people("arrested"),
    "kidnapped": _people("kidnapped"),
    "counts": lambda r: joined(_count(c) for c in r["counts"]),
    "confidence": lambda r: float(r["confidence"]),
    "review": lambda r: str(r["review"]),
    "sources": lambda r: int(r["sources"]),
    "disagreements": lambda r: joined(r["disagreements"]),
    "corrections": lambda r: joined(f"{c['field']} by {c['by']}" for c in r["corrections"]),
    "part_of": lambda r: str(r["part_of"]) if r["part_of"] else None,
    "case": lambda r: r.get("case"),
    "coarsened": lambda r: joined(r.get("coarsened", ())),
    "reports": lambda r: joined(dict.fromkeys(a["report_uri"] for a in r["accounts"])),
}
