"""What makers share: the register of all makers, and functions that read the commonest groups of a match."""

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
    #: With the unit "day" it is a duration ("the past day").
    spell: bool

    def anchor(self, c: Context) -> Anchor | None:
        """The time that it counts from."""
        return c.then if self.from_story else c.now


def which(f: Found) -> Which | None:
    """What a word such as "last" in a match says (the group `which`); None where there is no such word."""
    code = f.get("which") or f.get("edgewhich")
    if code is None:
        return None
    origin, by = code[:-2], int(code[-2:])
    return Which(f.groups.get("which", ""), origin == "then", by, origin == "spell")


def part_of_day(f: Found) -> str:
    """The part of the day that a match names, as TIMEX writes it ("MO", "NI"); empty where it names none."""
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
    """The number of an ordinal ("third", "3rd", "3"), or of a word that the grammar lists with a number."""
    value = f.get("ordinal")
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.isdigit() else numbers.ordinal(value)


def unknown_year(value: str) -> Made:
    """A month or day of which the year cannot be known."""
    return Made(value, None, "relative", "the year cannot be known")


def two_digit_year(yy: int, c: Context) -> int:
    """The latest year with these last two figures that is at most ten years after the time told of: that of the story,
    else of publication, else 2030."""
    near = c.story if c.story is not None and (c.published is None or c.narrative) else None
    latest = (near.day.year if near else c.published.year if c.published else 2030) + 10
    return latest - (latest - yy) % 100
