"""When an undated report appeared: the date that it states for itself, else an interval inferred from its contents.

A header, dateline or stamp states the date. Without one, bounds are gathered: dates that the report reports lie before
it, dates that it expects lie after it, and known happenings (knowledge/landmarks.yaml) fix "last month" and "last year"
on the calendar. The date of a caption only bounds from below. Nothing is inferred where the bounds leave more than a
season, or where there is no upper bound, as a report about a day may appear on any day after it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.language import Document, Sentence
from dateline.model import Derivation, Span, When
from dateline.model.knowledge import load
from dateline.when import calendar as cal
from dateline.when.context import Context
from dateline.when.grammar import Grammar, grammar
from dateline.when.reading import read_sentence
from dateline.when.stamps import BYLINE as _BYLINE
from dateline.when.stamps import is_byline, is_dateline
from dateline.when.times import Time

#: How many of the first sentences of a report, and of the last, may state its date.
_HEAD, _FOOT = 4, 3
#: The longest interval worth stating.
_WIDEST = dt.timedelta(days=92)
#: A day without a year is put in the year that brings it nearest to the known bound.
_HALF_YEAR = dt.timedelta(days=183)
#: How long "days after" or "just days after" may be: at least and at most.
_DAYS_AFTER = (dt.timedelta(days=1), dt.timedelta(days=10))


class _LandmarkForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    words: list[list[str]]
    date: str | list[str]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound: publication was not before `low` and not after `high`. With the words that say so."""

    low: dt.date | None
    high: dt.date | None
    span: Span
    text: str
    why: str
    weight: int = 0


def publication(document: Document, infer: bool = True, language: str = "en") -> When | None:
    """The interval of days in which the report appeared, with its basis and words; None where it cannot be told.

    With `infer` false only a date that the report states for itself counts, which is cheap.
    """
    rules = grammar(language)
    return _stated(rules, document) or (_inferred(rules, document) if infer else None)


# ---------------------------------------------------------------- what the report says of itself


def _stated(rules: Grammar, document: Document) -> When | None:
    sentences = document.sentences
    lead = next((s.index for s in sentences if s.kind == "body"), 0)
    for sentence in [*sentences[:_HEAD], *sentences[max(_HEAD, len(sentences) - _FOOT) :]]:
        for time in _times(rules, sentence) if _FULL.search(sentence.text) else ():
            if time.stretch is None or time.stretch.precision != "day" or time.basis != "stated":
                continue
            if _dates_the_report(rules, sentence, time, opens=sentence.index in (0, lead)):
                when = time.as_when()
                assert when is not None
                how = Derivation(time.rule, f"'{time.text}', the report's own date -> {when.start}")
                return When(when.start, when.end, "day", "stated", when.text, when.span, how)
    return None


def _dates_the_report(rules: Grammar, sentence: Sentence, time: Time, opens: bool) -> bool:
    """Is a date the report's own: stamped, alone on its line, or in the dateline or byline of its first sentence?"""
    at, end = time.span.start - sentence.start, time.span.end - sentence.start
    before, after = sentence.text[:at], sentence.text[end:]
    if rules.cues.stamp.search(rules.lowered(before)) or _alone(sentence, time) or sentence.kind == "dateline":
        return True
    head = sentence.index < _HEAD and len(before) <= _BYLINE
    opens = opens or (head and not before.strip())
    return (opens and is_dateline(before, after)) or (head and is_byline(before, after))


#: A date stated in full has a year, or figures side by side ("3 May 2024", "3/5/24", "3 May 24", "May 3, '24").
_FULL = re.compile(r"\d{4}|\d\s?[/.-]\s?\d|\d\s+[^\W\d]+\.?,?\s+\d\d|\d,?\s+['’]?\d\d\b")


def _times(rules: Grammar, sentence: Sentence) -> list[Time]:
    return read_sentence(rules, sentence, Context(None))


