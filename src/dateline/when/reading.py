"""The times of a document, in the order of the text. Each is resolved against what was said before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from dateline.language import Document, Sentence
from dateline.model import Span
from dateline.when.calendar import Stretch
from dateline.when.context import Anchor, Context, Made
from dateline.when.grammar import Found, Grammar, grammar
from dateline.when.making import MAKERS
from dateline.when.ranges import _far, _so_far, since_then, with_ranges
from dateline.when.stamps import is_dateline, is_dateline_with_colon
from dateline.when.times import Time

_STORY_YEARS = 3
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:[12]\d)?\d\d(?![\d/-]|\.\d)")
_INCIDENT = re.compile(r"(?<!\s)\s*+\d\d/\d\d/\d{4}:")
_CLAUSE_ENDS = (",", ";", ":", "—", " - ", "،")
#: Makers of times from which nothing is counted ("the next day" is not the day after "the 1990s").
_NO_REFERENCE = frozenset("decade century holiday reference last_n recent clock that_time".split())
#: A bare year moves the story if it is at most so many years after the story's, or stands within so many characters of
#: the start of its sentence.
_NEAR_YEARS, _OPENING = 2, 12
#: A report appears at most so long after the day of its dateline.
_FRESH = dt.timedelta(days=2)


def is_narrative(document: Document, published: dt.date | None) -> bool:
    """Does the report tell of other years throughout? At least 80 per cent of the years that it names must be more than
    a year away from publication, and it must name at least six, one in 400 words or more often."""
    years = [int(y) for s in document.sentences for y in _YEAR.findall(s.text)]
    if published is None or len(years) < _STORY_YEARS:
        return False
    words = sum(len(s.text.split()) for s in document.sentences)
    far = [y for y in years if abs(y - published.year) > 1]
    # A news report that looks back names a year here and there; a history names one every few sentences.
    return len(far) >= 0.8 * len(years) and len(years) * 400 >= words and len(years) >= 6


def read(
    document: Document,
    sentences: Iterable[Sentence],
    published: dt.date | None,
    language: str = "en",
    published_span: Span | None = None,
) -> list[Time]:
    """The times in the given sentences of a document (in order), resolved; never raises on any text.

    `published` is the day of publication where it is known, `published_span` where the report says it. Raises
    BadKnowledge (DL-E004) where the language has no grammar (see `languages`).
    """
    rules = grammar(language)
    context = Context(published, published_span, is_narrative(document, published), day_first(document))
    last_paragraph = -1
    lead = next((s.index for s in document.sentences if s.kind == "body"), 0)
    times: list[Time] = []
    for sentence in sentences:
        context.explicit = context.explicit and sentence.paragraph == last_paragraph
        last_paragraph = sentence.paragraph
        opens = sentence.index in (0, lead)
        before = replace(context)
        found = [_stamped(t, sentence, opens, context) for t in read_sentence(rules, sentence, context)]
        written = _written(found, sentence, published) if opens else None
        if written is not None and written.stretch is not None:
            context = before.written_on(written.stretch.start, written.span)
            found = [_stamped(t, sentence, opens, context) for t in read_sentence(rules, sentence, context)]
        times.extend(found)
    # "At that time" and "former" name no time in the news, but they may in a story.
    return times if context.narrative else [t for t in times if not t.weak]


def _stamped(time: Time, sentence: Sentence, opens: bool, context: Context) -> Time:
    """The time, marked as a stamp if it is the report's own date: in the dateline of its first sentence, or the words
    that date the report."""
    if time.stretch is None or time.stretch.days != 1:
        return time
    before = sentence.text[: time.span.start - sentence.start]
    after = sentence.text[time.span.end - sentence.start :]
    body = sentence.kind in ("body", "dateline")
    own = context.published_span is not None and context.published_span.overlaps(time.span)
    of_dateline = is_dateline(before, after) or (
        _is_fresh(time, context.published) and is_dateline_with_colon(before, after)
    )
    return replace(time, stamp=body and (own or (opens and time.basis != "inferred" and of_dateline)))


def _written(found: list[Time], sentence: Sentence, published: dt.date | None) -> Time | None:
    """The time of a dateline that is a few days older than its report, else None. "Today" is then the day of the
    dateline."""
    first = found[0] if found else None
    if first is None or first.stretch is None or first.stretch.start == published or not _is_fresh(first, published):
        return None
    return first if first.stamp or sentence.kind == "dateline" else None


def _is_fresh(time: Time, published: dt.date | None) -> bool:
    """Is it the day on which the report appeared, or one of the two days before?"""
    if time.stretch is None or time.stretch.days != 1 or published is None:
        return False
    return dt.timedelta(0) <= published - time.stretch.start <= _FRESH


def day_first(document: Document) -> bool | None:
    """Does the report put the day first in numeric dates? Dates that can be read in one way only tell, else the form of
    its head ("05/03/2017: Assailants ...": databases of incidents put the month first). None where nothing tells."""
    orders = set()
    for sentence in document.sentences:
        for first, second in _NUMERIC.findall(sentence.text):
            if 12 < int(first) <= 31 and int(second) <= 12:
                orders.add(True)
            elif 12 < int(second) <= 31 and int(first) <= 12:
                orders.add(False)
    if not orders and document.sentences and _INCIDENT.match(document.sentences[0].text):
        return False
    return orders.pop() if len(orders) == 1 else None


def read_sentence(rules: Grammar, sentence: Sentence, context: Context) -> list[Time]:
    """The times of one sentence. Changes the context."""
    lower = rules.lowered(sentence.text)
    found = rules.find(lower)
    if not found:
        return []
    context.caption_year = _caption_year(lower) if sentence.kind == "caption" else None
    times = []
    for one in found:
        clause = _clause(lower, one.start)
        context.future = bool(rules.cues.future.search(clause)) and not rules.cues.stopped.search(clause)
        context.meant = bool(rules.cues.meant.search(clause))
        context.foreseen = bool(rules.cues.foreseen.search(lower[: one.start]))
        time = _resolved(rules, one, sentence, context)
        if time is None:
            continue
        times.append(_so_far(since_then(rules, time, lower, sentence, context), context))
        if time.stretch is not None and not time.period and sentence.kind != "caption" and _refers(one):
            aside = _is_aside(rules, time, lower, sentence, context)
            context.speak_of(Anchor(time.stretch, time.text, time.span), aside)
            context.explicit = context.explicit or (not aside and time.basis == "stated" and _far(time, context))
    return with_ranges(rules, times, sentence, lower)


def _is_aside(rules: Grammar, time: Time, lower: str, sentence: Sentence, context: Context) -> bool:
    """Is a time told in passing, so that the story does not move there? Such are times in brackets, times of
    background, and bare years ("the 1801 treaty", "found in 2004")."""
    if sentence.kind == "heading":
        return False
    assert time.stretch is not None
    at, end = time.span.start - sentence.start, time.span.end - sentence.start
    before = lower[:at]
    in_passing = before.rfind("(") > before.rfind(")") or rules.cues.background.search(before)
    if in_passing and not context.narrative and time.basis == "stated":
        return True
    if context.story is None or time.stretch.precision != "year":
        return False
    if before.rstrip().endswith("(") and lower[end : end + 1] == ")":
        return True
    ahead = time.stretch.start.year - context.story.day.year
    return not 0 <= ahead <= _NEAR_YEARS and at > _OPENING


def _refers(found: Found) -> bool:
    return found.rule.make not in _NO_REFERENCE


def _caption_year(lower: str) -> int | None:
    years = _YEAR.findall(lower)
    return int(years[0]) if years else None


def _clause(lower: str, at: int) -> str:
    """The words of the clause around an expression that say whether it lies ahead: at most 90 characters before its
    start and 60 after."""
    start = max(lower.rfind(mark, 0, at) for mark in _CLAUSE_ENDS) + 1
    end = min((e for mark in _CLAUSE_ENDS if (e := lower.find(mark, at)) > 0), default=len(lower))
    return lower[max(start, at - 90) : min(end, at + 60)]


#: Names of months that are everyday words, too: in small letters they are those words, unless all text is so written.
_ALSO_WORDS = re.compile(r"\b(?:may|march)\b")


def _resolved(rules: Grammar, found: Found, sentence: Sentence, context: Context) -> Time | None:
    if sentence.case == "mixed" and _ALSO_WORDS.search(sentence.text, found.start, found.end):
        return None
    try:
        made = MAKERS[found.rule.make](found, context)
    except (ValueError, OverflowError):  # no such day: 31 June, year 0, beyond the calendar
        return None
    if made is None:
        return None
    span = _trimmed(rules, sentence, found.start, found.end)
    return Time(
        span=span,
        text=sentence.quote(span),
        value=made.value,
        stretch=made.stretch,
        basis=made.basis,
        rule=found.rule.name,
        how=made.how,
        sentence=sentence.index,
        anchor=made.anchor,
        period=made.period,
        weak=found.rule.weak,
        caption=sentence.kind == "caption",
        ends=_ends(found, made, sentence, span),
    )


def _ends(found: Found, made: Made, sentence: Sentence, whole: Span) -> tuple[tuple[Span, str, Stretch], ...]:
    """The two ends of a range, each with its span, words and days. The last end runs to the end of the expression."""
    if not made.ends:
        return ()
    (first, first_days), (second, last_days) = made.ends
    a, b = (sentence.start + at for at in found.offsets[first])
    later = [at for name, (at, _) in found.offsets.items() if sentence.start + at > b and name != "sep"]
    c = sentence.start + (found.offsets[second][0] if second else min(later, default=b - sentence.start))
    spans = (Span(min(a, whole.start), b), Span(c, whole.end))
    return tuple(
        (span, sentence.quote(span), days)
        for span, days in zip(spans, (first_days, last_days), strict=True)
        if span.start < span.end
    )


def _trimmed(rules: Grammar, sentence: Sentence, start: int, end: int) -> Span:
    """The span without prepositions and blanks at its ends, which help to find a time but are not part of it."""
    match = rules.cues.leads.match(rules.lowered(sentence.text[start:end]))
    start += match.end() if match else 0
    while end > start and (sentence.text[end - 1].isspace() or sentence.text[end - 1] in ",;،؛"):
        end -= 1
    return Span(sentence.start + start, sentence.start + end)
