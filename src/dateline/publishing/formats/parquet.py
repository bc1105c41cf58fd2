"""Parquet: columns with their types, and their meaning as metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
            writer.write_table(pa.table(some, schema=schema))
            count += len(some[0])
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


def batches_of(table: Table, *more: Callable[[Row], Any]) -> Iterator[list[list[Any]]]:
    """The cells of the table in batches of rows, column by column. `more` are functions of a row that give further
    columns, which come last.

    The rows are released at once: a record has dozens of objects, and Python's garbage collector would look through all
    of them again and again.
    """
    rows = iter(table.rows())
    while some := [_cells(row, table.columns, more) for row in islice(rows, _ROWS)]:
        yield [list(column) for column in zip(*some, strict=True)]


def _cells(row: Row, columns: tuple[Column, ...], more: tuple[Callable[[Row], Any], ...]) -> list[Any]:
    return [*map(typed, row.cells, columns), *(make(row) for make in more)]