def _alone(sentence: Sentence, time: Time) -> bool:
    """Is it on a line of its own, with little else, at the head of the report?"""
    return sentence.kind == "heading" and sentence.index <= 3 and len(sentence.text) <= len(time.text) + 22


# ---------------------------------------------------------------- what its contents allow


def _inferred(rules: Grammar, document: Document) -> When | None:
    timed = [(s, _times(rules, s)) for s in document.sentences]
    bounds = [b for s, times in timed for b in _bounds(rules, s, times)]
    fixed = [b for b in bounds if b.low or b.high]
    low, high, basis = _narrowed(fixed)
    if low is None:
        return None
    low, high, basis = _with_yearless(rules, document, bounds, low, high, basis)
    if high is None or basis is None or not low <= high or high - low > _WIDEST:
        return None
    how = Derivation("publication", f"between {low.isoformat()} and {high.isoformat()}: {basis.why}")
    precision = "day" if low == high else "range"
    return When(low.isoformat(), high.isoformat(), precision, "inferred", basis.text, basis.span, how)  # type: ignore[arg-type]


def _narrowed(bounds: list[_Bound]) -> tuple[dt.date | None, dt.date | None, _Bound | None]:
    """The intersection of the bounds (lowest day, highest day, the bound that decided). Bounds of more weight come
    first; one that contradicts those before it is dropped."""
    low: dt.date | None = None
    high: dt.date | None = None
    basis: _Bound | None = None
    for bound in sorted(bounds, key=lambda b: (-b.weight, b.span)):
        new_low = max(filter(None, (low, bound.low)), default=None)
        new_high = min(filter(None, (high, bound.high)), default=None)
        if new_low and new_high and new_low > new_high:
            continue
        if (new_low, new_high) != (low, high):
            basis = basis if basis and basis.high and not bound.high else bound
        low, high = new_low, new_high
    return low, high, basis


def _bounds(rules: Grammar, sentence: Sentence, times: list[Time]) -> Iterator[_Bound]:
    lower = rules.lowered(sentence.text)
    for time in times:
        if time.stretch is not None and time.basis == "stated" and not time.period and "E" not in time.value:
            weight = 0 if sentence.kind == "caption" or time.stretch.precision != "day" else 1
            if (
                not rules.cues.ahead.search(lower)
                and time.stretch.start.year > 1900
                and time.stretch.precision in ("day", "month")
            ):
                yield _Bound(time.stretch.start, None, time.span, time.text, f"'{time.text}' is reported", weight)
    for words, landmark in _landmarks():
        # Most sentences name no landmark, so this cheap test comes first.
        for word in words:
            if word in lower:
                yield from _landmark_bounds(landmark, sentence, lower)
                break


@cache
def _landmarks() -> list[tuple[tuple[str, ...], _LandmarkForm]]:
    """The landmarks, each with its first group of words: a sentence that names the landmark holds one of them."""
    return [(tuple(one.words[0]), one) for one in load("dateline.when", "landmarks.yaml", list[_LandmarkForm])]


def _landmark_bounds(landmark: _LandmarkForm, sentence: Sentence, lower: str) -> Iterator[_Bound]:
    if not all(any(word in lower for word in group) for group in landmark.words):
        return
    at = [min(lower.find(w) for w in group if w in lower) for group in landmark.words]
    tie = re.search(
        r"\b(last|this) (month|year|week|january|february|march|april|may|june|july|august|september"
        r"|october|november|december)\b|\b(?:just |a few )?days after\b",
        lower,
    )
    first = sentence.start + at[0]
    end = first + len(re.match(r"[\w'’/-]+\.?", sentence.text[at[0] :]).group())  # type: ignore[union-attr]
    span = Span(sentence.start + tie.start(), sentence.start + tie.end()) if tie else Span(first, end)
    text = sentence.quote(span)
    if isinstance(landmark.date, str) and len(landmark.date) == 5:
        if tie and tie.group(2) == "month":
            yield _Bound(None, None, span, text, f"'{text}' is the month of {landmark.date}")
        return
    days = [landmark.date] * 2 if isinstance(landmark.date, str) else landmark.date
    start, finish = (dt.date.fromisoformat(d) for d in days)
    why = f"'{text}' of the {landmark.name} ({start.isoformat()})" if tie else f"the {landmark.name} is reported"
    low, high = _tied(tie, start, finish)
    yield _Bound(low, high, span, text, why, 2 if tie else 0)


