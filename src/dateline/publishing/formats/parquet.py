"""Parquet: columns with their types, and their meaning as metadata."""

from __future__ import annotations

from itertools import islice
from typing import IO, Any

from dateline.model.errors import NotInstalled
from dateline.publishing.columns import Column
from dateline.publishing.formats import Whole
from dateline.publishing.formats.rows import typed
from dateline.publishing.levels import Row, Table

_ROWS = 5_000


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table. Raises NotInstalled (DL-E010)."""
    pa, pq = _arrow()
    schema = schema_of(whole.table.columns)
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for some in batches_of(whole.table):
            writer.write_table(pa.table(arrays(some, whole.table.columns), schema=schema))
            count += len(some)
    return count


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise NotInstalled("Parquet needs pyarrow.", remedy="pip install pyarrow.") from None
    return pa, pq


def schema_of(columns: tuple[Column, ...]) -> Any:
    """The Arrow schema of columns."""
    pa, _ = _arrow()
    kinds = {"number": pa.float64(), "day": pa.date32()}
    return pa.schema([(c.name, kinds.get(c.kind, pa.string()), True, {"about": c.about}) for c in columns])


def batches_of(table: Table) -> Any:
    """The rows, some at a time."""
    rows = iter(table.rows())
    while some := list(islice(rows, _ROWS)):
        yield some


def arrays(rows: list[Row], columns: tuple[Column, ...]) -> list[list[Any]]:
    """The cells of rows, column by column."""
    return [[typed(row.cells[i], column) for row in rows] for i, column in enumerate(columns)]
