"""Publication dates as callers and files give them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.model import Report, When

#: The years in which a report can appear. The first newspaper was printed in 1605. Programs write year 1 or 9999 for
#: "none", and Python's dates end there, so that a week before or after cannot be computed.
_FIRST, _LAST = 1600, 2199


def given(date: str) -> When:
    """The publication date that somebody gave, as a time; an hour after the date is dropped. Raises ValueError where it
    is no ISO date, or of a year before 1600 or after 2199."""
    day = dt.date.fromisoformat(date.strip()[:10])
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(f"no report is of the year {day.year}")
    return When(day.isoformat(), day.isoformat(), "day", "given")


def given_day(date: str | None) -> When | None:
    """The same as `given`, but None for None."""
    return given(date) if date else None


def dated(report: Report, when: When | None) -> Report:
    """The report, with the given day if it has no publication date of its own."""
    return replace(report, published=when) if report.published is None and when is not None else report
