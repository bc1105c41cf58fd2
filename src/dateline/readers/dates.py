"""Publication dates as callers and files give them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.model import Report, When


def given(date: str) -> When:
    """A publication date that was given; raises ValueError where it is no ISO date (a time after it is dropped)."""
    day = dt.date.fromisoformat(date.strip()[:10]).isoformat()
    return When(day, day, "day", "given")


def given_day(date: str | None) -> When | None:
    """The same where there may be none."""
    return given(date) if date else None


def dated(report: Report, when: When | None) -> Report:
    """A report with the day that was given for those that bring none."""
    return replace(report, published=when) if report.published is None and when is not None else report
