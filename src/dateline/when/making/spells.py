"""Makers for durations ("for three days") and sets ("every two weeks"). They have a value but name no days."""

from __future__ import annotations

from dateline.when.context import Context, Made
from dateline.when.grammar import Found
from dateline.when.making.base import maker, quantity

_IN_YEARS = {"E": 10, "C": 100, "L": 1000}
_VAGUE = {"E": "PXDE", "C": "PXCE", "L": "PXML", "Q": "PXM"}


def timex_period(digits: str, unit: str | None) -> str:
    """The TIMEX value of a duration ("P3D", "PT2H"). Decades and longer units are given in years, fortnights in weeks,
    quarters in months."""
    if unit in ("H", "S", "MN"):
        return f"PT{digits}{'M' if unit == 'MN' else unit}"
    whole = digits.isdigit()
    if unit == "F":
        return f"P{int(digits) * 2 if whole else digits}W"
    if unit in _VAGUE and not whole:
        return _VAGUE[unit]
    if unit in _IN_YEARS:
        return f"P{int(digits) * _IN_YEARS[unit]}Y"
    return f"P{int(digits) * 3}M" if unit == "Q" else f"P{digits}{unit}"


@maker
def duration(f: Found, _: Context) -> Made | None:
    """A duration of known or vague length ("three days", "half an hour", "a two-year")."""
    _number, digits = quantity(f)
    if f.groups.get("half"):
        digits = "0.5"
    elif f.groups.get("andhalf"):
        digits = f"{digits}.5"
    return Made(timex_period(digits, f.get("unit")), None, "stated", "a duration", period=True)


@maker
def bare_units(f: Found, _: Context) -> Made | None:
    """A duration of unknown length ("for years")."""
    return Made(timex_period("X", f.get("units")), None, "stated", "a duration", period=True)


@maker
def every(f: Found, _: Context) -> Made | None:
    """A time that comes again after so many units ("every two weeks")."""
    digits = "2" if f.groups.get("other") else quantity(f)[1]
    digits = "1" if digits == "X" else digits
    return Made(timex_period(digits, f.get("unit")), None, "stated", "a set", period=True)


@maker
def set_word(f: Found, _: Context) -> Made | None:
    """A time that comes again, in one word ("daily")."""
    return Made(f.get("setword"), None, "stated", "a set", period=True)
