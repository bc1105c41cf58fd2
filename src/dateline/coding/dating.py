"""When, for accounts whose own words do not say: what the telling around them allows, and no more.

In the order tried: the happening told in the same sentence; the one told just before, where the telling goes on; the
day on which the report's scene is set, while nothing leads away from it; the day on which police came; the days before
somebody told of it; the days before publication, for what the report's opening tells as its news. All else stays
undated.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from dateline.coding.apart import set_apart
from dateline.coding.draft import Draft
from dateline.coding.happened import day_of_those_who_came
from dateline.coding.reading import Reading
from dateline.coding.timing import day_of_saying, is_epithet
from dateline.language import Sentence, Token
from dateline.model import Derivation, When, types
from dateline.model.vocabulary import FACTUAL, Type
from dateline.when import Time

#: A happening told next inherits a time no longer than this (days): "in April" goes on, "in 2015" does not.
_LONGEST = 31
#: A scene is set on a day this near to publication (days), and holds for so many sentences.
_FRESH, _SCENE = 7, 3
#: What a report opens with happened at most so many days before it appeared.
_NEWS_DAYS = 3
#: "days after", "weeks after": at most and at least so many days; the noun follows within so many characters.
_VAGUELY_AFTER = {"XXXX-XX-XX": (10, 1), "XXXX-WXX": (35, 7)}
_BESIDE = 8
_LEADS_AWAY = re.compile(
    r"\b(?:previously|earlier|in the past|before|formerly|once|ago|history|since|ever|recent(?:ly)?|years|past)\b"
)


#: Words of happenings like the one told of: "similar raids in which hundreds were abducted".
_OF_OTHERS = re.compile(r"\b(?:similar|previous|earlier|past|other such|such) (?:\w+ )?\w+s\b")


def fill_times(reading: Reading, accounts: list[Draft]) -> None:
    """Give undated accounts the time that the telling around them implies; accounts come in the order of the text."""
    _fill(reading, accounts)
    for draft in accounts:
        draft.when = _days_before(reading, draft, accounts) or draft.when


def _fill(reading: Reading, accounts: list[Draft]) -> None:
    for k, draft in enumerate(accounts):
        apart = set_apart(draft.first.sentence, draft.first.token) or is_epithet(draft.first)
        if draft.when is None and not draft.names_time and not apart:
            draft.when = (
                _beside(draft, accounts)
                or _goes_on(draft, accounts[k - 1] if k else None)
                or _of_list(reading, draft)
                or _of_scene(reading, draft)
                or day_of_those_who_came(reading, draft)
                or _as_said(reading, draft)
                or _as_news(reading, draft)
            )


def span_of_days(when: When) -> int:
    """How many days it covers."""
    return (dt.date.fromisoformat(when.end) - dt.date.fromisoformat(when.start)).days + 1


def _inherited(when: When) -> When:
    return replace(when, basis="inherited")


def _beside(draft: Draft, accounts: list[Draft]) -> When | None:
    beside = [
        a
        for a in accounts
        if a is not draft and a.when is not None and any(s in draft.sentences for s in a.sentences)
        if not _of_court_and_deed(draft.type, a.type)
    ]
    near = min(beside, key=lambda a: abs(a.trigger.start - draft.trigger.start), default=None)
    return None if near is None or near.when is None else _inherited(near.when)


def _of_court_and_deed(one: Type, other: Type) -> bool:
    """Is one of the two told of a court, and the other of what is no matter of the law?"""
    return bool({one, other} & types.COURT) and not {one, other} <= types.OF_LAW


def _days_before(reading: Reading, draft: Draft, accounts: list[Draft]) -> When | None:
    """ "came days after the closure": the closure lies some days before what came."""
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


def _goes_on(draft: Draft, before: Draft | None) -> When | None:
    if before is None or before.when is None or not {draft.status, before.status} <= FACTUAL:
        return None
    if _of_court_and_deed(draft.type, before.type):
        return None
    gap = draft.sentences[0].index - before.sentences[-1].index
    near = gap <= 1 and draft.sentences[0].paragraph == before.sentences[-1].paragraph
    if not (draft.first.nominal or _in_simple_past(draft)) or _OF_OTHERS.search(draft.sentences[0].text.lower()):
        return None
    # The day of a scene goes on; a month that was itself inherited is not passed on at second hand.
    longest = 1 if before.when.basis == "inherited" else _LONGEST
    if before.scope != draft.scope or span_of_days(before.when) > longest or not near:
        return None
    return _inherited(before.when)


def _of_scene(reading: Reading, draft: Draft) -> When | None:
    """The day last spoken of, in news that is days old and goes on in the simple past."""
    sentence = draft.sentences[0]
    if draft.scope == "rollup" or draft.status not in FACTUAL or not (_in_foreground(draft) and _in_simple_past(draft)):
        return None
    time = _last_day(reading, sentence)
    if time is None or time.stretch is None or reading.published is None:
        return None
    age = (dt.date.fromisoformat(reading.published.end) - time.stretch.start).days
    if not 0 <= age <= _FRESH:
        return None
    when = time.as_when()
    return None if when is None else _inherited(when)


def _of_list(reading: Reading, draft: Draft) -> When | None:
    """The day of the sentence that leads to a list, for its items: "On 3 May aircraft flew nine strikes:"."""
    sentences = reading.document.sentences
    if draft.sentences[0].kind != "item" or draft.scope == "rollup" or draft.status not in FACTUAL:
        return None
    leading = (s for s in reversed(sentences[: draft.sentences[0].index]) if s.kind not in ("item", "heading"))
    lead = next(leading, None)
    said = [t for t in reading.times if lead is not None and sentences[t.sentence].paragraph == lead.paragraph]
    days = [t for t in said if t.stretch is not None and t.stretch.days <= _FRESH and not (t.period or t.weak)]
    when = days[-1].as_when() if days else None
    return None if when is None else _inherited(when)


def _last_day(reading: Reading, sentence: Sentence) -> Time | None:
    """The day last spoken of within the scene; None where another kind of time came between."""
    before = [
        t
        for t in reading.times
        if sentence.index - _SCENE <= t.sentence < sentence.index and not (t.period or t.weak or t.caption)
    ]
    last = before[-1] if before else None
    if last is None or last.stretch is None or last.stretch.days > _FRESH + _NEWS_DAYS:
        return None
    if reading.document.sentences[last.sentence].kind in ("dateline", "heading"):
        return None
    return last


def _in_foreground(draft: Draft) -> bool:
    """Told as part of the story: not in the past perfect, and nothing in the sentence leads away from it."""
    sentence, clause = draft.sentences[0], draft.first.clause
    had = any(c.lower in ("had", "'d") for c in sentence.children(clause, "aux"))
    lower = sentence.text.lower()
    return not had and not _LEADS_AWAY.search(lower) and not _OF_OTHERS.search(lower)


def _in_simple_past(draft: Draft) -> bool:
    """ "killed", "were killed": the tense in which a story goes on; "kidnap" and "have kidnapped" tell of no day."""
    sentence, clause = draft.sentences[0], draft.first.clause
    auxiliaries = {c.lower for c in sentence.children(clause, "aux", "auxpass")}
    return clause.tag == "VBD" or bool(auxiliaries & {"was", "were", "got", "did"})


def _as_said(reading: Reading, draft: Draft) -> When | None:
    """ "Police said on Tuesday that ...": what they tell as news lies at most some days before they told it."""
    said = day_of_saying(reading, draft.first)
    if said is None or said.stretch is None or draft.scope == "rollup" or not _in_foreground(draft):
        return None
    end = said.stretch.end
    start = said.stretch.start - dt.timedelta(days=_NEWS_DAYS)
    how = Derivation(
        said.rule,
        f"told on '{said.text}' -> at most {_NEWS_DAYS} days before it was told ({end})",
        said.text,
        said.span,
    )
    return When(start.isoformat(), end.isoformat(), "range", "inferred", said.text, said.span, how)


def _as_news(reading: Reading, draft: Draft) -> When | None:
    """What the opening of a report tells as new happened in the days before it appeared."""
    published, sentence = reading.published, draft.sentences[0]
    if published is None or draft.scope == "rollup" or draft.status not in FACTUAL or not _in_foreground(draft):
        return None
    if any(t.sentence < sentence.index and t.stretch and not _is_stamp(reading, t) for t in reading.times):
        return None  # the report has set another scene
    if not (
        _opens(reading, sentence) and _is_new(sentence, draft.first.clause, draft.first.nominal and not draft.counts)
    ):
        return None
    start = dt.date.fromisoformat(published.start) - dt.timedelta(days=_NEWS_DAYS)
    how = Derivation(
        "news",
        f"told as news in the opening of the report -> at most {_NEWS_DAYS} days before publication "
        f"({published.start}..{published.end})",
        "publication",
        published.span,
    )
    trigger = draft.trigger
    return When(start.isoformat(), published.end, "range", "inferred", sentence.quote(trigger), trigger, how)


def _is_stamp(reading: Reading, time: Time) -> bool:
    published, kind = reading.published, reading.document.sentences[time.sentence].kind
    return kind in ("dateline", "heading", "caption") or (published is not None and published.span == time.span)


def _opens(reading: Reading, sentence: Sentence) -> bool:
    """The headline, or the first two sentences of the body."""
    if sentence.kind == "heading":
        return sentence.index <= 2
    body = [s.index for s in reading.document.sentences if s.kind == "body"][:2]
    return sentence.index in body


def _is_new(sentence: Sentence, clause: Token, bare_noun: bool) -> bool:
    """The present perfect or the present ("have arrested", "police arrest"), the simple past, a noun with a figure."""
    if clause.tag in ("VBD", "VBZ", "VBP"):
        return True
    auxiliaries = {c.lower for c in sentence.children(clause, "aux", "auxpass")}
    return bool(auxiliaries & {"has", "have", "was", "were", "is", "are", "been"}) and not bare_noun
