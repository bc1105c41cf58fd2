"""A document's times, in the order of the text: each is resolved against what was said before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dateline.language import Document, Sentence
from dateline.model import Span
from dateline.when.calendar import Stretch
from dateline.when.context import Context, Made
from dateline.when.grammar import Found, Grammar, grammar
from dateline.when.making import MAKERS
from dateline.when.times import Time

_FUTURE = re.compile(
    r"\b(?:will|shall|'ll|would|is to|are to|was to|were to|due to|set to|scheduled|plans? to|expected to|expects? to|"
    r"upcoming|forthcoming|going to|ahead of|until|deadline)\b"
)
_STORY_YEARS = 3
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


def lowered(text: str) -> str:
    """Lower case, letter for letter."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_narrative(document: Document, published: dt.date | None) -> bool:
    """Does the report tell of other years throughout? Half of its dates with a year lie more than a year away."""
    years = [int(y) for s in document.sentences for y in _YEAR.findall(s.text)]
    if published is None or len(years) < _STORY_YEARS:
        return False
    words = sum(len(s.text.split()) for s in document.sentences)
    far = [y for y in years if abs(y - published.year) > 1]
    # A retrospect in the news has a year here and there; a history has one every few sentences and little else.
    return len(far) >= 0.8 * len(years) and len(years) * 400 >= words and len(years) >= 6


def read(
    document: Document,
    sentences: Iterable[Sentence],
    published: dt.date | None,
    language: str = "en",
) -> list[Time]:
    """The times in the given sentences of a document (in order), resolved; never raises on any text."""
    rules = grammar(language)
    context = Context(published, narrative=is_narrative(document, published))
    last_paragraph = -1
    times: list[Time] = []
    for sentence in sentences:
        context.explicit = context.explicit and sentence.paragraph == last_paragraph
        last_paragraph = sentence.paragraph
        found = read_sentence(rules, sentence, context)
        times.extend(found)
    return times


def read_sentence(rules: Grammar, sentence: Sentence, context: Context) -> list[Time]:
    """The times of one sentence; the context moves on."""
    lower = lowered(sentence.text)
    found = rules.find(lower)
    if not found:
        return []
    context.caption_year = _caption_year(lower) if sentence.kind == "caption" else None
    times = []
    for one in found:
        context.future = _looks_forward(lower, one.start)
        time = _resolved(one, sentence, context)
        if time is None:
            continue
        times.append(_since(time, lower, sentence, context))
        if time.stretch is not None and not time.period and sentence.kind != "caption" and _refers(one):
            context.speak_of(time.stretch, time.text)
            context.explicit = context.explicit or (time.basis == "stated" and _far(time, context))
    return _ranges(times, sentence, lower)


def _since(time: Time, lower: str, sentence: Sentence, context: Context) -> Time:
    """ "since June 1": from then until publication."""
    before = lower[: time.span.start - sentence.start]
    if time.stretch is None or time.period or context.published is None or not re.search(r"\bsince (?:the )?$", before):
        return time
    if time.stretch.start > context.published or lower[time.span.end - sentence.start :].startswith(", when"):
        return time
    stretch = Stretch(time.stretch.start, context.published, "range", time.value)
    return replace(time, stretch=stretch, how=f"{time.how}, and since then up to {context.published}")


_RANGE = re.compile(r"\s*(?:and|to|until|till|through|-|–|—)\s*(?:the\s+)?$")
_RANGE_OPENS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$")


def _ranges(times: list[Time], sentence: Sentence, lower: str) -> list[Time]:
    """ "between August 2016 and March 2017": two times that bound one."""
    found: list[Time] = []
    for time in times:
        last = found[-1] if found else None
        if last is not None and _is_range(last, time, lower, sentence.start):
            found[-1] = _joined(last, time, sentence)
        else:
            found.append(time)
    return found


def _is_range(a: Time, b: Time, lower: str, offset: int) -> bool:
    if (
        a.stretch is None
        or b.stretch is None
        or a.period
        or b.period
        or a.ends
        or b.ends
        or a.stretch.start > b.stretch.end
    ):
        return False
    between = lower[a.span.end - offset : b.span.start - offset]
    return bool(_RANGE.fullmatch(between) and _RANGE_OPENS.search(lower[: a.span.start - offset]))


