"""`dateline events`, `dateline show`, `dateline diff`: what a ledger holds, one event, what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO

import click

from dateline.cli.common import excel_option, out_option, writer
from dateline.cli.ledger_options import (
    as_of_option,
    ledger_option,
    open_ledger,
    query_of,
    query_options,
    tell_understood,
)
from dateline.model.event import Event

if TYPE_CHECKING:
    from dateline.ledger import Ledger, Query
    from dateline.ledger.history import Change


@click.command()
@ledger_option
@query_options
@as_of_option
@click.option("--limit", type=click.IntRange(1), default=None, help="At most so many; a table shows 50 unless told.")
@click.option("--count", is_flag=True, help="Only how many there are.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "csv"]), help="Default: table on a terminal, else jsonl."
)
@excel_option
@out_option
def events(
    ledger: str,
    as_of: int | None,
    limit: int | None,
    count: bool,
    form: str | None,
    excel: bool,
    out: str | None,
    **filters: Any,
) -> None:
    """The events of a ledger: newest first, undated ones last; rejected ones are left out unless asked for.

    \b
    Examples:
      dateline events --type bombing --place IQ --since 2024-01-01
      dateline events --actor islamic-state --min-people 10 --format jsonl --out big.jsonl
      dateline events --undated --reviewed unreviewed --order doubt
      dateline events --case c-51d0a86e2b97 --order oldest
      dateline events --as-of 12 --count
    """
    query = query_of(filters)
    with open_ledger(ledger) as opened, writer(out) as stream:
        tell_understood(opened, query, as_of)
        _tell_undated(opened, query, as_of)
        if count:
            stream.write(f"{opened.count(query, as_of)}\n")
            return
        form = "csv" if excel else form or ("table" if stream.isatty() else "jsonl")
        if form == "csv":
            _csv(_all(opened, query, as_of, limit), stream, excel)
        elif form == "table":
            page = opened.events(query, as_of, limit or 50)
            _table(list(_or_none(iter(page.events))), stream)
            if page.next is not None:
                click.echo(f"... of {opened.count(query, as_of)}; --limit shows more.", err=True)
        else:
            for event in _all(opened, query, as_of, limit):
                stream.write(event.to_json() + "\n")


def _tell_undated(ledger: Ledger, query: Query, as_of: int | None) -> None:
    """Say how many events a filter on days leaves out because no report states their day."""
    from dataclasses import replace

    if query.dated is None and (query.since or query.until):
        undated = ledger.count(replace(query, since=None, until=None, dated=False), as_of)
        if undated:
            left = (
                "1 event like that has no day and is"
                if undated == 1
                else f"{undated} events like that have no day and are"
            )
            click.echo(f"{left} left out; --undated shows them.", err=True)


def _all(ledger: Ledger, query: Query, as_of: int | None, limit: int | None) -> Iterator[Event]:
    """The events of a query; with a limit, only the first ones. Says so where there are none."""
    return _or_none(islice(ledger.all_events(query, as_of), limit))


def _or_none(events: Iterator[Event]) -> Iterator[Event]:
    """The same events; says so where there are none, which an empty output alone would not explain."""
    first = list(islice(events, 1))
    if not first:
        click.echo("No event is like that. `dateline events --count` tells how many there are in all.", err=True)
    return chain(first, events)


def _csv(events: Iterable[Event], stream: TextIO, excel: bool) -> None:
    """Write events as CSV: all columns of docs/ledger.md, a row for each event."""
    from dateline.publishing.columns import cells, codebook
    from dateline.publishing.tables import write_rows

    columns = codebook()
    write_rows(stream, [column.name for column in columns], (cells(one, columns) for one in events), excel)


def _table(events: Iterable[Event], stream: TextIO) -> None:
    from dateline.cli.table import write_kept

    write_kept(events, stream)


@click.command()
@click.argument("event")
@ledger_option
@as_of_option
@click.option("--history", is_flag=True, help="Its versions: when and by whom it was changed, and what.")
@click.option("--weights", is_flag=True, help="How much each field spoke for its accounts being one event.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), help="Default: text on a terminal, else json."
)
@excel_option
@out_option
def show(
    event: str,
    ledger: str,
    as_of: int | None,
    history: bool,
    weights: bool,
    form: str | None,
    excel: bool,
    out: str | None,
) -> None:
    """One event: its values, every figure with its source, the words, why its accounts are one, and judgements.

    EVENT is its id, or as much of its beginning as no other has ("e-0f3").

    \b
    Examples:
      dateline show e-0f3a9c71b2d4
      dateline show e-0f3a9c71b2d4 --as-of 3
      dateline show e-0f3a9c71b2d4 --history
      dateline show e-0f3a9c71b2d4 --weights
    """
    with open_ledger(ledger) as opened, writer(out) as stream:
        form = "csv" if excel else form or ("text" if stream.isatty() else "json")
        if history:
            rows = opened.history(event)
            if form == "csv":
                return _history_csv(rows, stream, excel)
            stream.write(json.dumps(rows, ensure_ascii=False) + "\n" if form == "json" else _as_history(rows))
            return None
        found = opened.event(event, as_of).event
        if form == "csv":
            return _csv([found], stream, excel)
        if form == "json":
            stream.write(found.to_json() + "\n")
            return None
        from dateline.cli.event_text import Page, event_text

        stream.write(event_text(opened, found, as_of=as_of, page=Page.of(stream), weights=weights))
    return None


def _history_csv(rows: list[dict[str, Any]], stream: TextIO, excel: bool) -> None:
    from dateline.publishing.tables import write_rows

    head = ("revision", "at", "by", "kind", "changed")
    cells = ([r["revision"], r["at"], r["by"], r["kind"], ", ".join(r["changed"]) or "first"] for r in rows)
    write_rows(stream, head, cells, excel)


def _as_history(rows: list[dict[str, Any]]) -> str:
    lines = [
        f"revision {r['revision']:5d}  {r['at']}  {r['by']}  {r['kind']}  {', '.join(r['changed']) or 'first'}"
        for r in rows
    ]
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("one", type=click.IntRange(0), metavar="REV1")
@click.argument("two", type=click.IntRange(0), metavar="REV2")
@ledger_option
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), help="Default: text on a terminal, else jsonl.")
@out_option
def diff(one: int, two: int, ledger: str, form: str | None, out: str | None) -> None:
    """What changed between two revisions: events that are new, that say something else, that joined others.

    \b
    Example:
      dateline diff 1 2
    """
    with open_ledger(ledger) as opened, writer(out) as stream:
        form = form or ("text" if stream.isatty() else "jsonl")
        for change in opened.diff(one, two):
            if form == "jsonl":
                stream.write(json.dumps(change.as_record(), ensure_ascii=False, separators=(",", ":")) + "\n")
            else:
                stream.write("\n".join(_change_lines(change)) + "\n")


def _change_lines(change: Change) -> Iterator[str]:
    """The lines for a change: which event, its type, day and place, and what changed."""
    from dateline.model import words

    into = f" (now in {change.into})" if change.into else ""
    place = f", {change.place}" if change.place else ""
    yield f"{change.kind:8} {change.event}  {words.spaced(change.type)}, {words.period(change.when)}{place}{into}"
    for field, (before, after) in change.as_record()["fields"].items():
        yield f"         {field}: {_brief(before)} -> {_brief(after)}"


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:97]}..."
