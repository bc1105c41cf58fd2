"""Makers for months, seasons, quarters, years and longer units that are named without a day."""

from __future__ import annotations

import datetime as dt

from dateline.when import calendar as cal
from dateline.when.calendar import Stretch
from dateline.when.context import Context, Made
from dateline.when.grammar import Found
from dateline.when.making.base import maker, ordinal, quantity, unknown_year, which
from dateline.when.making.dates import month_of

_FIRST_YEAR, _LAST_YEAR = 1, 2100


@maker
def bc(f: Found, _: Context) -> Made | None:
    """A year before Christ ("44 BC"). It has a value but no days."""
    return Made(f"BC{int(f.groups['bcyear']):04d}", None, "stated", "a year before Christ")


@maker
def anno(f: Found, _: Context) -> Made | None:
    """A year after Christ that says so ("AD 70")."""
    year = int(f.groups["year"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return Made(f"{year:04d}", cal.year(year), "stated", "a year")


@maker
def fiscal_year(f: Found, _: Context) -> Made | None:
    """A fiscal year. It has a value but no days, as it begins in different months in different countries."""
    return Made(f"FY{f.groups['year']}", None, "stated", "a fiscal year, which differs from country to country")


@maker
def year_range(f: Found, _: Context) -> Made | None:
    """Several years ("2015-16")."""
    first, last = f.number("year") or 0, f.number("year2") or 0
    last = last if last > 99 else first // 100 * 100 + last
    if not first < last <= first + 120:
        return None
    stretch = Stretch(dt.date(first, 1, 1), dt.date(last, 12, 31), "range", f"{first}/{last}")
    ends = (("year", cal.year(first)), ("year2", cal.year(last)))
    return Made(f"{first:04d}", stretch, "stated", "a range of years", ends=ends)


@maker
def year_to_now(f: Found, c: Context) -> Made | None:
    """The time from the start of a year up to publication ("2002-present")."""
    year, anchor = f.number("year") or 0, c.publication
    if anchor is None or not year <= anchor.day.year:
        return Made(f"{year:04d}", None, "stated", "from a year up to a day that is not known")
    return Made(f"{year:04d}", cal.days(dt.date(year, 1, 1), anchor.day), "stated", "from a year up to {}", anchor)


@maker
def month_range(f: Found, _: Context) -> Made | None:
    """Several months ("February and March 2022")."""
    year, first, last = f.number("year") or 0, f.get("from"), f.get("month")
    if first == last:
        return None
    start = cal.month(year - (first > last), first)
    stretch = Stretch(start.start, cal.month(year, last).end, "range", f"{start.value}/{year}-{last:02d}")
    return Made(
        stretch.value, stretch, "stated", "a range of months", ends=(("from", start), ("", cal.month(year, last)))
    )


@maker
def month_of_year(f: Found, c: Context) -> Made | None:
    """A month, or a day of it, in a year that is counted from the year of another time ("February of that year", "June
    last year")."""
    what, number, day = which(f), month_of(f) or 0, f.number("day")
    anchor = what.anchor(c) if what else c.then
    if anchor is None:
        return unknown_year(f"XXXX-{number:02d}")
    year = anchor.day.year + (what.by if what else 0)
    stretch = cal.month(year, number) if day is None else cal.day(dt.date(year, number, day))
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"in {year}, counted from {{}}", anchor)


@maker
def same_of_year(f: Found, c: Context) -> Made | None:
    """The same month or period as last spoken of, in another year ("up from nine in the same month of 2012")."""
    year = f.number("year") or 0
    if c.then is None or (f.get("what") == "period" and c.then.stretch.days == 1):
        # "The same period" is not said of a single day.
        return Made(f"{year:04d}", None, "relative", "nothing was spoken of before")
    of, by = c.then.stretch, year - c.then.day.year
    if f.get("what") == "month":
        same = cal.month(year, of.start.month)
    else:
        start, end = (cal.shift_month(cal.day(d), 12 * by).start for d in (of.start, of.end))
        same = cal.days(start.replace(day=of.start.day), end.replace(day=of.end.day))
    return Made(same.value, same, "relative", "the same of another year as {}", c.then)


@maker
def named_month(f: Found, c: Context) -> Made | None:
    """The last month of a name before publication, the next one, or the one of the same year; never the current month
    where a word says "last" or "next" ("last June")."""
    number, what = f.get("month"), which(f)
    anchor = what.anchor(c) if what else None
    if what is None or anchor is None:
        return unknown_year(f"XXXX-{number:02d}")
    now = anchor.day
    ahead = what.by > 0 and number <= now.month
    behind = what.by < 0 and number >= now.month
    stretch = cal.month(now.year + ahead - behind, number)
    return Made(stretch.value, stretch, "relative", f"{_way(what.by)} {{}}", anchor)


def _way(by: int) -> str:
    return "the last before" if by < 0 else "the first after" if by > 0 else "the one of"


@maker
def season(f: Found, c: Context) -> Made | None:
    """A season, of a stated year or near publication ("the spring of 1986", "last summer")."""
    code, year, what = f.get("season"), f.number("year"), which(f)
    if year is not None:
        stretch = cal.season(year, code)
        return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a season of a year")
    anchor = (what.anchor(c) if what else None) or (c.story if c.narrative else c.now)
    if anchor is None:
        return unknown_year(f"XXXX-{code}")
    base, by = anchor.day, what.by if what else 0
    stretch, how = cal.season(base.year, code), _way(by)
    if by < 0 and stretch.end >= base:
        stretch = cal.season(base.year - 1, code)
    elif by > 0 and stretch.start <= base:
        stretch = cal.season(base.year + 1, code)
    elif what is None and not c.narrative and stretch.start > base and not c.future:
        stretch, how = cal.season(base.year - 1, code), "the last before"
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"{how} {{}}", anchor)


