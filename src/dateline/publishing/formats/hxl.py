"""HXL: CSV with a row of hashtags below the header, so that humanitarian tools know what each column is."""

from __future__ import annotations

import itertools
from typing import IO

from dateline.model.knowledge import load
from dateline.publishing.columns import Value
from dateline.publishing.formats import Whole
from dateline.publishing.tables import write_csv


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table; gives the number of rows without the row of hashtags."""
    tags = load("dateline.publishing", "hxl.yaml", dict[str, str])
    names = [column.name for column in whole.table.columns]
    first: list[Value] = [tags.get(name, "") for name in names]
    rows = itertools.chain([first], (row.cells for row in whole.table.rows()))
    return write_csv(out, names, rows) - 1
