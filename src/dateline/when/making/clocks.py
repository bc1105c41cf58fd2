"""Makers for times of the day."""

from __future__ import annotations

from dateline.when import calendar as cal
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found
from dateline.when.making import base
from dateline.when.making.base import UNKNOWN_DAY, maker
from dateline.when.making.dates import date


@maker
def clock(f: Found, c: Context) -> Made | None:
    """A time of day by the clock, on the day last spoken of ("9 a.m.", "19:15", "0600 GMT")."""
    hour, minute = f.number("hour") or 0, f.number("minute") or 0
    if f.groups.get("ampm"):
        hour = hour % 12 + (12 if f.groups["ampm"] == "p" else 0)
    return _at(f"T{hour:02d}:{minute:02d}{f.get('timezone') or ''}", _day_of(f, c))


@maker
def part_of_day(f: Found, c: Context) -> Made | None:
    """A part of the day, on the day last spoken of ("in the morning", "at dawn")."""
    if not base.part_of_day(f):
        return None
    if f.number("day") and f.get("month"):
        return date(f, c)
    return _at(f"T{base.part_of_day(f)}", _day_of(f, c))


def _at(clock: str, day: Anchor | None) -> Made:
    if day is None:
        return Made(f"{UNKNOWN_DAY}{clock}", None, "relative", "the day is not known")
    return Made(day.day.isoformat() + clock, cal.day(day.day), "relative", "on the day of {}", day)


def _day_of(f: Found, c: Context) -> Anchor | None:
    now, weekday, shift = c.now, f.get("wd"), f.get("nearday")
    if now is not None and (weekday or shift is not None):
        by = -((now.day.isoweekday() - weekday) % 7) if weekday else shift
        return Anchor(cal.day(now.day + by * cal.DAY), now.text, now.span)
    if c.reference is not None and c.reference.stretch.precision == "day":
        return c.reference
    return None if c.narrative else c.publication
