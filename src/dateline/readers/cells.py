"""Estimate how large a spreadsheet is in memory, from the XML files in it, before the sheet is read.

A library that reads a sheet makes all cells from the first to the last one with content, and copies a shared text into
each cell that uses it. So a file of some kilobytes (with a cell in the last corner, or one long text in every cell) can
fill the memory and end the process.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from dateline.model.rejections import TooLong

#: The most cells of a sheet, counted from its first to its last, and the most letters of shared texts in all its cells.
MAX_CELLS, MAX_SHARED = 20_000_000, 1_000_000_000
#: The opening tag of a row or a cell, with its attributes, and the number of the shared text in a cell that has one.
_TAG = re.compile(
    rb"""<(?:[\w.-]{1,40}:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*+"|'[^']*+')*+)"""
    rb"""(?:>\s*+<(?:[\w.-]{1,40}:)?v>([0-9]{1,9})<)?"""
)
_AT = re.compile(rb"""\br\s*+=\s*+["']([A-Za-z]{0,3})([0-9]{1,10})["']""")
_IS_SHARED = re.compile(rb"""\bt\s*+=\s*+["']s["']""")
_TEXT = re.compile(rb"<(?:[\w.-]{1,40}:)?si(?=[\s/>])")
_TEXTS = "xl/sharedstrings.xml"


def check(book: zipfile.ZipFile, name: str) -> None:
    """Raises TooLong (DL-R004) where a sheet would be too large."""
    lengths = [0]
    for info in book.infolist():
        if info.filename.lower() == _TEXTS:
            lengths = _lengths(book.read(info))
    for info in book.infolist():
        # Every file is measured: only the workbook says which files are sheets, and a sheet may have any name.
        cells, shared = _size(book.read(info), lengths)
        if cells > MAX_CELLS or shared > MAX_SHARED:
            raise TooLong(
                f"A sheet has {cells:,} cells from its first to its last, and {shared:,} letters of shared texts.",
                where=name,
                remedy=f"Leave at most {MAX_CELLS:,} cells, or save it as CSV.",
            )


def _lengths(texts: bytes) -> list[int]:
    """An upper bound for the length of each shared text: the bytes between two of them."""
    edges = [*(found.start() for found in _TEXT.finditer(texts)), len(texts)]
    return [end - start for start, end in pairwise(edges)] or [0]


def _size(sheet: bytes, lengths: list[int]) -> tuple[int, int]:
    """How many cells a sheet has from the first to the last one, and how many letters of shared texts."""
    rows = columns = in_row = shared = number = 0
    longest = max(lengths)
    for kind, told, text in _tags(sheet):
        if kind == b"row":
            in_row, number = 0, number + 1
        else:
            in_row += 1
        if told.endswith(b"/"):  # An empty element: no content.
            continue
        letters, row = _place(told)
        rows, columns = max(rows, row, number), max(columns, letters, in_row)
        if kind == b"c" and _IS_SHARED.search(told):
            shared += lengths[int(text)] if text and int(text) < len(lengths) else longest
    return rows * columns, shared


def _tags(sheet: bytes) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    for found in _TAG.finditer(sheet):
        yield found[1], found[2], found[3]


def _place(told: bytes) -> tuple[int, int]:
    """Column and row of a cell, counted from 1. A row has column 0; what the attributes do not say is 0."""
    found = _AT.search(told)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - 64
    return column, int(found[2])
