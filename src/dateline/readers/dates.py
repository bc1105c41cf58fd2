"""Publication dates as callers and files give them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.model import Report, When

#: The years in which reports appear: the first newspaper is of 1605. Year 1 and year 9999 are what programs write for
#: "none", and a week before or after them there is no calendar.
_FIRST, _LAST = 1600, 2199


def given(date: str) -> When:
    """A publication date that was given; raises ValueError where it is no ISO date (a time after it is dropped), or of
    a year in which nothing is published."""
    day = dt.date.fromisoformat(date.strip()[:10])
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(f"no report is of the year {day.year}")
    return When(day.isoformat(), day.isoformat(), "day", "given")


def given_day(date: str | None) -> When | None:
    """The same where there may be none."""
    return given(date) if date else None


def dated(report: Report, when: When | None) -> Report:
    """A report with the day that was given for those that bring none."""
    return replace(report, published=when) if report.published is None and when is not None else report
