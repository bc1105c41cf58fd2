"""Date an undated account by what stands beside it, just before it, or at the head of its list."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dateline.coding.dating.tense import OF_OTHERS, in_simple_past
from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import Derivation, When, types
from dateline.model.knowledge import english
from dateline.model.vocabulary import FACTUAL, Type
from dateline.when import Time

#: The longest time in days that the next happening inherits: "in April" is passed on, "in 2015" is not.
_LONGEST = 31
#: The longest time in days that is taken from the sentence before a list.
_FEW_DAYS = 7
#: TIMEX value of "days after" and "weeks after" -> (most days, fewest days); _BESIDE: the most characters from there to
#: the noun.
_VAGUELY_AFTER = {"XXXX-XX-XX": (10, 1), "XXXX-WXX": (35, 7)}
_BESIDE = 8
#: Words that say which of two happenings came first; looked for where at most _APART characters lie between the two.
_ORDER = re.compile(
    r"\b(?:later|subsequently|afterwards?|after|before|following|prior to|since|earlier|eventually|ago)\b"
)
_APART = 300
#: Words between an act of the law and the deed that is its reason ("arrested over").
_FOR_REASON = english("dateline.coding", "for_reason")
#: A title has at least _TITLE words, and _SET_OFF before its date.
_TITLE = 4
_SET_OFF = re.compile(r"\S\s*(?:\||\s[-–—]|\()\s*$")
#: The most other characters of a heading that is a date; at least so many such headings make a chronicle.
_BESIDE_DATE, _SEVERAL = 12, 2
#: A sentence stands among list items where one of them is at most so many sentences after it.
_AFTER = 3


def inherited(when: When) -> When:
    """The same time, as one that belongs to another account."""
    return replace(when, basis="inherited")


def beside(reading: Reading, draft: Draft, accounts: list[Draft]) -> When | None:
    """The time of the nearest account that shares a sentence with this one."""
    told = [
        a
        for a in accounts
        if a is not draft and a.when is not None and any(s in draft.sentences for s in a.sentences)
        if not _of_court_and_deed(draft.type, a.type) and a.when.days <= _LONGEST and not _ordered(reading, draft, a)
        if not (_is_reason(draft, a) or _is_reason(a, draft))
    ]
    near = min(told, key=lambda a: abs(a.trigger.start - draft.trigger.start), default=None)
    return None if near is None or near.when is None else inherited(near.when)


def _ordered(reading: Reading, one: Draft, other: Draft) -> bool:
    """Do the words between two triggers say that one happening came before the other?"""
    first, last = sorted((one.trigger, other.trigger), key=lambda span: span.start)
    between = reading.report.text[first.end : last.start].lower()
    return len(between) <= _APART and _ORDER.search(between) is not None


def _is_reason(law: Draft, deed: Draft) -> bool:
    """Is the deed the reason for an act of the law ("arrested five over the killing")?"""
    if law.type not in types.OF_LAW or deed.type not in types.FORCE:
        return False
    sentence, verb = law.first.sentence, law.first.clause
    for noun in (m.token for m in deed.mentions if m.nominal and m.sentence is sentence and m.clause.i == verb.i):
        above = [noun, *sentence.ancestors(noun)]
        if any(t.lower in _FOR_REASON and t.i > verb.i for t in above):
            return True
    return False


def _of_court_and_deed(one: Type, other: Type) -> bool:
    """Is one of two types of a court, and the other not of the law?"""
    return bool({one, other} & types.COURT) and not {one, other} <= types.OF_LAW


def goes_on(draft: Draft, before: Draft | None) -> When | None:
    """The time of the account told just before, where the story goes on without a break."""
    if before is None or before.when is None or not {draft.status, before.status} <= FACTUAL:
        return None
    if _of_court_and_deed(draft.type, before.type):
        return None
    gap = draft.sentences[0].index - before.sentences[-1].index
    near = gap <= 1 and draft.sentences[0].paragraph == before.sentences[-1].paragraph
    if not (draft.first.nominal or in_simple_past(draft)) or OF_OTHERS.search(draft.sentences[0].text.lower()):
        return None
    # A day is passed on again and again; a month that was itself inherited is not.
    longest = 1 if before.when.basis == "inherited" else _LONGEST
    if before.scope != draft.scope or before.when.days > longest or not near:
        return None
    return inherited(before.when)


def of_list(reading: Reading, draft: Draft) -> When | None:
    """The day of the sentence before a list, for the list's items ("On 3 May aircraft flew nine strikes:")."""
    sentences = reading.document.sentences
    if draft.sentences[0].kind != "item" or draft.scope == "rollup" or draft.status not in FACTUAL:
        return None
    leading = (s for s in reversed(sentences[: draft.sentences[0].index]) if s.kind not in ("item", "heading"))
    lead = next(leading, None)
    said = [t for t in reading.times if lead is not None and sentences[t.sentence].paragraph == lead.paragraph]
    days = [t for t in said if t.stretch is not None and t.stretch.days <= _FEW_DAYS and not (t.period or t.weak)]
    when = days[-1].as_when() if days else None
    return None if when is None else inherited(when)


