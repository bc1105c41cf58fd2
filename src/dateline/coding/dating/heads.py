"""Date the items of a chronicle by the day at their head ("Case 4. Kobo, 7 October, 4 p.m. Gunmen attacked a bus.")."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.model import When
from dateline.model.vocabulary import FACTUAL
from dateline.when import Time

#: The most characters of a head before its day; it may hold only names and numbers (_NAMES).
_LENGTH = 60
_NAMES = re.compile(r"(?:(?:[^\W\d_a-z][\w'’.-]*+|\d++|(?:de|la|el|al|and)\b)[\s,.:;()|#–—-]*+)*+")
_PREPOSITION = re.compile(r"\b(?:on|in|at|since|from|by|of|until|after|before)\s*$", re.IGNORECASE)
_ENDS = re.compile(r"(?<!\s)\s*+(?:[.,:;|)–—-]|$)")
#: At least so many lines with such heads make a chronicle.
_SEVERAL = 2


def of_head(reading: Reading, draft: Draft) -> When | None:
    """The day at the head of its line, where several lines of the report have such heads."""
    if draft.scope == "rollup" or draft.status not in FACTUAL:
        return None
    heads = {line: time for time in reversed(reading.times) if (line := _line_of(reading, time)) is not None}
    line = _line_start(reading, draft.trigger.start)
    time = heads.get(line)
    if time is None or len(heads) < _SEVERAL or time.span.start > draft.trigger.start:
        return None
    when = time.as_when()
    return None if when is None else replace(when, basis="inferred")


def _line_start(reading: Reading, at: int) -> int:
    return reading.report.text.rfind("\n", 0, at) + 1


def _line_of(reading: Reading, time: Time) -> int | None:
    """The start of the line that has this time at its head; None where the time is not a head."""
    text, start = reading.report.text, _line_start(reading, time.span.start)
    if time.stretch is None or time.stretch.days != 1 or time.stamp or time.period or time.weak:
        return None
    before, after = text[start : time.span.start], text[time.span.end :].split("\n", 1)[0]
    named = len(before) <= _LENGTH and _NAMES.fullmatch(before) and not _PREPOSITION.search(before)
    return start if named and _ENDS.match(after) else None
