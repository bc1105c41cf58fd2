"""Date an undated account by a count from another account: "three days after police raided a flat", "a week later",
"the same week"."""

from __future__ import annotations

import datetime as dt
import re

from dateline.coding.apart import set_apart
from dateline.coding.draft import Draft
from dateline.coding.drafting.hanging import OWN, distance
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import Derivation, When, types
from dateline.model.vocabulary import FACTUAL
from dateline.when import Time, unit_around

#: A count of days or weeks, as TIMEX writes it.
_DAYS = re.compile(r"P(\d+)([DW])")
#: Words that make a count inexact.
_INEXACT = re.compile(r"less|more|about|around|nearly|almost|over")
#: How much is added on both sides of a day that is counted in weeks ("three weeks after").
_LOOSE = dt.timedelta(days=3)
#: The most days of the other account: one day, or the two days of one night.
_LONGEST = 2


def counted(reading: Reading, draft: Draft, accounts: list[Draft]) -> When | None:
    """The day of an account that its sentence counts from another account with a day ("arrested three men, four days
    after they had attacked a bus")."""
    sentence = draft.first.sentence
    for time in reading.times_of(sentence):
        if _INEXACT.match(time.text.lower()):
            continue
        days = _DAYS.fullmatch(time.value) if time.rule == "a-day-after" else None
        top = _top_of(sentence, time) if days is not None else None
        if days is None or top is None:
            continue
        inside = _is_under(sentence, draft, top)
        other = _other_side(sentence, draft, accounts, time, top)
        if other is None or other.when is None or other.when.days > _LONGEST:
            continue
        before = time.text.lower().endswith(("before", "prior to", "ahead of"))
        gap = dt.timedelta(days=int(days[1]) * (7 if days[2] == "W" else 1))
        loose = _LOOSE if days[2] == "W" else dt.timedelta(0)
        return _moved(time, other.when, gap if inside == before else -gap, loose)
    return None


def _top_of(sentence: Sentence, time: Time) -> int | None:
    """The index of the word that governs what follows "days after" or "days before"."""
    last = next((t for t in reversed(sentence.tokens) if t.end <= time.span.end), None)
    if last is None or last.dep not in ("prep", "mark"):
        return None
    return sentence.head(last).i if last.dep == "mark" else last.i


def _is_under(sentence: Sentence, draft: Draft, top: int) -> bool:
    return any(m.sentence is sentence and top in set_apart(sentence, m.token) for m in draft.mentions)


def _other_side(sentence: Sentence, draft: Draft, accounts: list[Draft], time: Time, top: int) -> Draft | None:
    """The account on the other side of the count: the one with the word nearest to the count."""
    inside = _is_under(sentence, draft, top)
    told = [
        (abs(m.token.start - time.span.start), n, other)
        for n, other in enumerate(accounts)
        if other is not draft
        for m in other.mentions
        if m.sentence is sentence and (top in set_apart(sentence, m.token)) != inside
    ]
    return min(told, key=lambda row: row[:2])[2] if told else None


def _moved(time: Time, of: When, by: dt.timedelta, loose: dt.timedelta) -> When:
    start, end = (dt.date.fromisoformat(day) + by for day in (of.start, of.end))
    start, end = start - loose, end + loose
    how = Derivation(
        time.rule,
        f"'{time.text}', counted from what is dated {of.start}..{of.end} -> {start}..{end}",
        of.text,
        of.span,
    )
    days = (start.isoformat(), end.isoformat())
    return When(*days, "day" if start == end else "range", "relative", time.text, time.span, how)


def from_told(reading: Reading, draft: Draft, accounts: list[Draft]) -> When | None:
    """Date an account by the account told before it: "in the same week" is that account's week or month, and "three
    days later" is three days after it. Only where the time could not be counted, or only from the day of the report."""
    for time in reading.times_of(draft.first.sentence):
        if time.rule not in _FROM_TOLD or not _is_lost(reading, time) or not _goes_back(time):
            continue
        if distance(draft.first.sentence, draft.first, time, reading) > OWN:
            continue
        before = _told_before(draft, accounts)
        when = before.when if before is not None else None
        if when is None:
            continue
        if time.rule in _UNITS:
            return _unit_of(time, when)
        if time.stretch is not None and time.anchor is not None and when.days <= _LONGEST:
            return _moved(time, when, time.stretch.start - time.anchor.day, dt.timedelta(0))
    return None


#: Rules of the expressions that count from what was told before; _UNITS are those that name a week, month or year.
_UNITS = frozenset(("which-unit", "mod-which-unit"))
_FROM_TOLD = _UNITS | {"later", "earlier"}
_SAME = re.compile(r"\b(?:same|that)\b")
#: Most days of the other account: up to _SHORT the calendar unit around it is meant; up to _LONG its own span is taken.
_SHORT, _LONG = 7, 366


def _is_lost(reading: Reading, time: Time) -> bool:
    """Was the time not resolved, or resolved only from the day of the report?"""
    if time.stretch is None or time.anchor is None or time.anchor.span is None:
        return True
    return any(t.stamp and t.span == time.anchor.span for t in reading.times)


def _goes_back(time: Time) -> bool:
    """Does the time count from what was told before ("that week"), and not from the day of the report ("last week")?"""
    return time.rule not in _UNITS or _SAME.search(time.text.lower()) is not None


def _told_before(draft: Draft, accounts: list[Draft]) -> Draft | None:
    """The dated account told last before this one. For an account of the law it is one of the law, for a deed it is a
    deed."""
    told = [
        (m.token.start, n, other)
        for n, other in enumerate(accounts)
        if other is not draft and other.when is not None and other.status in FACTUAL and other.scope == "event"
        if (other.type in types.LAW) == (draft.type in types.LAW) and other.type not in types.INTENT
        for m in other.mentions
        if m.token.start < draft.first.token.start
    ]
    return max(told, key=lambda row: row[:2])[2] if told else None


def _unit_of(time: Time, when: When) -> When | None:
    """The week, month or year in which another time lies."""
    unit = {"XXXX-WXX": "W", "XXXX-XX": "M", "XXXX": "Y"}.get(time.value)
    if unit is None or when.days > _LONG:
        return None
    start, end, precision = when.start, when.end, when.precision
    if when.days <= _SHORT:
        days = unit_around(dt.date.fromisoformat(start), unit)
        start, end, precision = days.start.isoformat(), days.end.isoformat(), days.precision
    how = Derivation(time.rule, f"'{time.text}', that of {when.start}..{when.end}", when.text, when.span)
    return When(start, end, precision, "relative", time.text, time.span, how)
