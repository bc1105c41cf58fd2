"""Makers for feasts, and for words that refer to a time without naming one ("now", "recently", "at that time")."""

from __future__ import annotations

import datetime as dt

from dateline.when.calendar import DAY, Stretch
from dateline.when.context import Context, Made
from dateline.when.feasts import feast
from dateline.when.grammar import Found
from dateline.when.making.base import maker, part_of_day, unknown_year, which

#: A feast at most so many days ahead may be named without a word about the future.
_SOON = 7


@maker
def holiday(f: Found, c: Context) -> Made | None:
    """A feast ("Christmas", "last Eid al-Fitr"). In a story, or where something was planned for it, the nearest one is
    meant; in the news the last one, or one within a week after publication."""
    code, year, what = f.get("holiday"), f.number("year"), which(f)
    if code is None:
        return None
    if year is not None:
        stretch = feast(code, year)
        return None if stretch is None else Made(stretch.value, stretch, "stated", "a feast of a year")
    anchor = (what.anchor(c) if what else None) or (c.story if c.narrative else c.now)
    if anchor is None:
        return unknown_year("XXXX")
    by = what.by if what else 0 if c.narrative or c.meant else 1 if c.future else -1
    near, how = _pick(code, anchor.day, by, soon=_SOON if what is None else 0)
    if near is None:
        return None
    pod = part_of_day(f)
    value = f"{near.value}T{pod}" if pod and near.days == 1 else near.value
    return Made(value, near, "relative", f"{how} {{}}", anchor)


def _pick(code: str, day: dt.date, by: int, soon: int) -> tuple[Stretch | None, str]:
    """The feast that is meant, and how it was chosen: the last one before a day (or at most `soon` days after it) where
    `by` is below 0, the next one where it is above 0, else the nearest."""
    options = [s for shift in (-1, 0, 1) if (s := feast(code, day.year + shift))]
    if by > 0:
        return next((s for s in options if s.start > day), None), "the next after"
    if by < 0:
        begun = [s for s in options if s.start <= day + soon * DAY and (soon or s.end < day)]
        return (begun[-1] if begun else None), "the last by"
    return min(options, key=lambda s: abs((s.start - day).days), default=None), "the nearest to"


@maker
def holiday_of_year(f: Found, c: Context) -> Made | None:
    """A feast in a year that is counted from the year of another time ("Ramadan last year")."""
    what = which(f)
    anchor = what.anchor(c) if what else None
    if what is None or anchor is None:
        return unknown_year("XXXX")
    stretch = feast(f.get("holiday"), anchor.day.year + what.by)
    how = f"in {anchor.day.year + what.by}, counted from {{}}"
    return None if stretch is None else Made(stretch.value, stretch, "relative", how, anchor)


@maker
def reference(f: Found, c: Context) -> Made | None:
    """A vague time in the present, past or future ("now", "recently", "will soon")."""
    if f.rule.fixed.get("ahead") and not c.future:
        return None
    value = f.get("presentref") or f.get("pastref") or f.get("futureref")
    return Made(value, None, "relative", "vague")


@maker
def that_time(f: Found, c: Context) -> Made | None:
    """The time last spoken of ("at that time"); it has days only in a story."""
    value = f.get("thattime")
    if value != "THEN":
        return Made(value, None, "relative", "vague")
    if c.reference is None or not c.narrative:
        return Made("PAST_REF", None, "relative", "vague")
    stretch = c.reference.stretch
    return Made(stretch.value.split("T")[0], stretch, "relative", "the time of {}", c.reference)
