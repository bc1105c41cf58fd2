"""Tables (CSV): one report a row, with the columns text, uri, published, title, publisher; only text must be there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dateline.model import RejectedReport, Report
from dateline.model.errors import BadLine
from dateline.readers.rows import FIELDS, report_of_row
from dateline.readers.text import MAX_CHARS, decoded


def reports_in(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports of a table, each with its reason where it is rejected. Raises RejectedReport where it is no table."""
    text = decoded(data, name)
    csv.field_size_limit(4 * max_chars)
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if "text" not in (rows.fieldnames or ()):
            raise BadLine('The first line names no column "text".', where=name, remedy="Name the columns first.")
        for row in rows:
            yield _report(row, f"{name}:{rows.line_num}", max_chars)
    except csv.Error as error:
        yield BadLine(f"Not CSV: {error}.", where=f"{name}:{rows.line_num}", remedy="Quote cells that hold quotes.")


def _report(row: dict[str, str | None], where: str, max_chars: int) -> Report | RejectedReport:
    given = {key: row.get(key) or None for key in FIELDS}
    try:
        return report_of_row(row.get("text") or "", given, where, max_chars)
    except RejectedReport as rejected:
        return rejected
