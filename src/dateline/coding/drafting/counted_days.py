"""The day of a happening that the text counts from another one ("came a day after three officers were killed")."""

from __future__ import annotations

import datetime as dt

from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import Derivation, When
from dateline.what import Mention
from dateline.when import Time


def counted_from_event(reading: Reading, mention: Mention) -> When | None:
    """The day of a mention that stands behind a count such as "a day after" ("a day after three officers were killed").
    None where no such count stands before it."""
    sentence = mention.sentence
    for time in reading.times:
        if time.sentence != sentence.index or time.rule != "a-day-after" or time.span.end > mention.token.start:
            continue
        between = [
            m
            for m in reading.mentions
            if m.sentence is sentence
            and time.span.end <= m.token.start < mention.token.start
            and m.cause is None
            and mention.cause is not m
        ]
        if any(_is_main(m, time) for m in reading.mentions if m.sentence is sentence):
            continue  # its own day is what this one is counted from (dating/counted.py)
        number, unit = _span_of(time.value)
        anchor = _story_anchor(reading, sentence, time)
        if between or number is None or anchor is None:
            continue
        sign = -1 if time.text.lower().endswith(("after", "following")) else 1
        day = anchor + sign * dt.timedelta(days=number * (7 if unit == "W" else 1))
        return When(
            day.isoformat(),
            day.isoformat(),
            "day",
            "relative",
            time.text,
            time.span,
            Derivation(time.rule, f"'{time.text}', counted from {anchor.isoformat()} -> {day.isoformat()}"),
        )
    return None


def _is_main(mention: Mention, time: Time) -> bool:
    """Is the mention told before the count, and as news? A pointer at what was told before ("the raid came a day
    after") is not."""
    return mention.token.end <= time.span.start and not (mention.nominal and mention.definite)


def _span_of(value: str) -> tuple[int | None, str]:
    digits, unit = value[1:-1], value[-1:]
    return (int(digits), unit) if digits.isdigit() and unit in "DW" else (None, unit)


def _story_anchor(reading: Reading, sentence: Sentence, time: Time) -> dt.date | None:
    """The day from which "a day after" counts. Where the sentence points back at the report's own happening ("the
    operation came a day after"), it is the report's first day, else the day named last before."""
    days = [
        t.stretch.start
        for t in reading.times
        if t.sentence < sentence.index
        and t.stretch
        and t.stretch.precision == "day"
        and not t.caption
        and reading.document.sentences[t.sentence].kind != "dateline"
    ]
    if not days:
        return None
    subject = next(
        (m for m in reading.mentions if m.sentence is sentence and m.nominal and m.token.end <= time.span.start),
        None,
    )
    return days[0] if subject is not None and subject.definite else days[-1]
