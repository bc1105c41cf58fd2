"""Pages of the table of events, worked out in memory: which rows, in which order, after which cursor.

The ledger gives the same pages (queries.page). Here only the rows of the page are sorted, and only their records are
read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.ledger.queries import FIRST, LAST, as_cursor, cursor_of
from dateline.ledger.query import Order
from dateline.service.exploring.columns import NO_DAY, Columns, Flags, Ints, day_number, iso_day


@dataclass(frozen=True, slots=True)
class Rows:
    """The numbers of the versions on a page, in order, and the cursor of the next page."""

    nums: list[int]
    next: str | None


def rows_of(columns: Columns, mask: Flags, order: Order, limit: int, after: str | None) -> Rows:
    """The rows of a page. Raises BadQuery (DL-L014) where `after` is no cursor."""
    key = _key(columns, order)
    rows = np.flatnonzero(mask)
    if after is not None:
        value, event = _place(order, after)
        own = key[rows]
        beyond = columns.event[rows] > event if order == "oldest" else columns.event[rows] < event
        rows = rows[(own > value) | ((own == value) & beyond)]
    shown = _first(columns, key, rows, order, limit + 1)
    page, more = shown[:limit], len(shown) > limit
    cursor = _cursor(columns, order, int(page[-1])) if more else None
    return Rows(columns.num[page].tolist(), cursor)


def _key(columns: Columns, order: Order) -> Any:
    """The sort key of each row: the first row has the smallest key, undated events have the largest."""
    if order == "newest":
        return np.where(columns.start == NO_DAY, -NO_DAY, -columns.start)
    if order == "oldest":
        return np.where(columns.start == NO_DAY, -NO_DAY, columns.start)
    return -_column(columns, order)


def _column(columns: Columns, order: Order) -> Any:
    return columns.num if order == "recent" else getattr(columns, order)


def _first(columns: Columns, key: Any, rows: Ints, order: Order, count: int) -> Ints:
    """The first `count` rows in order: by the key, then by the event's id (descending; ascending for "oldest")."""
    rank = columns.rank if order == "oldest" else -columns.rank
    if len(rows) > count:
        own = key[rows]
        edge = np.partition(own, count - 1)[count - 1]
        before, level = rows[own < edge], rows[own == edge]
        # Half of all events may have the same key: only those are sorted that come on the page.
        rows = np.concatenate((before, level[np.argpartition(rank[level], count - len(before) - 1)]))
        rows = rows[:count]
    return np.asarray(rows[np.lexsort((rank[rows], key[rows]))])


def _place(order: Order, after: str) -> tuple[float, str]:
    """The sort key and the event id of the row that a cursor stands for."""
    value, event = cursor_of(after)
    if order not in ("newest", "oldest"):
        return -float(value), event
    if value in (FIRST, LAST):
        return float(-NO_DAY), event
    day = day_number(str(value))
    return float(-day if order == "newest" else day), event


def _cursor(columns: Columns, order: Order, row: int) -> str:
    event = str(columns.event[row])
    if order not in ("newest", "oldest"):
        return as_cursor([_column(columns, order)[row].item(), event])
    if columns.start[row] == NO_DAY:
        return as_cursor([FIRST if order == "newest" else LAST, event])
    return as_cursor([iso_day(int(columns.start[row])), event])
