"""Which reading of a date holds where our grammar and the model differ (knowledge/choices.yaml)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal, NamedTuple

from dateline.model.knowledge import load
from dateline.when import Time

By = Literal["grammar", "model"]


class Choice(NamedTuple):
    """Whose reading holds, the rule that says so, and whether somebody should look at it."""

    by: By
    rule: str
    review: bool


@cache
def _rules() -> dict[str, By]:
    return load("dateline.coders", "choices.yaml", dict[str, By])


def chosen(ours: Time, theirs: tuple[dt.date, dt.date]) -> Choice:
    """Whose reading of one expression holds; `theirs` are other days than ours."""
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
