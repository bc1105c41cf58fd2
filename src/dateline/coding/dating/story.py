"""Date an undated account by the story around it: by its scene, or by the day on which police or helpers came."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.coding.dating.neighbours import inherited
from dateline.coding.dating.tense import in_foreground, in_simple_past
from dateline.coding.draft import Draft
from dateline.coding.pointing import day_told, those_who_came
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import When, types
from dateline.model.vocabulary import FACTUAL
from dateline.when import Time

#: The most days between the scene, or the coming of police and helpers, and publication.
_FRESH = 7
#: _SCENE: the number of sentences for which a scene holds. _CAME: the number of sentences in which those who came are
#: looked for.
_SCENE, _CAME = 3, 6
#: The longest time in days that sets a scene.
_SPELL = 10


def of_scene(reading: Reading, draft: Draft) -> When | None:
    """The day last named, where it is at most _FRESH days before publication and the story goes on in the simple
    past."""
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
    """The day last named within the scene; None where a time of another kind was named after it."""
    before = [
        t
        for t in reading.times
        if sentence.index - _SCENE <= t.sentence < sentence.index and not (t.period or t.weak or t.caption)
        if t.sentence == sentence.index - 1 or reading.document.sentences[t.sentence].paragraph == sentence.paragraph
    ]
    last = before[-1] if before else None
    if last is None or last.stretch is None or last.stretch.days > _SPELL:
        return None
    if reading.document.sentences[last.sentence].kind in ("dateline", "heading"):
        return None
    return last


def of_those_who_came(reading: Reading, draft: Draft) -> When | None:
    """The day on which police were called or came, for an undated account told in the same sentence or a few before."""
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