@maker
def decade(f: Found, c: Context) -> Made | None:
    """A decade ("the 1990s", "the '90s")."""
    number = int(f.get("decade"))
    if number < 100:
        latest = (c.published or dt.date(2029, 1, 1)).year
        number = latest - (latest - number) % 100
    stretch = cal.decade(number)
    return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a decade")


@maker
def century(f: Found, _: Context) -> Made | None:
    """A century ("the 19th century")."""
    number = ordinal(f)
    if number is None or not 1 <= number <= 21:
        return None
    if f.groups.get("bc"):
        return Made(f"BC{number - 1:02d}", None, "stated", "a century before Christ")
    stretch = cal.century(number)
    return Made(stretch.value, stretch.part(f.get("edge")), "stated", "a century")


@maker
def quarter(f: Found, c: Context) -> Made | None:
    """A quarter of a year ("the first quarter of 2024")."""
    number, year, anchor = ordinal(f), f.number("year"), c.now
    number = 4 if f.groups.get("last") else number
    if number is None or not 1 <= number <= 4 or (year is None and anchor is None):
        return None
    stretch = cal.quarter(year or anchor.day.year, number)  # type: ignore[union-attr]
    if year:
        return Made(stretch.value, stretch, "stated", "a quarter of a year")
    return Made(stretch.value, stretch, "relative", "a quarter of the year of {}", anchor)


@maker
def first_months(f: Found, c: Context) -> Made | None:
    """The first months of a year ("the first ten months of the year")."""
    (number, _), year, anchor = quantity(f), f.number("year"), c.now
    if not number or not 1 <= number <= 12 or (year is None and anchor is None):
        return None
    start = cal.month(year or anchor.day.year, 1).start  # type: ignore[union-attr]
    stretch = cal.days(start, cal.month(start.year, number).end)
    if year:
        return Made(stretch.value, stretch, "stated", "the first months of a year")
    return Made(stretch.value, stretch, "relative", "the first months of the year of {}", anchor)


@maker
def half(f: Found, _: Context) -> Made | None:
    """Half a year ("the first half of 2024")."""
    stretch = cal.half(f.number("year") or 0, ordinal(f) or 1)
    return Made(stretch.value, stretch, "stated", "half a year")
