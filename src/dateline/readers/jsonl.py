"""JSON lines: one report a line, `{"text", "uri"?, "published"?, "title"?, "publisher"?, "author"?, "lang"?}`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BadLine, TooLong
from dateline.readers.decoding import decoded
from dateline.readers.rows import FIELDS, KEPT, report_of_row
from dateline.readers.said import name_of
from dateline.readers.text import MAX_CHARS

#: The most bytes of a line for each character that a report may have.
BYTES = 8


def reports_in(lines: Iterable[bytes], name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """A report or a rejection for each line; blank lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _report(line, f"{name}:{number}", number, max_chars)
            except RejectedReport as rejected:
                yield rejected


def reports_of_document(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports of one JSON document: an object as in a line, or a list of such objects, known by their index. Lines
    of JSON come here, too, if the first is so long that the head of the file did not show its end.

    Raises BadLine (DL-R005) where it is none of these.
    """
    first, _, rest = data.partition(b"\n")
    if rest.strip() and is_line(first + b"\n"):
        yield from reports_in(data.splitlines(keepends=True), name, max_chars)
        return
    found, notes = _parsed(data, name)
    rows = found if isinstance(found, list) else [found]
    for number, row in enumerate(rows, 1):
        try:
            yield _report_of(row, f"{name}:{number}", number, max_chars, notes)
        except RejectedReport as rejected:
            yield rejected


def is_line(line: bytes) -> bool:
    """Is it a whole line of JSON lines: an object, and a line break after it?"""
    try:
        return line.startswith(b"{") and line.endswith(b"\n") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _report(line: bytes, where: str, number: int, max_chars: int) -> Report:
    if len(line) > BYTES * max_chars:
        raise TooLong(f"The line has more than {BYTES * max_chars:,} bytes.", where=where)
    row, notes = _parsed(line, where)
    return _report_of(row, where, number, max_chars, notes)


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


def _report_of(row: Any, where: str, number: int, max_chars: int, notes: tuple[str, ...]) -> Report:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLine('No "text".', where=where)
    given = {key: _text_or_none(row, key, where) for key in FIELDS}
    # These are only kept, so they may have any form: an author may be a list of names, or {"name": ...}.
    given |= {key: name_of(row.get(key)) for key in KEPT}
    return report_of_row(row["text"], given, where, max_chars, notes, (number, number), "key")


def _text_or_none(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value
    raise BadLine(f'"{key}" is no string.', where=where)