def _tied(tie: re.Match[str] | None, start: dt.date, finish: dt.date) -> tuple[dt.date, dt.date | None]:
    """The bounds for publication (lowest, highest) that "last month", "last June" or "days after" set for a known
    day."""
    if tie is None:
        return finish, None
    word = tie.group(2)
    if word is None:
        return finish + _DAYS_AFTER[0], finish + _DAYS_AFTER[1]
    if word == "month":
        following = cal.shift_month(cal.month(start.year, start.month), 1 if tie.group(1) == "last" else 0)
        return max(following.start, finish), following.end
    if word == "year":
        following = cal.year(start.year + (tie.group(1) == "last"))
        return max(following.start, finish), following.end
    if word == "week":
        following = cal.week(start + dt.timedelta(weeks=1 if tie.group(1) == "last" else 0))
        return max(following.start, finish), following.end
    return finish, cal.shift_month(cal.month(start.year, start.month), 12).end


def _with_yearless(
    rules: Grammar,
    document: Document,
    bounds: list[_Bound],
    low: dt.date,
    high: dt.date | None,
    basis: _Bound | None,
) -> tuple[dt.date, dt.date | None, _Bound | None]:
    """The bounds, narrowed by days without a year now that the year is known: days that are reported lie before
    publication, days that are expected lie after it."""
    for bound, ahead in _yearless(rules, document, low):
        assert bound.low is not None
        if ahead and (high is None or bound.low <= high):
            high, basis = bound.low, bound
            if rules.cues.coincides.search(bound.why):
                low = max(low, high - dt.timedelta(days=3))
        elif not ahead and (high is None or bound.low <= high) and low <= bound.low:
            low = max(low, bound.low)
    month = _tied_month(bounds, low)
    if month is not None and (high is None or (month.low and month.low <= high)):
        low, basis = max(low, month.low or low), month
        high = min(filter(None, (high, month.high)), default=None)
    return low, high, basis


def _yearless(rules: Grammar, document: Document, low: dt.date) -> Iterable[tuple[_Bound, bool]]:
    found: list[tuple[_Bound, bool]] = []
    for sentence in document.sentences:
        if sentence.kind == "caption":
            continue
        lower = rules.lowered(sentence.text)
        for time in read_sentence(rules, sentence, Context(low + dt.timedelta(days=366))):
            if time.rule not in ("month-day", "day-month") or time.stretch is None:
                continue
            ahead = bool(rules.cues.ahead.search(lower))
            day = time.stretch.start
            day = day.replace(year=low.year) if (day.month, day.day) != (2, 29) else day
            if day < low - _HALF_YEAR:
                day = cal.shift_month(cal.month(day.year, day.month), 12).start.replace(day=min(day.day, 28))
            if day < low:
                continue
            why = f"'{time.text}' is {'expected' if ahead else 'reported'}"
            if ahead and rules.cues.coincides.search(lower):
                why += " and coincides"
            found.append((_Bound(day, None, time.span, time.text, why), ahead))
    # Days that are expected come first, as they bound from above.
    return sorted(found, key=lambda row: (not row[1], row[0].low))


def _tied_month(bounds: list[_Bound], low: dt.date) -> _Bound | None:
    """The days that "last month" allows for publication where it is said of a day that comes every year; else None."""
    for bound in bounds:
        match = re.search(r"the month of (\d\d)-", bound.why)
        if match and bound.low is None:
            following = cal.shift_month(cal.month(low.year, int(match.group(1))), 1)
            if following.end < low:
                following = cal.shift_month(following, 12)
            return _Bound(max(low, following.start), following.end, bound.span, bound.text, bound.why)
    return None