def of_header(reading: Reading, draft: Draft) -> When | None:
    """The day of the header under which an item of a chronicle or bulletin stands."""
    if draft.scope == "rollup" or draft.status not in FACTUAL:
        return None
    item = next((s for s in draft.sentences if s.kind == "item"), draft.sentences[0])
    when = _header_day(reading, item)
    return None if when is None else replace(when, basis="inferred")


def _header_day(reading: Reading, sentence: Sentence) -> When | None:
    """The day of the nearest header above a sentence. It counts where list items stand below it, where the report has
    several such headers, or where that header says what its section is about."""
    sentences = reading.document.sentences
    headers = [t for t in reading.times if _is_header(sentences[t.sentence], t)]
    above = [t for t in headers if t.sentence < sentence.index]
    if not above:
        return None
    below = sentences[above[-1].sentence : sentence.index + _AFTER]
    several = len(headers) >= _SEVERAL or any(s.kind == "item" for s in below)
    return above[-1].as_when() if several or _is_title(sentences[above[-1].sentence], above[-1]) else None


def _is_header(sentence: Sentence, time: Time) -> bool:
    """Is a heading a date and little else ("June 4, 2011", "Sunday, 5 May 2024 - update"), or a title with a date at
    its end?"""
    if sentence.kind not in ("heading", "dateline") or time.stretch is None or time.stretch.days != 1:
        return False
    return len(sentence.text) - (time.span.end - time.span.start) <= _BESIDE_DATE or _is_title(sentence, time)


def _is_title(sentence: Sentence, time: Time) -> bool:
    """Does a heading end in a date that is set off from it ("Police disperse a crowd | 5 May 2024")?"""
    before, after = sentence.text[: time.span.start - sentence.start], sentence.text[time.span.end - sentence.start :]
    told = len(before.split()) >= _TITLE and _SET_OFF.search(before) is not None
    return told and sentence.kind == "heading" and not after.strip(" ).|")


def days_before(reading: Reading, draft: Draft, accounts: list[Draft]) -> When | None:
    """The range of days of a happening of which the words say that another came "days after" or "weeks after" it."""
    sentence, at = draft.first.sentence, draft.first.token.start
    said = [
        t
        for t in reading.times
        if t.sentence == sentence.index and t.value in _VAGUELY_AFTER and t.span.end <= at <= t.span.end + _BESIDE
    ]
    after = draft.when is not None and draft.when.span is not None and draft.when.span.start > at
    if after or not said or not sentence.text[: said[-1].span.end - sentence.start].lower().endswith("after"):
        return None
    came = [a for a in accounts if a is not draft and a.when is not None and sentence in a.sentences]
    main = min(came, key=lambda a: abs(a.trigger.start - said[-1].span.start), default=None)
    if main is None or main.when is None:
        return None
    longest, shortest = (dt.timedelta(days=n) for n in _VAGUELY_AFTER[said[-1].value])
    start = dt.date.fromisoformat(main.when.start) - longest
    end = max(start, dt.date.fromisoformat(main.when.end) - shortest)
    how = Derivation(
        said[-1].rule,
        f"'{said[-1].text}' it came what is dated {main.when.start}..{main.when.end} -> {start}..{end}",
        main.when.text,
        main.when.span,
    )
    return When(start.isoformat(), end.isoformat(), "range", "relative", said[-1].text, said[-1].span, how)
