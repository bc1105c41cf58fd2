"""The day meant by a date that a person typed into a field or an option ("2026-11-26", "Nov 26, 2026")."""

from __future__ import annotations

import datetime as dt
import re

from dateline.language import Document
from dateline.model.errors import BadDate
from dateline.when.reading import read

#: Two numbers and a year: either number may be the month.
_EITHER = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ]\d{2,4}")

#: A longer text (in characters) is not a date.
_LONGEST = 60


def day_asked(text: str, where: str | None = None) -> str:
    """The day as YYYY-MM-DD. Raises BadDate (DL-E003) where the words do not name one day of one year, or where day
    and month could be exchanged."""
    if len(text) > _LONGEST:
        raise BadDate(f"{text[:_LONGEST]!r}... is no date.", where=where)
    try:
        return dt.datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        pass
    numbers = _EITHER.fullmatch(text.strip())
    if numbers and numbers[1] != numbers[2] and int(numbers[1]) <= 12 and int(numbers[2]) <= 12:
        raise BadDate(f"{text!r} could be two days: day and month can be exchanged.", where=where)
    day = _read(" ".join(text.split()))
    if day is None:
        raise BadDate(f"{text!r} is no date.", where=where)
    return day.isoformat()


def _read(text: str) -> dt.date | None:
    """The one day that the whole text names, else None. The text may also hold the weekday of that day."""
    document = Document.of(text)
    times = read(document, document.sentences, None)
    stretch = times[0].stretch if len(times) == 1 else None
    if stretch is None or stretch.days != 1:
        return None
    span = times[0].span
    beside = re.findall(r"\w+", text[: span.start] + " " + text[span.end :])
    weekday = f"{stretch.start:%A}".lower()
    return stretch.start if all(word.lower() in (weekday, weekday[:3]) for word in beside) else None
