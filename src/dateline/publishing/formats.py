"""The formats of a table of events: one function each, from records to bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import IO, Any

from dateline.ledger.rows import as_json
from dateline.model.errors import NotInstalled
from dateline.model.vocabulary import FINE
from dateline.publishing.columns import Column, Record, Value, cells
from dateline.publishing.tables import write_csv

#: Writes events in some columns; whether these were chosen, or are what there is without a choice. Gives their number.
Writer = Callable[[IO[bytes], Iterable[Record], Sequence[Column], bool], int]
_ROWS = 5_000


def _csv(out: IO[bytes], events: Iterable[Record], columns: Sequence[Column], chosen: bool) -> int:
    return write_csv(out, [column.name for column in columns], (cells(event, columns) for event in events))


def _jsonl(out: IO[bytes], events: Iterable[Record], columns: Sequence[Column], chosen: bool) -> int:
    """Whole records (docs/record.md), or objects of the columns where these were chosen."""
    count = 0
    for event in events:
        out.write(_json(_row(event, columns) if chosen else event) + b"\n")
        count += 1
    return count


def _geojson(out: IO[bytes], events: Iterable[Record], columns: Sequence[Column], chosen: bool) -> int:
    """A feature an event; its geometry is null where the place is unknown, or no finer than a province."""
    out.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for event in events:
        feature = {"type": "Feature", "id": event["id"], "geometry": _point(event), "properties": _row(event, columns)}
        out.write((b",\n" if count else b"\n") + _json(feature))
        count += 1
    out.write(b"\n]}\n")
    return count


def _point(event: Record) -> dict[str, Any] | None:
    for place in event["where"][:1]:
        if place["lat"] is not None and place["precision"] in FINE:
            return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
    return None


def _parquet(out: IO[bytes], events: Iterable[Record], columns: Sequence[Column], chosen: bool) -> int:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise NotInstalled("Parquet needs pyarrow.", remedy="pip install pyarrow.") from None
    kinds = {"number": pa.float64(), "day": pa.date32()}
    schema = pa.schema([(c.name, kinds.get(c.kind, pa.string()), True, {"about": c.about}) for c in columns])
    count = 0
    rows = iter(events)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            made = [
                [_typed(cell, column) for cell, column in zip(cells(e, columns), columns, strict=True)] for e in some
            ]
            writer.write_table(pa.table([list(part) for part in zip(*made, strict=True)], schema=schema))
            count += len(some)
    return count


def _typed(cell: Value, column: Column) -> Any:
    if cell is None or column.kind not in ("number", "day"):
        return cell
    return float(cell) if column.kind == "number" else dt.date.fromisoformat(str(cell))


def _row(event: Record, columns: Sequence[Column]) -> dict[str, Value]:
    return dict(zip((column.name for column in columns), cells(event, columns), strict=True))


def _json(value: Any) -> bytes:
    return as_json(value).encode()


WRITERS: dict[str, Writer] = {"csv": _csv, "jsonl": _jsonl, "geojson": _geojson, "parquet": _parquet}
