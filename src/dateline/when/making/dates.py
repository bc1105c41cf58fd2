"""Makers for dates with a day and for ranges of dates: in full, without a year, in figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dateline.when import calendar as cal
from dateline.when.calendar import Stretch
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found
from dateline.when.making.base import maker, part_of_day, two_digit_year, unknown_year, which

#: The year picked for a month or day without a year: the day in that year, how it was picked, and the time that it was
#: counted from.
Picked = tuple[dt.date, str, Anchor | None]

#: Limits, in years, for four figures in the news to be a year: not more than `_AHEAD` after publication; after "at",
#: within `_NEAR` of publication ("at 1700" is a time of day).
_AHEAD, _NEAR = 60, 150
#: Days of the longest month.
_MONTH = 31


def year_of(f: Found, c: Context) -> int | None:
    """The year that is named, in four or two figures."""
    if f.number("year") is not None:
        return f.number("year")
    yy = f.number("yy")
    return None if yy is None else two_digit_year(yy, c)


@maker
def date(f: Found, c: Context) -> Made | None:
    """A date of a year, month and day, or of some of them. What is missing is taken from the context."""
    year, number, day = year_of(f, c), month_of(f), f.number("day")
    if year is not None and number is None and _is_no_year(year, "atclock" in f.groups, c):
        return None
    if year is not None:
        return _stated(year, number, day, f)
    if number is None:
        return None
    return _bare_month(number, f, c) if day is None else _month_day(number, day, f, c)


def _is_no_year(year: int, at_clock: bool, c: Context) -> bool:
    """In the news: are four figures a number or a time of day ("shortly before 1700"), and not a year?"""
    if c.published is None or c.narrative:
        return False
    return year > c.published.year + _AHEAD or (at_clock and abs(year - c.published.year) > _NEAR and year % 100 < 60)


def month_of(f: Found) -> int | None:
    """The month that is named or numbered."""
    number = f.get("month")
    return number if isinstance(number, int) else f.number("month2")


def _stated(year: int, number: int | None, day: int | None, f: Found) -> Made:
    if number is None:
        return Made(f"{year:04d}", cal.year(year).part(f.get("edge")), "stated", "stated in full")
    if day is None:
        month = cal.month(year, number)
        return Made(month.value, month.part(f.get("edge")), "stated", "stated in full")
    return _on(dt.date(year, number, day), f, Made("", None, "stated", "a full date"))


def _on(day: dt.date, f: Found, like: Made) -> Made:
    pod = part_of_day(f)
    value = day.isoformat() + (f"T{pod}" if pod else "")
    return Made(value, cal.day(day), like.basis, like.how, like.anchor)


def _month_day(number: int, day: int, f: Found, c: Context) -> Made:
    dt.date(2000, number, day)  # raises ValueError for a day that no year has
    picked = pick_year(c, lambda year: dt.date(year, number, day))
    if picked is None:
        return unknown_year(f"XXXX-{number:02d}-{day:02d}")
    return _on(picked[0], f, Made("", None, "relative", picked[1], picked[2]))


def _bare_month(number: int, f: Found, c: Context) -> Made:
    picked = pick_year(c, lambda year: dt.date(year, number, 1), lambda year: cal.month(year, number).end)
    if picked is None:
        return unknown_year(f"XXXX-{number:02d}")
    month = cal.month(picked[0].year, number)
    return Made(month.value, month.part(f.get("edge")), "relative", picked[1], picked[2])


def pick_year(
    c: Context, in_year: Callable[[int], dt.date], last_in_year: Callable[[int], dt.date] | None = None
) -> Picked | None:
    """Pick the year of a month or day that is named without one. `in_year` gives its first day in a year,
    `last_in_year` its last: a month that is not over yet may still lie ahead."""
    if c.caption_year is not None:
        return _valid(in_year, c.caption_year, f"in the year of the caption, {c.caption_year}")
    publication = c.publication
    if c.story is not None and (c.narrative or publication is None or c.explicit):
        picked = _story_year(c.story, in_year)
        if picked is None or c.narrative or publication is None or c.future or picked[0] <= publication.day:
            return picked
    return None if publication is None else _news_year(publication, c, in_year, last_in_year or in_year)


def _valid(in_year: Callable[[int], dt.date], year: int, how: str, anchor: Anchor | None = None) -> Picked | None:
    try:
        return in_year(year), how, anchor
    except ValueError:  # 29 February
        return None


def _story_year(story: Anchor, in_year: Callable[[int], dt.date]) -> Picked | None:
    how = "in the year last spoken of, {}"
    same = _valid(in_year, story.day.year, how, story)
    if story.stretch.precision not in ("day", "month", "range", "week", "weekend"):
        return same
    # A story moves forward in time: January after December is of the next year.
    options = [o for shift in (0, 1) if (o := _valid(in_year, story.day.year + shift, how, story))]
    return min(options, key=lambda o: abs((o[0] - story.day).days), default=same)


def _news_year(
    publication: Anchor, c: Context, in_year: Callable[[int], dt.date], last_in_year: Callable[[int], dt.date]
) -> Picked | None:
    """The last such day on or before publication, as news looks back. The next one after it, if the clause is about the
    future, or if what happens on the day was known beforehand or planned and the next one is nearer."""
    published = publication.day
    years = [y for shift in (-4, -1, 0, 1, 4) if _valid(in_year, y := published.year + shift, "")]
    past = [in_year(y) for y in years if in_year(y) <= published]
    ahead = [in_year(y) for y in years if last_in_year(y) > published]
    if c.future and ahead and not c.meant:
        return ahead[0], "future tense -> the first after {}", publication
    if (c.foreseen or c.meant) and past and ahead and ahead[0] - published < published - past[-1]:
        return ahead[0], "known beforehand -> the nearest to {}", publication
    return (past[-1], "the last on or before {}", publication) if past else None


@maker
def known_day(f: Found, _: Context) -> Made | None:
    """A day that is known by its date, whatever the year of the report ("the September 11 attacks")."""
    day = f.get("knownday")
    day = day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day))
    return Made(day.isoformat(), cal.day(day), "stated", "a day that is known by its figures")


@maker
def year_to_day(f: Found, c: Context) -> Made | None:
    """The year of publication from its start up to a day ("till June 15 this year")."""
    anchor = c.now
    if anchor is None:
        return unknown_year(f"XXXX-{month_of(f) or 0:02d}-{f.number('day') or 0:02d}")
    year = anchor.day.year
    last = dt.date(year, month_of(f) or 0, f.number("day") or 0)
    whole = cal.days(dt.date(year, 1, 1), last)
    return Made(last.isoformat(), whole, "relative", "the year of {} up to a day", anchor)


@maker
def numeric(f: Found, c: Context) -> Made | None:
    """A date in figures ("12/11/2005"): day and month in the order of the language or of the report's other dates.
    Where nothing tells the order, a range from one reading to the other."""
    n1, n2, year = f.number("n1") or 0, f.number("n2") or 0, f.number("year") or 0
    year = year if year > 99 else two_digit_year(year, c)
    readings = [day for day in (_day(year, n2, n1), _day(year, n1, n2)) if day is not None]
    if not readings:
        return None
    first = True if f.get("sep") == "." or f.get("order") == "day first" else c.day_first
    if len(set(readings)) == 2 and first is None and c.published not in readings:
        stretch = Stretch(min(readings), max(readings), "range", f"{year:04d}-XX-XX")
        return Made(stretch.value, stretch, "stated", "day and month could be either way round")
    if c.published in readings and first is None:
        return _on(c.published, f, Made("", None, "stated", "a numeric date, as publication"))
    how = "a numeric date" if len(set(readings)) == 1 else f"a numeric date, {'day' if first else 'month'} first"
    return _on(readings[-1] if first is False else readings[0], f, Made("", None, "stated", how))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@maker
def day_of_month(f: Found, c: Context) -> Made | None:
    """A day of the month last spoken of ("the 28th of that month")."""
    anchor, what = c.then, which(f)
    if anchor is None:
        return None
    month = cal.shift_month(anchor.stretch, what.by if what else 0)
    day = dt.date(month.start.year, month.start.month, f.number("day") or 0)
    return Made(day.isoformat(), cal.day(day), "relative", "a day of the month of {}", anchor)


@maker
def day_of_chronicle(f: Found, c: Context) -> Made | None:
    """A day of the month that a chronicle tells of ("Day 17."); None where no month was spoken of before."""
    anchor = c.story if c.story is not None and c.story.stretch.precision == "month" else c.then
    if anchor is None or anchor.stretch.days > _MONTH:
        return None
    day = anchor.day.replace(day=f.number("day") or 0)
    return Made(day.isoformat(), cal.day(day), "relative", "a day of the month of {}", anchor)


@maker
def this_day_of_year(f: Found, c: Context) -> Made | None:
    """The day of the report, in another year ("on this day in 1990")."""
    now = c.publication
    if now is None:
        return Made(f"{f.number('year') or 0:04d}", None, "relative", "the day is not known")
    day = now.day.replace(year=f.number("year") or 0)
    return Made(day.isoformat(), cal.day(day), "relative", "the day of {}, in another year", now)


@maker
def day_range(f: Found, c: Context) -> Made | None:
    """Days of one month ("3-5 May 2024", "May 6 and 7")."""
    number, first, last = month_of(f) or 0, f.number("day") or 0, f.number("day2") or 0
    year, how, anchor = f.number("year"), "a range of days", None
    if year is None:
        picked = pick_year(c, lambda y: dt.date(y, number, last))
        if picked is None:
            return unknown_year(f"XXXX-{number:02d}-{first:02d}")
        year, how, anchor = picked[0].year, f"a range of days, {picked[1]}", picked[2]
    return _range(dt.date(year, number, first), dt.date(year, number, last), f, Made("", None, "stated", how, anchor))


@maker
def date_range(f: Found, c: Context) -> Made | None:
    """Days from one month to another ("17 August-2 September 1914"). Both are of one year, unless the first would then
    come after the second."""
    number, last, year = f.get("month"), f.number("day2") or 0, f.number("year")
    how, anchor = "a range of days", None
    if year is None:
        picked = pick_year(c, lambda y: dt.date(y, number, last))
        if picked is None:
            return unknown_year(f"XXXX-{number:02d}-{last:02d}")
        year, how, anchor = picked[0].year, f"a range of days, {picked[1]}", picked[2]
    end = dt.date(year, number, last)
    start = dt.date(year - (f.get("from") > number), f.get("from"), f.number("day") or 0)
    return _range(start, end, f, Made("", None, "stated", how, anchor))


def _range(start: dt.date, end: dt.date, f: Found, like: Made) -> Made | None:
    if start > end:
        return None
    whole = cal.days(start, end)
    first = "day" if "from" not in f.offsets else min("day", "from", key=lambda name: -f.offsets[name][1])
    ends = ((first, cal.day(start)), ("", cal.day(end)))
    basis = "relative" if like.anchor else like.basis
    return Made(whole.value, whole, basis, like.how, like.anchor, ends=ends)
