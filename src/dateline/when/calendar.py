"""Stretches of days, their TIMEX3 values, and arithmetic on the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from dateline.model.vocabulary import TimePrecision

DAY = dt.timedelta(days=1)
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end`, both inclusive, as one unit of the calendar."""

    start: dt.date
    end: dt.date
    precision: TimePrecision
    value: str

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def part(self, mod: str | None) -> Stretch:
        """Its first, middle or last third, for START, MID and END; itself otherwise."""
        third = self.days // 3
        if third == 0 or mod not in ("START", "MID", "END"):
            return self
        step = dt.timedelta(days=third)
        if mod == "START":
            return Stretch(self.start, self.start + step - DAY, "range", self.value)
        if mod == "END":
            return Stretch(self.end - step + DAY, self.end, "range", self.value)
        return Stretch(self.start + step, self.end - step, "range", self.value)


def day(when: dt.date) -> Stretch:
    """One day."""
    return Stretch(when, when, "day", when.isoformat())


def days(start: dt.date, end: dt.date) -> Stretch:
    """A range of days."""
    return day(start) if start == end else Stretch(start, end, "range", f"{start.isoformat()}/{end.isoformat()}")


def month(year: int, number: int) -> Stretch:
    """A month. Raises ValueError where there is no such month."""
    last = calendar.monthrange(year, number)[1]
    return Stretch(dt.date(year, number, 1), dt.date(year, number, last), "month", f"{year:04d}-{number:02d}")


def months(year: int, number: int, count: int, value: str, precision: TimePrecision = "range") -> Stretch:
    """`count` months from a month on; `number` may exceed 12."""
    first = shift_month(month(year, 1), number - 1)
    last = shift_month(first, count - 1)
    return Stretch(first.start, last.end, precision, value)


def year(number: int) -> Stretch:
    """A year."""
    return Stretch(dt.date(number, 1, 1), dt.date(number, 12, 31), "year", f"{number:04d}")


def decade(first: int) -> Stretch:
    """The decade (ten years from 0 to 9) that holds a year."""
    first -= first % 10
    return Stretch(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade", str(first // 10))


def century(number: int) -> Stretch:
    """A century by its number (19: 1801 to 1900, written "18")."""
    start = (number - 1) * 100
    return Stretch(dt.date(start + 1, 1, 1), dt.date(start + 100, 12, 31), "range", f"{number - 1:02d}")


def season(year_: int, code: str) -> Stretch:
    """A season of the northern year; winter begins in December."""
    first, last = _SEASONS[code]
    return months(year_, first, last - first + 1, f"{year_:04d}-{code}", "season")


def quarter(year_: int, number: int) -> Stretch:
    """A quarter of a year."""
    return months(year_, 3 * number - 2, 3, f"{year_:04d}-Q{number}")


def half(year_: int, number: int) -> Stretch:
    """A half of a year."""
    return months(year_, 6 * number - 5, 6, f"{year_:04d}-H{number}")


def week(of: dt.date) -> Stretch:
    """The ISO week (Monday to Sunday) that holds a day."""
    start = of - dt.timedelta(days=of.weekday())
    iso = start.isocalendar()
    return Stretch(start, start + 6 * DAY, "week", f"{iso.year:04d}-W{iso.week:02d}")


def weekend(of: dt.date) -> Stretch:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(of)
    return Stretch(whole.start + 5 * DAY, whole.end, "weekend", whole.value + "-WE")


def shift_month(stretch: Stretch, by: int) -> Stretch:
    """The month `by` months after the one in which a stretch starts."""
    at = stretch.start.year * 12 + stretch.start.month - 1 + by
    return month(at // 12, at % 12 + 1)


def unit_around(anchor: dt.date, unit: str) -> Stretch:
    """The day, week, month, ... (TIMEX letter) that holds a day."""
    makers = {
        "D": lambda: day(anchor),
        "W": lambda: week(anchor),
        "WE": lambda: weekend(anchor),
        "M": lambda: month(anchor.year, anchor.month),
        "Q": lambda: quarter(anchor.year, (anchor.month + 2) // 3),
        "Y": lambda: year(anchor.year),
        "E": lambda: decade(anchor.year),
        "C": lambda: century((anchor.year + 99) // 100),
    }
    return makers[unit]()


def shifted(anchor: dt.date, unit: str, by: int) -> Stretch:
    """The unit `by` units after the one that holds a day; raises ValueError or OverflowError outside the calendar.

    Days and weeks give one day, longer units give the whole unit ("three months later" is a month).
    """
    if unit in ("D", "H", "MN", "S"):
        return day(anchor + dt.timedelta(days=by if unit == "D" else 0))
    if unit in ("W", "F"):
        return day(anchor + dt.timedelta(weeks=by * (2 if unit == "F" else 1)))
    if unit == "WE":
        return weekend(anchor + dt.timedelta(weeks=by))
    if unit in ("M", "Q"):
        moved = shift_month(month(anchor.year, anchor.month), by * (3 if unit == "Q" else 1))
        return moved if unit == "M" else unit_around(moved.start, "Q")
    if unit == "Y":
        return year(anchor.year + by)
    if unit == "E":
        return decade(anchor.year + 10 * by)
    return century((anchor.year + 99) // 100 + by)
