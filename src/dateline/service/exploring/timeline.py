"""The timeline: events, and people killed, wounded, arrested or kidnapped, per year, month, week or day.

An event that spans more than one bin is not counted in a bin: it is drawn as a bar. Roll-ups and undated events are in
no bin either. All of these are counted separately, so that no event disappears silently.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from dateline.service.exploring.columns import NO_DAY, Columns, Flags, Ints, day_number, iso_day

Bin = Literal["year", "month", "week", "day"]
#: The widest window (in days) for which each bin is used: about a hundred bins.
_WIDEST: tuple[tuple[Bin, int], ...] = (("day", 130), ("week", 900), ("month", 6_000))
#: The most bars that are drawn, the largest first.
_BARS = 60
_THURSDAY = 3
#: The timeline zooms in on the days asked for where they are at most 1/_SMALL of all days. Fewer days than _LEAST count
#: as _LEAST.
_SMALL, _LEAST = 8, 6
#: With at least _MANY events, days far from the rest are left out where all days span more than _ROOM times the rest.
_MANY, _ROOM = 50, 2


@dataclass(frozen=True, slots=True)
class Window:
    """The part of time that is shown: first and last day (None: the first and last of all), and the bin (None: the one
    that fits). `chosen` are the days that the query asks for; the timeline zooms in on them where no window is given.
    """

    start: str | None = None
    end: str | None = None
    bin: Bin | None = None
    chosen: tuple[str | None, str | None] = (None, None)


def timeline(columns: Columns, mask: Flags, window: Window) -> dict[str, Any]:
    """The timeline of the events of a mask: bins with their counts, also by type; bars for events that span several
    bins; and the numbers of events that are in neither."""
    dated = mask & (columns.start != NO_DAY)
    single = dated & (columns.scope == columns.words.scope.find("event"))
    undated = int((mask & ~dated).sum())
    if not dated.any():
        return {
            "bin": "day",
            "extent": None,
            "window": None,
            "bins": [],
            "types": [],
            "bars": [],
            "wide": 0,
            "outside": 0,
            "undated": undated,
            "rollups": 0,
        }
    extent = int(columns.start[dated].min()), int(columns.end[dated].max())
    first, last = _looked_at(window, _most_of(columns.start[dated], columns.end[dated], extent))
    size = window.bin or _fitting(last - first)
    seen = (columns.end >= first) & (columns.start <= last)
    rows = np.flatnonzero(single & seen)
    bins = _bin(columns.start[rows], size)
    narrow = bins == _bin(columns.end[rows], size)
    return {
        "bin": size,
        "extent": [iso_day(day) for day in extent],
        "window": [iso_day(first), iso_day(last)],
        **_bins(columns, rows[narrow], bins[narrow], size),
        "bars": _bars(columns, rows[~narrow]),
        "wide": int((~narrow).sum()),
        "outside": int((dated & ~seen).sum()),
        "undated": undated,
        "rollups": int((dated & ~single & seen).sum()),
    }


def _looked_at(window: Window, usual: tuple[int, int]) -> tuple[int, int]:
    """The first and the last day that are shown: those of the window, where given.

    Else, where the days asked for are a small part of the `usual` ones, they are shown with as many days before and
    after them: among all the usual days they would be a thin line.
    """
    early, late = usual
    since, until = (day_number(day) if day else None for day in window.chosen)
    if window.start is None and window.end is None and (since is not None or until is not None):
        begin, stop = since if since is not None else early, until if until is not None else max(late, since or late)
        length = max(stop - begin, _LEAST)
        if length * _SMALL <= late - early:
            return begin - length, stop + length
    first = day_number(window.start) if window.start else early
    return first, max(first, day_number(window.end) if window.end else late)


def _most_of(starts: Ints, ends: Ints, extent: tuple[int, int]) -> tuple[int, int]:
    """The first and the last day that are shown where none is given: all days.

    Where there are many events, the outermost hundredth on each side is left out if it would take most of the room.
    These events are counted as `outside`.
    """
    if len(starts) < _MANY:
        return extent
    early = int(np.percentile(starts, 1.0, method="higher"))
    late = int(np.percentile(ends, 99.0, method="lower"))
    return (early, late) if (late - early) * _ROOM < extent[1] - extent[0] else extent


def _fitting(days: int) -> Bin:
    for name, widest in _WIDEST:
        if days <= widest:
            return name
    return "year"


def _bin(days: Ints, size: Bin) -> Ints:
    """The number of the bin of each day: years, months or days from 1970, or weeks that begin on Mondays."""
    if size == "day":
        return days
    if size == "week":
        return np.asarray((days + _THURSDAY) // 7)
    unit = "Y" if size == "year" else "M"
    # NO_DAY is outside the range of dates: it is raised to a day that is in no bin that is shown.
    return np.asarray(np.maximum(days, -700_000).astype("M8[D]").astype(f"M8[{unit}]").astype(np.int64))


def _first_day(number: int, size: Bin) -> str:
    if size == "day":
        return iso_day(number)
    if size == "week":
        return iso_day(number * 7 - _THURSDAY)
    year, month = (number, 0) if size == "year" else divmod(number, 12)
    return dt.date(1970 + year, 1 + month, 1).isoformat()


def _bins(columns: Columns, rows: Ints, numbers: Ints, size: Bin) -> dict[str, Any]:
    """The bins that hold events: first day, number of events and of people; and the events of each type, by bin."""
    kinds = columns.words.type.all
    own, place = np.unique(numbers, return_inverse=True)
    days = [_first_day(int(n), size) for n in own]
    people = np.bincount(place, weights=columns.harmed[rows], minlength=len(own))
    cells = np.bincount(columns.type[rows] * len(own) + place, minlength=len(kinds) * len(own))
    table = cells.reshape(len(kinds), len(own)) if len(own) else np.zeros((len(kinds), 0), np.int64)
    events, totals = table.sum(axis=0), table.sum(axis=1)
    types = []
    for kind in sorted(np.flatnonzero(totals).tolist(), key=lambda k: (-totals[k], kinds[k])):
        held = np.flatnonzero(table[kind])
        counts = table[kind][held].tolist()
        types.append(
            {"type": kinds[kind], "total": int(totals[kind]), "days": [days[n] for n in held], "counts": counts}
        )
    bins = [{"day": d, "events": int(e), "people": int(p)} for d, e, p in zip(days, events, people, strict=True)]
    return {"bins": bins, "types": types}


def _bars(columns: Columns, rows: Ints) -> list[dict[str, Any]]:
    order = rows[np.lexsort((columns.rank[rows], -columns.harmed[rows]))][:_BARS]
    return [
        {
            "event": str(columns.event[row]),
            "type": columns.words.type.all[columns.type[row]],
            "start": iso_day(int(columns.start[row])),
            "end": iso_day(int(columns.end[row])),
            "people": int(columns.harmed[row]),
            "disputed": bool(columns.disputed[row]),
        }
        for row in order
    ]
