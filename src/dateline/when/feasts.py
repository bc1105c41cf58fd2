"""The days of a year on which a feast falls. A feast is written as a code; a grammar says which name has which code.

12-25            a fixed day of each year
EASTER-2         days from Western Easter; EASTER-7W is the week that begins then
ORTHODOX         days from Orthodox Easter
HIJRI 9-1+30     a month and day of the Islamic calendar, and how many days it lasts
PERSIAN 1-1      a month and day of the Persian calendar
NTH 11-4-4       the fourth Thursday of November; NTH 05-1--1 the last Monday of May
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from dateline.when import calendar as cal
from dateline.when.calendar import Stretch

#: The day before 1 Muharram of year 1, and the day before 1 Farvardin of year 1, as ordinals of `datetime.date` (civil
#: epochs; Reingold and Dershowitz, Calendrical Calculations).
_HIJRI_EPOCH = 227014
_PERSIAN_EPOCH = 226894
#: Leap years in the 33-year cycle of the Persian calendar (correct from 1925 to 2088).
_PERSIAN_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def easter(year: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Orthodox Easter Sunday as a Gregorian day (Meeus's Julian algorithm)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    behind = year // 100 - year // 400 - 2  # days that the Julian calendar is behind
    return dt.date(year, month, day + 1) + dt.timedelta(days=behind)


def hijri(year: int, month: int, day: int) -> dt.date:
    """A day of the tabular Islamic calendar. Calendars that follow sightings of the moon may differ by a day."""
    return dt.date.fromordinal(
        _HIJRI_EPOCH + day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    )


def persian(year: int, month: int, day: int) -> dt.date:
    """A day of the arithmetic Persian calendar."""
    cycles, rest = divmod(year - 1, 33)
    leaps = 8 * cycles + sum(1 for y in range(1, rest + 1) if y in _PERSIAN_LEAPS)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return dt.date.fromordinal(_PERSIAN_EPOCH + 365 * (year - 1) + leaps + before + day)


def feast(code: str, year: int) -> Stretch | None:
    """The days of a feast in a Gregorian year; None where it does not begin in that year."""
    kind, _, rest = code.partition(" ")
    if kind in _CALENDARS:
        return _of_calendar(*_CALENDARS[kind], rest, year)
    if kind == "NTH":
        return cal.day(_nth(year, rest))
    moved = re.fullmatch(r"(EASTER|ORTHODOX)([+-]\d+)?(W)?", code)
    if moved:
        sunday = easter(year) if moved.group(1) == "EASTER" else orthodox_easter(year)
        start = sunday + dt.timedelta(days=int(moved.group(2) or 0))
        return cal.days(start, start + 6 * cal.DAY) if moved.group(3) else cal.day(start)
    month, _, day = code.partition("-")
    return cal.day(dt.date(year, int(month), int(day)))


#: Calendar -> (function from its year, month and day to a date; function from a Gregorian year to its year at that
#: time).
_CALENDARS: dict[str, tuple[Callable[[int, int, int], dt.date], Callable[[int], int]]] = {
    "HIJRI": (hijri, lambda year: (year - 622) * 33 // 32),
    "PERSIAN": (persian, lambda year: year - 622),
}


def _of_calendar(
    day_of: Callable[[int, int, int], dt.date], year_of: Callable[[int], int], rest: str, year: int
) -> Stretch | None:
    where, _, length = rest.partition("+")
    month, day = (int(n) for n in where.split("-"))
    around = year_of(year)
    starts = [day_of(around + shift, month, day) for shift in (-1, 0, 1, 2)]
    start = next((s for s in starts if s.year == year), None)
    return None if start is None else cal.days(start, start + (int(length or 1) - 1) * cal.DAY)


def _nth(year: int, rest: str) -> dt.date:
    match = re.fullmatch(r"(?<!\d)(\d++)-(\d)-(-?\d)", rest)
    if match is None:
        raise ValueError(f"NTH {rest}: month-weekday-which is wanted")
    month, weekday, which = (int(n) for n in match.groups())
    whole = cal.month(year, month)
    if which < 0:
        return whole.end - dt.timedelta(days=(whole.end.isoweekday() - weekday) % 7 + 7 * (-which - 1))
    return whole.start + dt.timedelta(days=(weekday - whole.start.isoweekday()) % 7 + 7 * (which - 1))
