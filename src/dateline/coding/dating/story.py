"""The time that an undated account takes from the story: its scene, who came, when it was told, when it appeared."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.coding.dating.neighbours import inherited
from dateline.coding.dating.tense import in_foreground, in_simple_past
from dateline.coding.draft import Draft
from dateline.coding.drafting.times import day_of_saying
from dateline.coding.pointing import day_told, those_who_came
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.model import Derivation, When, types
from dateline.model.vocabulary import FACTUAL
from dateline.when import Time

#: A scene is set, and those who came came, so many days before publication at most.
_FRESH = 7
#: A scene holds for so many sentences; those who came are told of in so many.
_SCENE, _CAME = 3, 6
#: What a report opens with happened at most so many days before it appeared.
_NEWS_DAYS = 3


def of_scene(reading: Reading, draft: Draft) -> When | None:
    """The day last spoken of, in news that is days old and goes on in the simple past."""
    sentence = draft.sentences[0]
    if draft.scope == "rollup" or draft.status not in FACTUAL or not (in_foreground(draft) and in_simple_past(draft)):
        return None
    time = _last_day(reading, sentence)
    if time is None or time.stretch is None or reading.published is None:
        return None
    age = (dt.date.fromisoformat(reading.published.end) - time.stretch.start).days
    if not 0 <= age <= _FRESH:
        return None
    when = time.as_when()
    return None if when is None else inherited(when)


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


def of_those_who_came(reading: Reading, draft: Draft) -> When | None:
    """The day on which police were called or came, for an undated account told shortly before or in the same breath."""
    if draft.scope != "event" or draft.status not in FACTUAL or draft.type in types.ASIDE or reading.published is None:
        return None
    published = dt.date.fromisoformat(reading.published.end)
    first = draft.sentences[0].index
    for sentence in reading.document.sentences[first : first + _CAME]:
        match = those_who_came(sentence)
        time = day_told(reading.times_of(sentence), sentence, match.end()) if match is not None else None
        if time is None or time.stretch is None or not 0 <= (published - time.stretch.start).days <= _FRESH:
            continue
        when = time.as_when()
        return None if when is None else replace(when, basis="inherited")
    return None


def as_said(reading: Reading, draft: Draft) -> When | None:
    """The days before somebody told it as news ("police said on Tuesday that ..."): at most some days before they told
    it."""
    said = day_of_saying(reading, draft.first)
    if said is None or said.stretch is None or draft.scope == "rollup" or not in_foreground(draft):
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


def as_news(reading: Reading, draft: Draft) -> When | None:
    """What the opening of a report tells as new happened in the days before it appeared."""
    published, sentence = reading.published, draft.sentences[0]
    if published is None or draft.scope == "rollup" or draft.status not in FACTUAL or not in_foreground(draft):
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
