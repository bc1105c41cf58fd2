"""Ranges of days that move with the calendar: "the last 7 days" of a filter, a saved view or a feed.

A range is turned into two days when the question is asked. So all code behind it (the database, the columns in memory,
an edition's citation) only handles days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from dateline.ledger.errors import BadQuery
from dateline.model.errors import BadDate

#: A count and a unit (d, w, m, y: days, weeks, months, years).
_RANGE = re.compile(r"([1-9]\d{0,4})([dwmy])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def today() -> dt.date:
    """Today's date in UTC, because publications are dated in UTC, too."""
    return dt.datetime.now(dt.UTC).date()


def days_of(
    since: str | None, until: str | None, last: str | None, now: dt.date | None = None
) -> tuple[str | None, str | None]:
    """The first and last day of a question: those given; with `last` ("7d", "4w", "6m", "1y"), limited to this much
    time up to today, today included. Raises BadQuery (DL-L014)."""
    since, until = _day("since", since), _day("until", until)
    if last is None:
        return since, until
    end = now or today()
    start = _first(last, end)
    return max(start.isoformat(), since or ""), min(end.isoformat(), until or "9999-12-31")


def _day(name: str, text: str | None) -> str | None:
    """A day as a user typed it, in the form YYYY-MM-DD. Raises BadQuery (DL-L014)."""
    if text is None or _ISO.fullmatch(text):
        return text
    from dateline.when.asked import day_asked

    try:
        return day_asked(text)
    except BadDate as error:
        raise BadQuery(f"{name}: {error.what}", remedy=error.remedy) from None


def _first(last: str, end: dt.date) -> dt.date:
    found = _RANGE.fullmatch(last)
    if found is None:
        raise BadQuery(f"last is {last!r}, and no range.", remedy="Write 7d, 4w, 6m or 1y: days, weeks, months, years.")
    count, unit = int(found[1]), found[2]
    if unit in "dw":
        days = count * (7 if unit == "w" else 1)
        return dt.date.fromordinal(max(1, end.toordinal() - days + 1))
    return _months_before(end, count * (12 if unit == "y" else 1)) + dt.timedelta(days=1)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day some months earlier, or the last day of that month if it is shorter."""
    whole = max(12, day.year * 12 + day.month - 1 - months)
    year, month = divmod(whole, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
