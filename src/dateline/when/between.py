"""The times of a report of which only an interval of days of publication is known.

Each time is read twice, counted from the first and from the last day of the interval, and made one range.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from dateline.language import Document, Sentence
from dateline.model import When
from dateline.when.calendar import Stretch
from dateline.when.reading import read
from dateline.when.times import Time

#: Two readings that lie farther apart are of different years ("May 3"), and not one day that is unsure.
_HALF_YEAR = dt.timedelta(days=183)
#: A range of more days ("a few days ago") is vague already and is not widened. Two days, as a night has two.
_NIGHT = 2


def times_of(
    document: Document, sentences: Iterable[Sentence], published: When | None, language: str = "en"
) -> list[Time]:
    """The times in the given sentences (in order), resolved; never raises on any text.

    A time that depends on the day of publication becomes a range ("on Friday" in a report of some day from the 3rd to
    the 17th: from the first of these Fridays to the last). Raises BadKnowledge (DL-E004) where the language has no
    grammar (see `languages`).
    """
    sentences = list(sentences)
    if published is None:
        return read(document, sentences, None, language)
    start, end = dt.date.fromisoformat(published.start), dt.date.fromisoformat(published.end)
    times = read(document, sentences, end, language, published.span)
    if start == end:
        return times
    earlier = {t.span: t for t in read(document, sentences, start, language, published.span)}
    return [_between(earlier.get(t.span), t) for t in times]


def _between(early: Time | None, late: Time) -> Time:
    """One time as a range from its earliest reading to its latest."""
    if early is None or early.stretch is None or late.stretch is None or early.stretch == late.stretch:
        return late
    if late.stretch.precision == "range" and late.stretch.days > _NIGHT:
        return late
    if early.rule != late.rule or not dt.timedelta(0) <= late.stretch.start - early.stretch.start < _HALF_YEAR:
        return late
    value = f"{early.value}/{late.value}"
    stretch = Stretch(early.stretch.start, max(early.stretch.end, late.stretch.end), "range", value)
    return replace(late, value=value, stretch=stretch, how=f"{late.how}, for the report's own day is not sure")
