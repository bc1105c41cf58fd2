"""GeoParquet 1.1: Parquet with a column of points, in WKB."""

from __future__ import annotations

import json
import struct
from typing import IO

from dateline.publishing.formats import Whole
from dateline.publishing.formats.parquet import _arrow, batches_of, schema_of
from dateline.publishing.formats.rows import point
from dateline.publishing.levels import Row

_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the table. Raises NotInstalled (DL-E010)."""
    pa, pq = _arrow()
    schema = schema_of(whole.table.columns).append(pa.field("geometry", pa.binary()))
    schema = schema.with_metadata({"geo": json.dumps(_GEO)})
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for some in batches_of(whole.table, wkb):
            writer.write_table(pa.table(some, schema=schema))
            count += len(some[0])
    return count


def wkb(row: Row) -> bytes | None:
    """A row's point as well-known binary."""
    at = point(row)
    return None if at is None else struct.pack("<BIdd", 1, 1, *at)
