"""JSON lines: whole records of events (docs/record.md), or, where columns were chosen, objects with these columns."""

from __future__ import annotations

from typing import IO

from dateline.ledger.rows import as_json
from dateline.publishing.formats import Whole
from dateline.publishing.formats.rows import as_object


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table."""
    count = 0
    for row in whole.table.rows():
        event = None if whole.table.chosen else row.event
        told = event.as_record() if event else as_object(row, whole.table)
        out.write(as_json(told).encode() + b"\n")
        count += 1
    return count
