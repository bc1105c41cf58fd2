"""Tables beside the events: every figure with its source, the sources, the columns; and CSV that is safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, TextIO

from dateline.publishing.columns import Column, Record, Value

FIGURES = (
    "event_id", "what", "party", "low", "best", "high", "words", "said_by", "report_uri", "account_id", "told_party",
)  # fmt: skip
SOURCES = ("uri", "title", "publisher", "language", "published", "key")
CODEBOOK = ("column", "kind", "meaning")
#: A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figures_of(record: Record) -> Iterator[list[Value]]:
    """Rows of FIGURES: what each report says, one figure a row; `told_party` is of whom the report tells it."""
    for count in record["counts"]:
        for figure in count["figures"]:
            bounds = [figure[key] for key in ("low", "best", "high")]
            said = [figure[key] for key in ("text", "said_by", "report_uri", "account_id")]
            yield [record["id"], count["what"], count["party"], *bounds, *said, figure.get("party")]


def source_row(source: dict[str, Any], titles: bool) -> list[Value]:
    """A row of SOURCES."""
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


def codebook_rows(columns: Sequence[Column]) -> list[list[Value]]:
    """Rows of CODEBOOK."""
    return [[column.name, column.kind, column.about] for column in columns]


def write_csv(stream: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Value]], excel: bool = False) -> int:
    """Write a table, in UTF-8 with CR LF (RFC 4180), for Excel with a byte-order mark; gives the number of rows."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    count = write_rows(text, head, rows, excel)
    text.flush()
    text.detach()
    return count


def write_rows(text: TextIO, head: Sequence[str], rows: Iterable[Sequence[Value]], excel: bool = False) -> int:
    """The same to a stream of text."""
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
