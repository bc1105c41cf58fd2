"""Makers for single days that are named without a date (weekdays, "yesterday", "the next day")."""

from __future__ import annotations

import datetime as dt

from dateline.when import calendar as cal
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found
from dateline.when.making.base import UNKNOWN_DAY, maker, part_of_day, which

#: A weekday is counted from a time last spoken of only if that has at most so many days ("in May 1940 ... on Tuesday").
_LONGEST = 31


def unknown_day() -> Made:
    """A day with nothing to count it from."""
    return Made(UNKNOWN_DAY, None, "relative", "no day to count from")


def _on(day: dt.date, pod: str, how: str, anchor: Anchor | None) -> Made:
    return Made(day.isoformat() + (f"T{pod}" if pod else ""), cal.day(day), "relative", how, anchor)


@maker
def weekday(f: Found, c: Context) -> Made | None:
    """A day of the week: the last one on or before publication ("Tuesday"), or the first one after it ("next Tuesday",
    or a clause about the future)."""
    number, what = f.get("weekday"), which(f)
    anchor = what.anchor(c) if what else c.now
    if anchor is not None and anchor.stretch.days > _LONGEST:
        # No week can be told within so long a time, so the weekday is counted from publication.
        anchor = c.publication
    if anchor is None:
        return unknown_day()
    base, name = anchor.day, f.groups["weekday"].capitalize()
    back = (base.isoweekday() - number) % 7
    if (what and what.by > 0) or (c.future and back and (what is None or what.by == 0)):
        day, how = base + dt.timedelta(days=7 - back if back else 7), f"the first {name} after {{}}"
        how = how if what else f"future tense -> {how}"
    elif what and what.by < 0:
        day, how = base - dt.timedelta(days=back or 7), f"the last {name} before {{}}"
    else:
        day, how = base - dt.timedelta(days=back), f"past tense -> the {name} on or before {{}}"
    if f.number("day") and day.day != f.number("day"):
        day = _weekday_with_day(base, number, f.number("day") or 0) or day
    return _on(day, part_of_day(f), how, anchor)


def _weekday_with_day(base: dt.date, number: int, day: int) -> dt.date | None:
    """The last day up to `base` that is this weekday and this day of the month ("Friday the 13th"); None where there is
    none in 400 days."""
    for back in range(400):
        when = base - dt.timedelta(days=back)
        if when.day == day and when.isoweekday() == number:
            return when
    return None


@maker
def weekday_of_week(f: Found, c: Context) -> Made | None:
    """A weekday of a week that is counted from another time ("Tuesday of last week")."""
    what = which(f)
    anchor = what.anchor(c) if what else c.now
    if anchor is None:
        return unknown_day()
    monday = cal.week(anchor.day).start + dt.timedelta(weeks=what.by if what else 0)
    return _on(monday + dt.timedelta(days=f.get("weekday") - 1), "", "of the week counted from {}", anchor)


@maker
def weekday_set(f: Found, _: Context) -> Made | None:
    """A weekday that comes again each week ("every Friday")."""
    return Made(f"XXXX-WXX-{f.get('weekday')}", None, "stated", "a set of days", period=True)


@maker
def near_day(f: Found, c: Context) -> Made | None:
    """The day of publication or a day beside it, or a part of such a day ("yesterday", "tonight", "last night")."""
    pod, shift, anchor = part_of_day(f), f.rule.fixed["shift"], c.now
    if anchor is None:
        return Made("PRESENT_REF", None, "relative", "publication is not known")
    if c.narrative and shift == 0 and not pod:
        return Made("PRESENT_REF", None, "relative", "the present of a story")
    how = "the day of {}" if shift == 0 else f"{abs(shift)} day {'after' if shift > 0 else 'before'} {{}}"
    return _on(anchor.day + dt.timedelta(days=shift), pod, how, anchor)


@maker
def overnight(_: Found, c: Context) -> Made | None:
    """The night before the day of publication ("overnight"), as a range of the two days on which it lies."""
    anchor = c.publication
    if anchor is None or c.narrative:
        return unknown_day()
    eve = anchor.day - cal.DAY
    value = f"{eve.isoformat()}TNI"
    return Made(value, cal.Stretch(eve, anchor.day, "range", value), "relative", "the night before {}", anchor)


@maker
def story_day(f: Found, c: Context) -> Made | None:
    """A day counted from the one last spoken of ("the same day", "the next day", "the evening before")."""
    return from_story(c, f.rule.fixed["shift"], part_of_day(f))


@maker
def that_part(f: Found, c: Context) -> Made | None:
    """A part of the day last spoken of ("that night")."""
    what = which(f)
    return from_story(c, what.by if what else 0, part_of_day(f))


def from_story(c: Context, by: int, pod: str = "") -> Made:
    """A day counted from the day last spoken of."""
    anchor = c.then
    if anchor is None or anchor.stretch.precision not in ("day", "range", "weekend", "week"):
        return unknown_day()
    base = anchor.stretch.end if by > 0 else anchor.stretch.start
    how = "the day of {}" if by == 0 else f"the day {'after' if by > 0 else 'before'} {{}}"
    return _on(base + by * cal.DAY, pod, how, anchor)
