"""Helpers of several formats: a row as an object of its cells, the point of an event, typed values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateline.model.vocabulary import FINE
from dateline.model.words import Bounded
from dateline.publishing.columns import Column, Value
from dateline.publishing.levels import Row, Table


def as_object(row: Row, table: Table) -> dict[str, Value]:
    """The cells of a row by their columns."""
    return dict(zip((column.name for column in table.columns), row.cells, strict=True))


def point(row: Row) -> tuple[float, float] | None:
    """Longitude and latitude; None where the place is unknown or no finer than a province, because a point would say
    more than is known."""
    place = row.where[0] if row.where else None
    if place is None or place.lat is None or place.lon is None or place.precision not in FINE:
        return None
    return (place.lon + 180.0) % 360.0 - 180.0 if abs(place.lon) > 180 else place.lon, place.lat


def numbers_of(count: Bounded) -> list[tuple[str, int]]:
    """The known bounds of a figure (low, best, high), each with its name."""
    told = (("low", count.low), ("best", count.best), ("high", count.high))
    return [(name, number) for name, number in told if number is not None]


def typed(cell: Value, column: Column) -> Any:
    """A cell with the type of its column (a number, a date or a text)."""
    if cell is None or column.kind not in ("number", "day"):
        return cell
    return float(cell) if column.kind == "number" else dt.date.fromisoformat(str(cell))
