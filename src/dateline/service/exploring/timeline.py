"""The timeline: events and people per year, month, week or day.

What spans more than a bin is not counted in one: it is a bar of its own. Totals (roll-ups) are kept out and counted
aside, and so are undated events: none of them disappears in silence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from dateline.service.exploring.columns import NO_DAY, Columns, Flags, Ints, day_number, iso_day

Bin = Literal["year", "month", "week", "day"]
#: The widest window (days) of each bin: some hundred bars.
_WIDEST: tuple[tuple[Bin, int], ...] = (("day", 130), ("week", 900), ("month", 6_000))
#: Bars of ranges that are drawn, the largest first.
_BARS = 60
_THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are looked at (None: from the first, to the last), and the bin (None: as fits)."""

    start: str | None = None
    end: str | None = None
    bin: Bin | None = None


def timeline(columns: Columns, mask: Flags, window: Window) -> dict[str, Any]:
    """Bins with their counts, also by type; ranges as bars; and what is not in the bins, counted."""
    dated = mask & (columns.start != NO_DAY)
    single = dated & (columns.scope == columns.words.scope.find("event"))
    aside = {"undated": int((mask & ~dated).sum()), "rollups": int((dated & ~single).sum())}
    if not dated.any():
        return {"bin": "day", "extent": None, "window": None, "bins": [], "types": [], "bars": [], "wide": 0, **aside}
    extent = int(columns.start[dated].min()), int(columns.end[dated].max())
    first = day_number(window.start) if window.start else extent[0]
    last = max(first, day_number(window.end) if window.end else extent[1])
    size = window.bin or _fitting(last - first)
    inside = single & (columns.end >= first) & (columns.start <= last)
    begins, ends = _bin(columns.start, size), _bin(columns.end, size)
    narrow, wide = inside & (begins == ends), inside & (begins != ends)
    return {
        "bin": size,
        "extent": [iso_day(day) for day in extent],
        "window": [iso_day(first), iso_day(last)],
        "bins": _bins(columns, begins, narrow, size),
        "types": _by_type(columns, begins, narrow, size),
        "bars": _bars(columns, wide),
        "wide": int(wide.sum()),
        **aside,
    }


def _fitting(days: int) -> Bin:
    for name, widest in _WIDEST:
        if days <= widest:
            return name
    return "year"


def _bin(days: Ints, size: Bin) -> Ints:
    """The number of the bin of each day: years or months from 1970, weeks that begin on Mondays, days."""
    if size == "day":
        return days
    if size == "week":
        return np.asarray((days + _THURSDAY) // 7)
    unit = "Y" if size == "year" else "M"
    # Days that stand for none lie outside of what a date can be, and are in no bin that is shown.
    return np.asarray(np.maximum(days, -700_000).astype("M8[D]").astype(f"M8[{unit}]").astype(np.int64))


def _first_day(number: int, size: Bin) -> str:
    if size == "day":
        return iso_day(number)
    if size == "week":
        return iso_day(number * 7 - _THURSDAY)
    year, month = (number, 0) if size == "year" else divmod(number, 12)
    return dt.date(1970 + year, 1 + month, 1).isoformat()


def _bins(columns: Columns, numbers: Ints, mask: Flags, size: Bin) -> list[dict[str, Any]]:
    """Bins that hold anything: their first day, events, people."""
    own, place = np.unique(numbers[mask], return_inverse=True)
    events = np.bincount(place, minlength=len(own))
    people = np.bincount(place, weights=columns.people[mask], minlength=len(own))
    return [
        {"day": _first_day(int(n), size), "events": int(e), "people": int(p)}
        for n, e, p in zip(own, events, people, strict=True)
    ]


def _by_type(columns: Columns, numbers: Ints, mask: Flags, size: Bin) -> list[dict[str, Any]]:
    """For each type, the most frequent first: days of bins and counts."""
    kinds = columns.words.type.all
    totals = np.bincount(columns.type[mask], minlength=len(kinds))
    found = []
    for kind in np.argsort(-totals, kind="stable"):
        if totals[kind]:
            own, counts = np.unique(numbers[mask & (columns.type == kind)], return_counts=True)
            days = [_first_day(int(n), size) for n in own]
            found.append({"type": kinds[kind], "total": int(totals[kind]), "days": days, "counts": counts.tolist()})
    return found


def _bars(columns: Columns, mask: Flags) -> list[dict[str, Any]]:
    rows = np.flatnonzero(mask)
    order = rows[np.lexsort((rows, -columns.people[rows]))][:_BARS]
    return [
        {
            "event": str(columns.event[row]),
            "type": columns.words.type.all[columns.type[row]],
            "start": iso_day(int(columns.start[row])),
            "end": iso_day(int(columns.end[row])),
            "people": int(columns.people[row]),
            "disputed": bool(columns.disputed[row]),
        }
        for row in order
    ]
