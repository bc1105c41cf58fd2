"""Accounts as a table that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from dateline.model import Account, Coding, Count
from dateline.model.event import Event, EventCount

if TYPE_CHECKING:
    from rich.table import Table


def write_table(codings: Iterable[Coding], stream: TextIO) -> None:
    """One row an account: what, status, when, where, who, how many, according to whom, from which report; and one for
    each report in a language that is not coded."""
    table = _table(("what", "status", "when", "where", "who", "how many", "according to", "report"), stream)
    for coding in codings:
        for account in coding.accounts:
            table.add_row(*_escaped((*_cells(account), _short(coding.report.uri))))
        if not coding.accounts and coding.report.lang not in (None, "en"):
            said = (f"not coded: in '{coding.report.lang}'", *[""] * 6)
            table.add_row(*_escaped((*said, _short(coding.report.uri))))
        table.add_section()
    _print(table, stream)


def write_events(events: Iterable[Event], stream: TextIO) -> None:
    """One row an event: what, status, when, where, who, how many (figures that differ in brackets), sources."""
    table = _table(("what", "status", "when", "where", "who", "how many", "sources", "sure"), stream)
    for event in events:
        table.add_row(*_escaped(_event_cells(event)))
    _print(table, stream)


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """One row an event of a ledger, as its record."""
    table = _table(("event", "what", "status", "when", "where", "who", "how many", "sources", "sure", "review"), stream)
    for record in records:
        table.add_row(*_escaped(_record_cells(record)))
    _print(table, stream)


def _record_cells(record: dict[str, Any]) -> tuple[str, ...]:
    days = record["when"]
    doers = ", ".join(a["name"] for a in record["actors"] if a["role"] == "agent")
    others = ", ".join(a["name"] for a in record["actors"] if a["role"] != "agent")
    figures = [f"{c['best'] if c['best'] is not None else c['low']} {c['what']}" for c in record["counts"]]
    return (
        record["id"], record["type"] + (" [total]" if record["scope"] == "rollup" else ""), record["status"],
        "?" if days is None else " – ".join(dict.fromkeys((days["start"], days["end"]))),
        "; ".join(p["name"] for p in record["where"]), f"{doers} → {others}" if others else doers,
        "; ".join(figures), str(record["sources"]), f"{record['confidence']:.2f}", record["review"],
    )  # fmt: skip


def _table(columns: Sequence[str], stream: TextIO) -> Table:
    from rich.table import Table

    table = Table(show_lines=False, expand=False, row_styles=["", "dim"] if stream.isatty() else None)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _print(table: Table, stream: TextIO) -> None:
    from rich.console import Console

    Console(file=stream, width=None if stream.isatty() else 200, highlight=False).print(table)


def _escaped(cells: Iterable[str]) -> Iterator[str]:
    from rich.markup import escape

    return (escape(cell) for cell in cells)


def _event_cells(event: Event) -> tuple[str, ...]:
    return (
        what(event), event.status, when(event), "; ".join(p.name for p in event.where), who(event),
        "; ".join(_told(c) for c in event.counts), str(event.sources), f"{event.confidence:.2f}",
    )  # fmt: skip


def _told(count: EventCount) -> str:
    """A figure of an event in words, with the others that were told ("5 killed (also 4, 7)")."""
    others = sorted({f.best for f in count.figures if f.best is not None and f.best != count.best})
    shown = how_many(count)
    return f"{shown} (also {', '.join(map(str, others))})" if others else shown


def row(account: Account) -> tuple[str, ...]:
    """The cells of an account, but for its report."""
    return tuple(_escaped(_cells(account)))


def _cells(account: Account) -> tuple[str, ...]:
    return (
        what(account), account.status, when(account), "; ".join(p.name or p.text for p in account.where), who(account),
        "; ".join(("of them " if c.part else "") + how_many(c) for c in account.counts),
        "; ".join(s.name for s in account.said_by),
    )  # fmt: skip


def what(one: Account | Event) -> str:
    """Type, methods, and whether it is a total."""
    methods = f" ({', '.join(one.method)})" if one.method else ""
    return one.type + methods + (" [total]" if one.scope == "rollup" else "")


def when(one: Account | Event) -> str:
    """Its days."""
    if one.when is None:
        return "?"
    return " – ".join(dict.fromkeys((one.when.start, one.when.end)))


def who(one: Account | Event) -> str:
    """Doers, an arrow, and those it was done to."""
    doers = ", ".join(a.name for a in one.actors if a.role == "agent")
    others = ", ".join(a.name for a in one.actors if a.role != "agent")
    return f"{doers} → {others}" if doers and others else f"→ {others}" if others else doers


def how_many(count: Count | EventCount) -> str:
    """A figure in words ("357 arrested", "501 or more wounded")."""
    best = count.best if count.best is not None else count.low
    if count.low is not None and count.high is None:
        return f"{best}+ {count.what}"
    if count.low is None and count.high is None:
        return f"about {best} {count.what}"
    if count.low is None:
        return f"up to {count.high} {count.what}"
    return f"{best if count.low == count.high else f'{count.low}–{count.high}'} {count.what}"


def _short(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]
