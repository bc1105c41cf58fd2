"""Two times that bound a range ("from Monday to Friday"), and times that run until the report."""

from __future__ import annotations

from dataclasses import replace

from dateline.language import Sentence
from dateline.model import Span
from dateline.when import calendar as cal
from dateline.when.calendar import Stretch
from dateline.when.context import Context
from dateline.when.grammar import Grammar
from dateline.when.times import Time

#: Units of which a report tells only the part before it, or the part after it, when they were not over.
_UNITS = ("week", "month", "season", "year", "decade")


def since_then(rules: Grammar, time: Time, lower: str, sentence: Sentence, context: Context) -> Time:
    """The time, made a range up to publication where the words say so ("since June 1")."""
    before, after = lower[: time.span.start - sentence.start], lower[time.span.end - sentence.start :]
    if time.stretch is None or time.period or context.published is None:
        return time
    if not (rules.cues.since.search(before) or rules.cues.since_after.search(after)):
        return time
    if time.stretch.start > context.published or rules.cues.since_not.search(after):
        return time
    stretch = Stretch(time.stretch.start, context.published, "range", time.value)
    return replace(time, stretch=stretch, how=f"{time.how}, and since then up to {context.published}")


def _so_far(time: Time, context: Context) -> Time:
    """The time with the part of it that the report can tell of (`told`), where it was not over at publication: up to
    publication, or from then on if the clause is about the future ("this year")."""
    stretch, now = time.stretch, context.published
    if stretch is None or now is None or context.narrative or stretch.precision not in _UNITS:
        return time
    if not stretch.start <= now < stretch.end:
        return time
    ends = (now, stretch.end) if context.future else (stretch.start, now)
    return replace(time, told=cal.days(*ends))


def with_ranges(rules: Grammar, times: list[Time], sentence: Sentence, lower: str) -> list[Time]:
    """The times, with two that bound a range joined to one ("between August 2016 and March 2017")."""
    found: list[Time] = []
    for time in times:
        last = found[-1] if found else None
        if last is not None and _is_range(rules, last, time, lower, sentence.start):
            found[-1] = _joined(last, time, sentence)
        else:
            found.append(time)
    return found


def _is_range(rules: Grammar, a: Time, b: Time, lower: str, offset: int) -> bool:
    if a.period or b.period or a.ends or b.ends or a.stretch is None or b.stretch is None:
        return False
    between = lower[a.span.end - offset : b.span.start - offset]
    before = lower[: a.span.start - offset]
    ordered = a.stretch.start <= b.stretch.end
    return ordered and bool(rules.cues.joins.fullmatch(between) and rules.cues.opens.search(before))


def _joined(a: Time, b: Time, sentence: Sentence) -> Time:
    assert a.stretch is not None and b.stretch is not None
    span = Span(a.span.start, b.span.end)
    stretch = Stretch(a.stretch.start, b.stretch.end, "range", f"{a.value}/{b.value}")
    how = f"from {_said(a)} to {_said(b)}"
    return replace(
        a, span=span, text=sentence.quote(span), value=stretch.value, stretch=stretch, how=how, anchor=None,
        ends=((a.span, a.text, a.stretch), (b.span, b.text, b.stretch)),
    )  # fmt: skip


def _said(time: Time) -> str:
    return time.how.format(time.anchor)


def _far(time: Time, context: Context) -> bool:
    """Is it a time of another year than publication? Dates after it in the paragraph belong to that year."""
    return (
        context.published is not None
        and time.stretch is not None
        and time.stretch.start.year != context.published.year
        and time.stretch.days <= 366
    )
