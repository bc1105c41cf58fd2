"""Choose between two readings of a date, our grammar's and the model's (knowledge/choices.yaml)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal, NamedTuple

from dateline.model.knowledge import load
from dateline.when import Time

By = Literal["grammar", "model"]


class Choice(NamedTuple):
    """Whose reading is taken, the rule that decided it, and whether a person should review it."""

    by: By
    rule: str
    review: bool


@cache
def _rules() -> dict[str, By]:
    return load("dateline.coders", "choices.yaml", dict[str, By])


def chosen(ours: Time, theirs: tuple[dt.date, dt.date]) -> Choice:
    """Whose reading of an expression is taken; `theirs` are days that differ from ours."""
    rule = _case(ours, theirs)
    return Choice(_rules()[rule], f"differ.{rule}", True)


def _case(ours: Time, theirs: tuple[dt.date, dt.date]) -> str:
    days = ours.told or ours.stretch
    assert days is not None
    if days.start <= theirs[0] and theirs[1] <= days.end:
        return "within"
    if theirs[0] <= days.start and days.end <= theirs[1]:
        return "around"
    apart = theirs[1] < days.start or days.end < theirs[0]
    if ours.basis == "stated":
        return "stated" if apart else "overlap"
    return "apart" if apart else "overlap"
