"""Publication dates as callers and files give them."""

from __future__ import annotations

import datetime as dt

from dateline.model import When


def given(date: str) -> When:
    """A publication date that was given; raises ValueError where it is no ISO date (a time after it is dropped)."""
    day = dt.date.fromisoformat(date.strip()[:10]).isoformat()
    return When(day, day, "day", "given")
