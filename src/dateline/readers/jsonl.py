"""JSON lines: one report a line, `{"text", "uri"?, "published"?, "title"?, "publisher"?}`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BadLine, TooLong
from dateline.readers.decoding import decoded
from dateline.readers.rows import FIELDS, report_of_row
from dateline.readers.text import MAX_CHARS

#: The most bytes of a line for each character that a report may have.
BYTES = 8


def reports_in(lines: Iterable[bytes], name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """A report or a rejection for each line; blank lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _report(line, f"{name}:{number}", max_chars)
            except RejectedReport as rejected:
                yield rejected


def reports_of_document(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports of one JSON document: an object as in a line, or a list of such objects, known by their index.

    Raises BadLine (DL-R005) where it is neither.
    """
    found, notes = _parsed(data, name)
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, 1):
        try:
            yield _report_of(row, f"{name}:{number}", max_chars, notes)
        except RejectedReport as rejected:
            yield rejected


def _report(line: bytes, where: str, max_chars: int) -> Report:
    if len(line) > BYTES * max_chars:
        raise TooLong(f"The line has more than {BYTES * max_chars:,} bytes.", where=where)
    row, notes = _parsed(line, where)
    return _report_of(row, where, max_chars, notes)


def _parsed(data: bytes, where: str) -> tuple[Any, tuple[str, ...]]:
    """The JSON value, and notes on how its bytes were decoded."""
    try:
        try:
            return json.loads(data), ()
        except UnicodeDecodeError:
            found = decoded(data, where)
            return json.loads(found.text), found.notes
    except (ValueError, RecursionError) as error:
        raise BadLine(f"Not JSON: {error}.", where=where) from None


def _report_of(row: Any, where: str, max_chars: int, notes: tuple[str, ...]) -> Report:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLine('No "text".', where=where)
    given = {key: _text_or_none(row, key, where) for key in FIELDS}
    return report_of_row(row["text"], given, where, max_chars, notes)


def _text_or_none(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value
    raise BadLine(f'"{key}" is no string.', where=where)
