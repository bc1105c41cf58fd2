"""Spreadsheets (.xlsx): a report a row, with the columns that tables have (text, uri, published, title, publisher)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BadLine, BrokenDocument, Encrypted
from dateline.readers import cells
from dateline.readers.archive import opened
from dateline.readers.given import Given, Reader, part
from dateline.readers.rows import FIELDS, KEPT, report_of_row

_LIMIT = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0"


def _owns(head: bytes, name: str) -> bool:
    if head.startswith(_OLE):
        return name.lower().endswith((".xlsx", ".xlsm"))
    is_office = head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head
    return is_office and (b"xl/" in head or name.lower().endswith((".xlsx", ".xlsm"))) and b"word/" not in head


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    data = given.data(_LIMIT)
    if data.startswith(_OLE):
        raise Encrypted("It opens only with a password.", where=given.name, remedy="Save it without a password.")
    with opened(io.BytesIO(data), given.name) as book:
        files = len(book.infolist())
        _unpacked(book, given.name)
    sheets = _sheets(part("python_calamine", "sheets", given.name), data, given.name, files)
    found = False
    for title, rows in sheets:
        at = next((n for n, row in enumerate(rows[:20]) if "text" in _names(row)), None)
        if at is not None:
            found = True
            yield from _rows(rows, at, f"{given.name}/{title}", given.max_chars)
    if not found:
        raise BadLine('No sheet has a column "text".', where=given.name, remedy="Name the columns in the first row.")


def _unpacked(book: zipfile.ZipFile, name: str) -> None:
    try:
        cells.check(book, name)
    except RejectedReport:
        raise
    except Exception as error:  # Each compression method raises its own errors.
        raise BrokenDocument(f"It is no sheet that can be read ({type(error).__name__}).", where=name) from None


def _sheets(calamine: Any, data: bytes, name: str, files: int) -> Iterator[tuple[str, Sequence[Sequence[Any]]]]:
    """Each sheet with its rows, one in memory at a time."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if len(book.sheet_names) > files:
            raise BrokenDocument("Its sheets lie in one another.", where=name)
        for title in book.sheet_names:
            yield title, book.get_sheet_by_name(title).to_python()
    except RejectedReport:
        raise
    except calamine.PasswordError:
        raise Encrypted("It opens only with a password.", where=name, remedy="Save it without a password.") from None
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # calamine is written in Rust: a panic there is a BaseException, not an Exception.
        raise BrokenDocument(f"It is no sheet that can be read ({type(error).__name__}).", where=name) from None


def _names(row: Sequence[Any]) -> list[str]:
    return [str(cell).strip().casefold() for cell in row]


def _rows(rows: Sequence[Sequence[Any]], at: int, name: str, max_chars: int) -> Iterator[Report | RejectedReport]:
    header = _names(rows[at])
    for number, row in enumerate(rows[at + 1 :], at + 2):
        if any(str(cell).strip() for cell in row):
            yield _report(dict(zip(header, row, strict=False)), f"{name}:{number}", number, max_chars)


def _report(row: dict[str, Any], where: str, number: int, max_chars: int) -> Report | RejectedReport:
    try:
        given = {key: _words(row.get(key)) or None for key in (*FIELDS, *KEPT)}
        return report_of_row(_words(row.get("text")), given, where, max_chars, lines=(number, number))
    except RejectedReport as rejected:
        return rejected


def _words(cell: Any) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str("" if cell is None else cell)


SHEET = Reader("sheet", "a spreadsheet", _read, _owns, (".xlsx", ".xlsm"))
