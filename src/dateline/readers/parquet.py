"""Parquet files: a report a row, with the columns that tables have; read some rows at a time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.model import Known, Origin, RejectedReport, Report
from dateline.model.record import as_read
from dateline.model.rejections import BadLine, BrokenDocument, TooLong
from dateline.readers.given import Given, Reader, part
from dateline.readers.rows import FIELDS, KEPT, report_of_row

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: The column in which `dateline pack` keeps what the reader of the original file knew.
AS_READ = "as_read"
#: The most bytes of a file that comes through a pipe; how many rows are read at a time; the most unpacked bytes of a
#: row group.
_LIMIT, _TOGETHER, _UNPACKED = 500_000_000, 500, 2_000_000_000


@dataclass(frozen=True, slots=True)
class _AsRead:
    """What the column `as_read` holds."""

    known: tuple[Known, ...]
    origins: tuple[Origin, ...]
    notes: tuple[str, ...]


def _owns(head: bytes, name: str) -> bool:
    return head.startswith(b"PAR1")


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    pq = part("pyarrow.parquet", "parquet", given.name)
    for number, row in enumerate(_rows(pq, given), 1):
        yield report_of(row, f"{given.name}:{number}", number, given.max_chars)


def _rows(pq: Any, given: Given) -> Iterator[dict[str, Any]]:
    """The rows, made one at a time. A text that many rows share is stored once in the file, and kept once in memory."""
    try:
        stream = given.seekable(_LIMIT)
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
        if "text" not in names:
            raise BadLine('It has no column "text".', where=given.name, remedy='Name the column of the reports "text".')
        groups = (file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups))
        if max(groups, default=0) > _UNPACKED:
            raise TooLong("A group of its rows is too large.", where=given.name, remedy="Write it in smaller groups.")
        # Dictionary columns: a text that rows share is not copied.
        texts = [field.name for field in file.schema_arrow if str(field.type) in ("string", "binary")]
        kept = [field.name for field in file.schema_arrow if field.name in (*KEPT, AS_READ) and _is_text(field.type)]
        wanted = [name for name in ("text", *FIELDS) if name in names] + kept
        shared = pq.ParquetFile(stream, read_dictionary=texts)
        for batch in shared.iter_batches(batch_size=_TOGETHER, columns=wanted):
            columns = [(name, batch.column(name)) for name in wanted]
            for row in range(batch.num_rows):
                yield {name: column[row].as_py() for name, column in columns}
    except RejectedReport:
        raise
    except Exception as error:  # Arrow passes on errors of many kinds.
        raise BrokenDocument(f"It cannot be read ({_first(error)}).", where=given.name) from None


def _is_text(kind: Any) -> bool:
    return str(getattr(kind, "value_type", kind)) in ("string", "large_string")


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def report_of(row: Mapping[str, Any], where: str, number: int, max_chars: int) -> Report | RejectedReport:
    """The report of a row, or why it is rejected. `where` is used where the row has no URI; `number` is the row's
    number in its file."""
    try:
        given = {key: _words(row.get(key)) or None for key in (*FIELDS, *KEPT)}
        made = report_of_row(_words(row.get("text")), given, where, max_chars, lines=(number, number))
        return _unpacked(made, row.get(AS_READ))
    except RejectedReport as rejected:
        return rejected


def packed(report: Report) -> str:
    """What the reader of the original file knew of a report, as JSON for the column `as_read` (`dateline pack`)."""
    whole = {"known": [], "origins": [], "notes": report.notes} | as_read(report)
    return json.dumps(whole, ensure_ascii=False)


def _unpacked(report: Report, words: Any) -> Report:
    """The report with what the reader of the original file knew, instead of what its columns say; unchanged where the
    column holds nothing that `packed` wrote."""
    if not isinstance(words, str):
        return report
    try:
        read = _form().validate_json(words)
    except ValueError:
        return report
    inside = all(0 <= one.span.start <= one.span.end <= len(report.text) for one in read.origins)
    return replace(report, known=read.known, origins=read.origins, notes=read.notes) if inside else report


@cache
def _form() -> TypeAdapter[_AsRead]:
    from pydantic import TypeAdapter

    return TypeAdapter(_AsRead)


def count_in(path: Path) -> int | None:
    """The number of rows of a file; None where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        return None


def _words(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat()[:10] if isinstance(value, dt.datetime | dt.date) else str("" if value is None else value)


PARQUET = Reader("parquet", "Parquet", _read, _owns, (".parquet",))
