"""Tables beside the events (figures with their sources, sources, columns), and writing CSV that is safe to open."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, TextIO

from dateline.model.event import Event
from dateline.publishing.columns import Column, Value, tables

CODEBOOK = ("table", "column", "kind", "meaning")
#: A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figures_of(event: Event) -> Iterator[list[Value]]:
    """Rows of the table of figures: one figure of one report in each row. `told_party` is the party in the report."""
    for count in event.counts:
        for f in count.figures:
            said = [f.text, f.said_by, f.report_uri, f.account_id]
            yield [event.id, count.what, count.party, f.low, f.best, f.high, *said, f.party]


def source_row(source: dict[str, Any], titles: bool) -> list[Value]:
    """A row of the table of sources."""
    published = source["published"]
    days = None if published is None else "/".join(dict.fromkeys((published["start"], published["end"])))
    return [
        source["uri"],
        source["title"] if titles else None,
        source["publisher"],
        source["lang"],
        days,
        source["key"],
    ]


def custody_row(row: dict[str, Any]) -> list[Value]:
    """A row of the table of custody."""
    sha = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
    copy = None if row["source"] == row["key"] else row["source"]
    added = [row["revision"], row["at"], row["by"]]
    coded = [row["coded"], row["coded_at"], f"{row['coder']} {row['version']}"]
    return [row["key"], row["uri"], sha, copy, *added, *coded]


def links_of(event: Event, cases: dict[str, str]) -> Iterator[list[Value]]:
    """The rows of the table of links that follow from an event itself: the total that it is part of, and its case.

    `cases` holds the first event of each case.
    """
    if event.part_of:
        yield ["part_of", event.id, event.part_of, None]
    if event.case and (first := cases.setdefault(event.case, event.id)) != event.id:
        yield ["case", event.id, first, None]


def rollups_of(event: Event) -> Iterator[list[Value]]:
    """The row of the table of roll-ups, for an event that is part of a total."""
    if event.part_of:
        yield [event.part_of, event.id]


def codebook_rows(columns: Sequence[Column], table: str = "events") -> list[list[Value]]:
    """Rows of CODEBOOK."""
    return [[table, column.name, column.kind, column.about] for column in columns]


def head(table: str) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in tables()[table].columns]


def write_csv(stream: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Value]], excel: bool = False) -> int:
    """Write a table, in UTF-8 with CR LF (RFC 4180), for Excel with a byte-order mark; gives the number of rows."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    count = write_rows(text, head, rows, excel)
    text.flush()
    text.detach()
    return count


def write_rows(text: TextIO, head: Sequence[str], rows: Iterable[Sequence[Value]], excel: bool = False) -> int:
    """As `write_csv`, to a stream of text."""
    if excel:
        text.write("\ufeff")
    out = csv.writer(text)
    out.writerow(head)
    count = 0
    for row in rows:
        out.writerow([_safe(cell) for cell in row])
        count += 1
    return count


def _safe(cell: Value) -> Value:
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\x00", "")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
