"""What several formats make of a row: an object of its cells, and the point where it happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateline.model.vocabulary import FINE
from dateline.publishing.columns import Column, Value
from dateline.publishing.levels import Row, Table


def as_object(row: Row, table: Table) -> dict[str, Value]:
    """The cells of a row by their columns."""
    return dict(zip((column.name for column in table.columns), row.cells, strict=True))


def point(row: Row) -> tuple[float, float] | None:
    """Longitude and latitude; None where the place is unknown, or no finer than a province: a point would say more than
    is known."""
    for place in row.where[:1]:
        if place.get("lat") is not None and place.get("precision") in FINE:
            return (place["lon"] + 180.0) % 360.0 - 180.0 if abs(place["lon"]) > 180 else place["lon"], place["lat"]
    return None


def typed(cell: Value, column: Column) -> Any:
    """A cell as the kind of its column: a number, a date, a text."""
    if cell is None or column.kind not in ("number", "day"):
        return cell
    return float(cell) if column.kind == "number" else dt.date.fromisoformat(str(cell))
