"""CSV: UTF-8 with CR LF (RFC 4180)."""

from __future__ import annotations

from typing import IO

from dateline.publishing.formats import Whole
from dateline.publishing.tables import write_csv


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table."""
    table = whole.table
    return write_csv(out, [column.name for column in table.columns], (row.cells for row in table.rows()))
