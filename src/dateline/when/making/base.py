"""What makers share: the register, and how the commonest groups of a match are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.language import numbers
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found

Maker = Callable[[Found, Context], "Made | None"]
MAKERS: dict[str, Maker] = {}

UNKNOWN_DAY = "XXXX-XX-XX"


def maker(function: Maker) -> Maker:
    """Register a function under its name."""
    MAKERS[function.__name__] = function
    return function


@dataclass(frozen=True, slots=True)
class Which:
    """What a word such as "last", "this" or "the following" counts from, and by how many units it moves."""

    words: str
    from_story: bool
    by: int
    #: A day of it is a duration: "the past day".
    spell: bool

    def anchor(self, c: Context) -> Anchor | None:
        """What it counts from."""
        return c.then if self.from_story else c.now


def which(f: Found) -> Which | None:
    """The `which` of a match; None where it has none."""
    code = f.get("which") or f.get("edgewhich")
    if code is None:
        return None
    origin, by = code[:-2], int(code[-2:])
    return Which(f.groups.get("which", ""), origin == "then", by, origin == "spell")


def part_of_day(f: Found) -> str:
    """The part of the day that is named, as TIMEX writes it; empty where none is."""
    pod = f.get("partofday") or f.get("pod") or ""
    return "" if pod == "D" else str(pod)


def quantity(f: Found) -> tuple[int | None, str]:
    """(number, TIMEX digits) of an expression such as "two days"; (None, "X") where it is vague."""
    for name in ("count", "vague", "number"):
        value = f.get(name)
        if isinstance(value, int):
            return value, str(value)
    text = f.groups.get("number")
    if text is None:
        return None, "X"
    number = numbers.parse(text)
    return number, str(text if number is None else number)


def ordinal(f: Found) -> int | None:
    """The number of an ordinal ("third", "3rd", "3"), or of a word of the grammar's own."""
    value = f.get("ordinal")
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.isdigit() else numbers.ordinal(value)


def unknown_year(value: str) -> Made:
    """A month or day of a year that nothing tells."""
    return Made(value, None, "relative", "the year cannot be known")


def two_digit_year(yy: int, c: Context) -> int:
    """The year of that ending nearest to the time written of, never more than ten years after it."""
    near = c.story if c.story is not None and (c.published is None or c.narrative) else None
    latest = (near.day.year if near else c.published.year if c.published else 2030) + 10
    return latest - (latest - yy) % 100
