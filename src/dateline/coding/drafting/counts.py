"""A figure as a count of an account."""

from __future__ import annotations

from dateline.howmany import Figure
from dateline.model import Count
from dateline.model.vocabulary import Party, What


def count_of(what: What, party: Party | None, number: Figure) -> Count:
    return Count(what, party, number.low, number.best, number.high, number.text, number.span)