def _joined(a: Time, b: Time, sentence: Sentence) -> Time:
    assert a.stretch is not None and b.stretch is not None
    span = Span(a.span.start, b.span.end)
    stretch = Stretch(a.stretch.start, b.stretch.end, "range", f"{a.value}/{b.value}")
    text = sentence.text[span.start - sentence.start : span.end - sentence.start]
    return replace(
        a, span=span, text=text, value=stretch.value, stretch=stretch, how=f"from {a.how} to {b.how}",
        ends=((a.span, a.text, a.stretch), (b.span, b.text, b.stretch)),
    )  # fmt: skip


def _far(time: Time, context: Context) -> bool:
    """A stated year other than that of publication: what follows in the paragraph belongs to it."""
    return (
        context.published is not None
        and time.stretch is not None
        and time.stretch.start.year != context.published.year
        and time.stretch.days <= 366
    )


def _refers(found: Found) -> bool:
    return found.rule.make not in (
        "decade",
        "century",
        "holiday",
        "reference",
        "last_n",
        "recent",
        "clock",
        "that_time",
    )


def _caption_year(lower: str) -> int | None:
    years = _YEAR.findall(lower)
    return int(years[0]) if years else None


def _looks_forward(lower: str, at: int) -> bool:
    """Is the verb around the expression about the future? Looked for in the clause before it, then after."""
    start = max(lower.rfind(mark, 0, at) for mark in (",", ";", ":", "—", " - ")) + 1
    return bool(_FUTURE.search(lower[max(start, at - 90) : at + 60]))


def _resolved(found: Found, sentence: Sentence, context: Context) -> Time | None:
    make: Callable[[Found, Context], Made | None] = MAKERS[found.rule.make]
    try:
        made = make(found, context)
    except (ValueError, OverflowError):  # no such day: 31 June, year 0, beyond the calendar
        return None
    if made is None:
        return None
    span = _trimmed(sentence, found.start, found.end)
    text = sentence.text[span.start - sentence.start : span.end - sentence.start]
    return Time(
        span=span,
        text=text,
        value=made.value,
        stretch=made.stretch,
        basis=made.basis,
        rule=found.rule.name,
        how=made.how,
        sentence=sentence.index,
        period=made.period,
        weak=found.rule.weak,
        caption=sentence.kind == "caption",
        ends=_ends(found, made, sentence, span),
    )


def _ends(found: Found, made: Made, sentence: Sentence, whole: Span) -> tuple[tuple[Span, str, Stretch], ...]:
    """Where the ends of a range stand; the last end runs to the end of the expression."""
    if not made.ends:
        return ()
    (first, first_days), (second, last_days) = made.ends
    a, b = (sentence.start + at for at in found.offsets[first])
    later = [at for name, (at, _) in found.offsets.items() if sentence.start + at > b and name != "sep"]
    c = sentence.start + (found.offsets[second][0] if second else min(later, default=b - sentence.start))
    spans = (Span(whole.start if first != "day" else min(a, whole.start), b), Span(c, whole.end))
    text = sentence.text
    return tuple(
        (span, text[span.start - sentence.start : span.end - sentence.start], days)
        for span, days in zip(spans, (first_days, last_days), strict=True)
        if span.start < span.end
    )


def _trimmed(sentence: Sentence, start: int, end: int) -> Span:
    """Without prepositions and blanks at its ends: they help to find a time and are no part of it."""
    match = re.match(r"(?:(?:at|on|in|by|over|during|through|from)\s+|\s+)+", sentence.text[start:end], re.IGNORECASE)
    start += match.end() if match else 0
    while end > start and (sentence.text[end - 1].isspace() or sentence.text[end - 1] in ",;"):
        end -= 1
    return Span(sentence.start + start, sentence.start + end)


def outermost(times: Sequence[Time]) -> list[Time]:
    """The times that name days."""
    return [t for t in times if t.stretch is not None and not t.period]
