"""Makers for weeks, months and years counted from a time ("last week", "that year", "two days ago", "three months
later")."""

from __future__ import annotations

import datetime as dt

from dateline.when import calendar as cal
from dateline.when.calendar import Stretch
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found
from dateline.when.making.base import UNKNOWN_DAY, Which, maker, quantity, which
from dateline.when.making.days import from_story
from dateline.when.making.spells import timex_period

#: Precision of a time -> units that are too small to be counted from it ("three days after 1914" names no day).
_TOO_COARSE = {
    "month": ("D", "W", "F"), "season": ("D", "W", "F", "M"), "year": ("D", "W", "F", "M"),
    "decade": ("D", "W", "F", "M", "Y"), "week": ("D",),
}  # fmt: skip

#: Unit -> the longest time (in days) that it can be counted from ("the same week" after a whole year names no week).
_LONGEST = {"W": 14, "WE": 14, "M": 62, "Y": 732}

#: How far back vague quantities reach ("a few", "several", "some days ago"): at least and at most, in units.
_VAGUE_REACH = (2, 10)
_VAGUE_VALUES = {"D": UNKNOWN_DAY, "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "E": "XXX"}
#: Unit -> how many of them "recent weeks" and the like reach back: about the middle of what writers mean. Hours are
#: read as days: 0 is the day of publication alone.
_RECENT = {"H": 0, "D": 7, "W": 5, "M": 5, "Y": 5, "E": 5, "C": 5}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


@maker
def which_unit(f: Found, c: Context) -> Made | None:
    """A week, month or year that is counted from another time ("last week", "that year", "the following month")."""
    unit = f.get("calendar")
    if f.get("which") == "weekend":
        return _the_weekend(c)
    what = which(f)
    if what is None:
        return None
    anchor = what.anchor(c)
    if anchor is None:
        return Made("PAST_REF" if what.by < 0 else "XXXX", None, "relative", "no time to count from")
    if unit == "D":
        if what.spell or (what.by < 0 and not what.from_story):
            return Made("P1D", None, "relative", "a day long", period=True)
        return from_story(c, what.by)
    if what.spell and what.by < 0 and unit in ("W", "M", "Y") and not f.get("edge") and not c.narrative:
        return _spell_back(anchor, unit)
    if what.from_story and anchor.stretch.days > _LONGEST.get(unit, anchor.stretch.days):
        return Made(_VAGUE_VALUES.get(unit, "XXXX-WXX"), None, "relative", "counted from no certain one, {}", anchor)
    base = anchor.day if unit in ("W", "WE") else anchor.day.replace(day=1)
    stretch = cal.unit_around(cal.shifted(base, unit, what.by).start, unit)
    return Made(stretch.value, stretch.part(f.get("edge")), "relative", f"{_moved(what)} {{}}", anchor)


def _spell_back(anchor: Anchor, unit: str) -> Made:
    """The week, month or year that ends on the day of publication ("over the past week")."""
    first = cal.unit_around(cal.shifted(anchor.day, unit, -1).start, unit)
    return Made(first.value, Stretch(_back(anchor.day, unit, 1), anchor.day, "range", first.value), "relative",
                "so long up to {}", anchor)  # fmt: skip


def _moved(what: Which) -> str:
    return "the one before that of" if what.by < 0 else "the one after that of" if what.by > 0 else "that of"


def _the_weekend(c: Context) -> Made | None:
    """The last weekend that has begun at publication: the one before on a Monday, the current one on a Sunday."""
    if c.now is None:
        return Made("PAST_REF", None, "relative", "no time to count from")
    stretch = cal.weekend(c.now.day - dt.timedelta(weeks=1))
    if cal.weekend(c.now.day).start <= c.now.day:
        stretch = cal.weekend(c.now.day)
    return Made(stretch.value, stretch, "relative", "the last begun by {}", c.now)


@maker
def units_end(f: Found, c: Context) -> Made | None:
    """The end of the week, month or year of the time last spoken of ("the month's end")."""
    if c.then is None or f.get("calendar") == "D":
        return None
    stretch = cal.unit_around(c.then.day, f.get("calendar"))
    return Made(stretch.value, stretch.part("END"), "relative", "the end of that of {}", c.then)


@maker
def shifted(f: Found, c: Context) -> Made | None:
    """A time at a distance of some units from publication ("two days ago"), or from the time last spoken of ("three
    months later")."""
    from_then = f.rule.fixed["anchor"] == "reference"
    return _counted(f, c.then if from_then else c.now, f.rule.fixed["sign"], c, vague_past=not from_then)


@maker
def shifted_from_event(f: Found, c: Context) -> Made | None:
    """A time counted from a happening ("a day after police were killed"). In a story it is counted from the time last
    spoken of; in the news its days are not known."""
    _, digits = quantity(f)
    side, unit = f.get("side"), f.get("unit")
    if side and c.narrative and c.reference is not None and quantity(f)[0] is not None:
        counted = _counted(f, c.reference, side, c, vague_past=False)
        if counted.stretch is not None:
            return counted
    how = "counted from what is told" if side else "a spell"
    return Made(timex_period(digits, unit), None, "relative", how, period=True)


def _counted(f: Found, anchor: Anchor | None, sign: int, c: Context, vague_past: bool) -> Made:
    number, unit = quantity(f)[0], f.get("unit")
    if number is None or unit is None:
        return _vaguely(anchor, unit, sign, vague_past, c.narrative)
    if anchor is None:
        return Made(UNKNOWN_DAY if unit in ("D", "W") else "XXXX", None, "relative", "nothing to count from")
    if unit in _TOO_COARSE.get(anchor.stretch.precision, ()) and not vague_past:
        value = f"{anchor.day.year}-XX-XX" if unit in "DW" else f"{anchor.day.year}-XX"
        return Made(value, None, "relative", "counted from no certain day, {}", anchor)
    base = anchor.stretch.start if sign < 0 else anchor.stretch.end
    stretch = cal.shifted(base, unit, sign * number)
    words = f.groups.get("unit", unit)
    how = f"{number} {words} {'before' if sign < 0 else 'after'} {{}}"
    return Made(stretch.value, stretch, "relative", how, anchor)


def _vaguely(anchor: Anchor | None, unit: str | None, sign: int, vague_past: bool, narrative: bool) -> Made:
    value = "PAST_REF" if vague_past and sign < 0 else _VAGUE_VALUES.get(unit or "", "FUTURE_REF")
    if anchor is None or sign > 0 or unit not in ("D", "W") or narrative:
        return Made(value, None, "relative", "vague")
    reach = dt.timedelta(days=1 if unit == "D" else 7)
    stretch = cal.days(anchor.day - _VAGUE_REACH[1] * reach, anchor.day - _VAGUE_REACH[0] * reach)
    return Made(value, stretch, "relative", f"vague: {_VAGUE_REACH[0]} to {_VAGUE_REACH[1]} units before {{}}", anchor)


@maker
def units_shifted(f: Found, c: Context) -> Made | None:
    """A time at an unknown number of units from another ("weeks later", "years ago"). It mostly has no days."""
    side, unit = f.get("side"), f.get("units")
    if not side:
        return Made("PAST_REF", None, "relative", "vague")
    if unit == "H" and c.reference is not None and c.reference.stretch.precision == "day":
        return Made(f"{c.reference.stretch.value}TXX", c.reference.stretch, "relative", "the day of {}", c.reference)
    return Made(_VAGUE_VALUES.get(unit, f"{UNKNOWN_DAY}TXX"), None, "relative", "vague")


@maker
def last_n(f: Found, c: Context) -> Made | None:
    """A stretch of known length that ends at publication ("the past three days")."""
    number, digits = quantity(f)
    unit = f.get("unit") or f.get("calendar")
    if not any(name in f.groups for name in ("number", "count", "vague")):
        number, digits = 1, "1"
    value = timex_period(digits, unit)
    if c.now is None or c.narrative or unit in ("MN", "S"):
        return Made(value, None, "relative", "a spell", period=True)
    if unit == "H":
        number, unit = -(-(number or 1) // 24), "D"
    return Made(value, Stretch(_back(c.now.day, unit, number or 5), c.now.day, "range", value), "relative",
                "a spell up to {}", c.now)  # fmt: skip


def _back(now: dt.date, unit: str, reach: int) -> dt.date:
    if unit in ("D", "W", "F"):
        return now - dt.timedelta(days={"D": 1, "W": 7, "F": 14}[unit] * reach)
    first = cal.shift_month(cal.month(now.year, now.month), -_MONTHS.get(unit, 1) * reach)
    return min(first.start + (now.day - 1) * cal.DAY, first.end)


@maker
def recent(f: Found, c: Context) -> Made | None:
    """A stretch of unknown length that ends at publication ("recent weeks")."""
    if c.now is None or c.narrative:
        return Made("PAST_REF", None, "relative", "vague")
    unit = f.get("units")
    stretch = Stretch(_back(c.now.day, "D" if unit == "H" else unit, _RECENT[unit]), c.now.day, "range", "PAST_REF")
    return Made("PAST_REF", stretch, "relative", "vague, up to {}", c.now)
