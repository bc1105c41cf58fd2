"""Tables (CSV): one report a row, with the columns text, uri, published, title, publisher, author and lang; only text
must be there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BadLine
from dateline.readers.decoding import decoded
from dateline.readers.rows import FIELDS, KEPT, report_of_row
from dateline.readers.text import MAX_CHARS

#: The parser's limit for a cell, set so high that none exceeds it: a cell that is too long makes only its own report
#: rejected, and the rows after it are read.
_ANY = 2**31 - 1
#: How often, on average, a line may be read again after a broken row.
_AGAIN = 4


def reports_in(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """A report or a rejection for each row of a table. Raises RejectedReport where the file is no table."""
    found = decoded(data, name)
    rows = _Rows(found.text, name)
    header = next(rows, [])
    if not isinstance(header, list) or "text" not in header:
        raise BadLine('The first line names no column "text".', where=name, remedy="Name the columns first.")
    for row in rows:
        if isinstance(row, RejectedReport):
            yield row
        elif row:
            cells = dict(zip(header, row, strict=False))
            yield _report(cells, f"{name}:{rows.at}", (rows.first, rows.at), max_chars, found.notes)


class _Rows:
    """The rows of a table, one after the other; `first` and `at` are the numbers of the first and last line of the row.
    A broken row is yielded as a rejection, and reading goes on at its second line. So a quote that is not closed costs
    one row only."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self._name = name
        self._left = _AGAIN * len(self._lines) + 1_000
        self.first = self.at = 0
        csv.field_size_limit(_ANY)
        self._rows = csv.reader(self._coming(), strict=True)

    def _coming(self) -> Iterator[str]:
        while self.at < len(self._lines):
            self.at += 1
            yield self._lines[self.at - 1]

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str] | RejectedReport:
        start, self.first = self.at, self.at + 1
        try:
            return next(self._rows)
        except csv.Error as error:
            where, again = f"{self._name}:{start + 1}", self.at - start - 1
            if again <= self._left:
                self._left -= again
                self.at = start + 1
                # The old csv reader has reached the end of the lines: a new one goes on.
                self._rows = csv.reader(self._coming(), strict=True)
                return BadLine(f"Not CSV: {error}.", where=where, remedy="Quote cells that hold quotes.")
            lost = f"Not CSV: {error}. Lines {start + 1:,} to {self.at:,} are lost with it."
            return BadLine(lost, where=where, remedy="Quote cells that hold quotes.")


def _report(
    row: dict[str, str], where: str, lines: tuple[int, int], max_chars: int, notes: tuple[str, ...]
) -> Report | RejectedReport:
    given = {key: row.get(key) or None for key in (*FIELDS, *KEPT)}
    try:
        return report_of_row(row.get("text", ""), given, where, max_chars, notes, lines)
    except RejectedReport as rejected:
        return rejected
