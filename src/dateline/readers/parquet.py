"""Parquet: one report a row, with the columns text, uri, published, title, publisher; only text must be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from dateline.model import RejectedReport, Report
from dateline.model.errors import BadLine
from dateline.readers.rows import FIELDS, report_of_row
from dateline.readers.text import MAX_CHARS

#: Rows that are read at once.
_ROWS = 64


def reports_in(source: Path | IO[bytes], name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports of a file, each with its reason where it is rejected. Raises RejectedReport where it is none of ours.

    Memory does not grow with the file, only with its groups of rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source)
    except (pa.ArrowException, OSError) as error:
        raise BadLine(f"Not Parquet: {error}.", where=name, remedy="Write the file anew.") from None
    with file:
        known = file.schema_arrow.names
        if "text" not in known:
            raise BadLine('There is no column "text".', where=name, remedy="Name the columns of the reports.")
        number = 0
        try:
            for batch in file.iter_batches(_ROWS, columns=[c for c in ("text", *FIELDS) if c in known]):
                for row in batch.to_pylist():
                    number += 1
                    yield report_of(row, f"{name}:{number}", max_chars)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            where = f"{name}:{number + 1}"
            yield BadLine(f"The rows from here on cannot be read: {error}.", where=where, remedy="Write the file anew.")


def report_of(row: Mapping[str, Any], where: str, max_chars: int = MAX_CHARS) -> Report | RejectedReport:
    """The report of a row, or the reason against it. `where` stands for the URI of one that has none."""
    if not isinstance(row.get("text"), str):
        return BadLine('No "text".', where=where)
    try:
        given = {key: _words(row.get(key), key, where) for key in FIELDS}
        return report_of_row(row["text"], given, where, max_chars)
    except RejectedReport as rejected:
        return rejected


def count_in(path: Path) -> int | None:
    """How many rows a file has; None where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None


def _words(value: Any, key: str, where: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date):  # Days and points in time.
        return value.isoformat()
    raise BadLine(f'"{key}" is no string.', where=where, remedy="Write the column as strings, published also as days.")
