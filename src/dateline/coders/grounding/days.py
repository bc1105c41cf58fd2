"""Times: the words that a model quotes are read by our grammar and by the model, and one of the readings is chosen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from dateline.coders import answer
from dateline.coders.grounding.case import Case
from dateline.coders.grounding.choosing import Choice, chosen
from dateline.model import Derivation, Span, When
from dateline.model.vocabulary import BASES, TimePrecision
from dateline.when import Stretch, Time, may_tell_time, unit_around

#: How many years before and after the report its events may plausibly lie.
_LIFETIME, _AHEAD = 100, 30
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
#: Calendar units that an interval may be -> their names in the record.
_UNITS: tuple[tuple[str, TimePrecision], ...] = (
    ("D", "day"), ("WE", "weekend"), ("W", "week"), ("M", "month"), ("Y", "year"), ("E", "decade"),
)  # fmt: skip


def when_of(case: Case, row: dict[str, Any], near: list[Span], at: int) -> When | None:
    """The time of an account; None where the answer gives none, or none that the words support."""
    given = row.get("when")
    if not isinstance(given, dict):
        return None
    span = case.quote(given, near, at)
    if span is None:
        if answer.text(given, "words") or answer.text(given, "start"):
            case.drop("when")
        return None
    ours, theirs = _grammar(case, span), _told(given)
    if ours is None and theirs is None:
        case.drop("when")
        return None
    return _settled(case, given, span, ours, theirs)


def _settled(
    case: Case, given: dict[str, Any], span: Span, ours: Time | None, theirs: tuple[dt.date, dt.date] | None
) -> When:
    """The time that is taken; its derivation tells both readings where they differ."""
    choice = _choice(case, span, ours, theirs)
    grammar = ours.as_when() if ours is not None and choice.by == "grammar" else None
    text = span.of(case.report.text)
    if grammar is not None and ours is not None:
        start, end, precision = grammar.start, grammar.end, grammar.precision
    else:
        assert theirs is not None
        start, end = (day.isoformat() for day in theirs)
        precision = _precision(*theirs)
    how = Derivation(f"coders.when.{choice.rule}", _how(text, ours, theirs, choice))
    if choice.review:
        case.notes.append(f"to review: when: {how.how}")
    told = answer.word(given, "basis", BASES - {"given"})
    basis = ours.basis if ours is not None and told not in ("inherited", "inferred") else told or "relative"
    return When(start, end, precision, basis, text, span, how)  # type: ignore[arg-type]


def _choice(case: Case, span: Span, ours: Time | None, theirs: tuple[dt.date, dt.date] | None) -> Choice:
    """Whose reading is taken. Days that only the model reads are to be reviewed where the quoted words do not tell a
    time ("soldiers"), or where the days lie far from the report's own day."""
    if ours is None:
        is_bare = not may_tell_time(span.of(case.report.text), case.lang)
        return Choice("model", "model", is_bare or _is_far(case, theirs))
    if theirs is None:
        return Choice("grammar", "grammar", False)
    for days in (ours.stretch, ours.told):
        if days is not None and (days.start, days.end) == theirs:
            return Choice("grammar" if days == (ours.told or ours.stretch) else "model", "agree", False)
    return chosen(ours, theirs)


def _is_far(case: Case, days: tuple[dt.date, dt.date] | None) -> bool:
    """Do the days lie more than a century before the report, or more than 30 years after it?"""
    published = case.report.published
    if published is None or days is None:
        return False
    own = dt.date.fromisoformat(published.end).year
    return not own - _LIFETIME <= days[0].year <= days[1].year <= own + _AHEAD


def _how(text: str, ours: Time | None, theirs: tuple[dt.date, dt.date] | None, choice: Choice) -> str:
    quoted = f"'{' '.join(text.split())}'"
    model = f"the model reads {_shown(*theirs)}" if theirs is not None else "the model gives no days"
    if ours is None:
        return f"{quoted}, which our grammar does not read; {model}"
    days = ours.told or ours.stretch
    assert days is not None
    ours_reads = f"{ours.derivation.how}"
    if choice.rule == "agree":
        return f"{ours_reads}; the model reads the same"
    return f"{ours_reads}; {model}; taken: {choice.by}"


def _shown(start: dt.date, end: dt.date) -> str:
    return start.isoformat() if start == end else f"{start.isoformat()}..{end.isoformat()}"


def _grammar(case: Case, span: Span) -> Time | None:
    """The time that our grammar reads in the quoted words; of several the one that overlaps them most. None where it
    reads none, or only a duration."""
    found = [t for t in case.times if t.span.overlaps(span) and t.stretch is not None and not t.period]
    return max(found, key=lambda t: (_shared(t.span, span), -t.span.start), default=None)


def _shared(one: Span, two: Span) -> int:
    return min(one.end, two.end) - max(one.start, two.start)


def _told(given: dict[str, Any]) -> tuple[dt.date, dt.date] | None:
    """The first and last day that the model gives; None where they are no days. A month or year means all its days."""
    first, last = _days(given.get("start")), _days(given.get("end"))
    first, last = first or last, last or first
    if first is None or last is None or first.start > last.end:
        return None
    return first.start, last.end


def _days(value: Any) -> Stretch | None:
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) and value.isascii() else None
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        unit = "D" if day else "M" if month else "Y"
        return unit_around(dt.date(int(year), int(month or 1), int(day or 1)), unit)
    except (ValueError, OverflowError):
        return None


def _precision(start: dt.date, end: dt.date) -> TimePrecision:
    """The calendar unit of an interval."""
    for letter, name in _UNITS:
        try:
            unit: Stretch = unit_around(start, letter)
        except (ValueError, OverflowError):
            continue
        if (unit.start, unit.end) == (start, end):
            return name
    return "range"
