"""Accounts as a table that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dateline.model import Account, Coding, Count
from dateline.model.event import Event, EventCount


def write_table(codings: Iterable[Coding], stream: TextIO) -> None:
    """One row an account: what, status, when, where, who, how many, according to whom, from which report."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    width = None if stream.isatty() else 200
    console = Console(file=stream, width=width, highlight=False)
    table = Table(show_lines=False, expand=False, row_styles=["", "dim"] if stream.isatty() else None)
    for name in ("what", "status", "when", "where", "who", "how many", "according to", "report"):
        table.add_column(name, overflow="fold")
    for coding in codings:
        for account in coding.accounts:
            table.add_row(*row(account), escape(_short(coding.report.uri)))
        table.add_section()
    console.print(table)


def write_events(events: Iterable[Event], stream: TextIO) -> None:
    """One row an event: what, status, when, where, who, how many (figures that differ in brackets), sources."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, width=None if stream.isatty() else 200, highlight=False)
    table = Table(show_lines=False, expand=False, row_styles=["", "dim"] if stream.isatty() else None)
    for name in ("what", "status", "when", "where", "who", "how many", "sources", "sure"):
        table.add_column(name, overflow="fold")
    for event in events:
        table.add_row(*(escape(cell) for cell in _event_row(event)))
    console.print(table)


def _event_row(event: Event) -> tuple[str, ...]:
    what = event.type + (f" ({', '.join(event.method)})" if event.method else "")
    days = "?" if event.when is None else " – ".join(dict.fromkeys((event.when.start, event.when.end)))
    doers = ", ".join(a.name for a in event.actors if a.role == "agent")
    others = ", ".join(a.name for a in event.actors if a.role != "agent")
    return (
        what + (" [total]" if event.scope == "rollup" else ""), event.status, days,
        "; ".join(p.name for p in event.where), f"{doers} → {others}" if others else doers,
        "; ".join(_told(c) for c in event.counts), str(event.sources), f"{event.confidence:.2f}",
    )  # fmt: skip


def _told(count: EventCount) -> str:
    """ "5 killed (also 4, 7)"."""
    others = sorted({f.best for f in count.figures if f.best is not None and f.best != count.best})
    shown = how_many(count)
    return f"{shown} (also {', '.join(map(str, others))})" if others else shown


def row(account: Account) -> tuple[str, ...]:
    """The cells of an account, but for its report."""
    from rich.markup import escape

    what = account.type + (f" ({', '.join(account.method)})" if account.method else "")
    scope = " [total]" if account.scope == "rollup" else ""
    cells = (
        what + scope, account.status, when(account), "; ".join(p.name or p.text for p in account.where), who(account),
        "; ".join(how_many(c) for c in account.counts), "; ".join(s.name for s in account.said_by),
    )  # fmt: skip
    return tuple(escape(cell) for cell in cells)


def when(account: Account) -> str:
    """The account's days."""
    if account.when is None:
        return "?"
    if account.when.start == account.when.end:
        return account.when.start
    return f"{account.when.start} – {account.when.end}"


def who(account: Account) -> str:
    """Doers, an arrow, and those it was done to."""
    doers = ", ".join(a.name for a in account.actors if a.role == "agent")
    others = ", ".join(a.name for a in account.actors if a.role != "agent")
    return f"{doers} → {others}" if doers and others else f"→ {others}" if others else doers


def how_many(count: Count | EventCount) -> str:
    """ "357 arrested", "501 or more wounded"."""
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
