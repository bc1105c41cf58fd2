"""What later sentences say of when and where a happening was that they do not tell anew.

"It happened on Tuesday near the market" points back at what was told; "officers were called at 5 a.m. on Saturday"
tells the day of what they were called to.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.placing import finest
from dateline.coding.pointing import points_back, those_who_came
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import When, types
from dateline.model.vocabulary import FACTUAL
from dateline.when import Time

#: Sentences from a happening to what points back at it, and from an undated one to those who came.
_BACK, _CAME = 3, 6
#: Days before publication on which those who came may have come; a time that tells the day is no longer than this.
_FRESH, _LONGEST = 7, 2


def add_what_points_back(reading: Reading, accounts: list[Draft]) -> None:
    """Give accounts the time and the place of sentences that point back at them ("It happened on Tuesday in ...")."""
    for sentence in reading.document.sentences:
        match = points_back(sentence)
        if match is None:
            continue
        draft = _meant(accounts, sentence)
        if draft is None:
            continue
        day = _day(reading, sentence, match.end())
        when = day.as_when() if day is not None else None
        places = [p for p in reading.places_in(sentence) if p.toponym.located and p.toponym.use == "name"]
        if when is not None and not draft.own_time:
            draft.when, draft.own_time = when, True
        if places and not draft.own_place:
            draft.places, draft.own_place = finest(places), True
        streets = [s for s in reading.streets_in(sentence) if s.toponym.located]
        for street in streets:
            draft.add_street(street)
        if (when is not None or places or streets) and sentence not in draft.sentences:
            draft.sentences.append(sentence)


def day_of_those_who_came(reading: Reading, draft: Draft) -> When | None:
    """The day on which police were called or came, for an undated account told shortly before or in the same breath."""
    if draft.scope != "event" or draft.status not in FACTUAL or draft.type in types.ASIDE or reading.published is None:
        return None
    published = dt.date.fromisoformat(reading.published.end)
    first = draft.sentences[0].index
    for sentence in reading.document.sentences[first : first + _CAME]:
        match = those_who_came(sentence)
        time = _day(reading, sentence, match.end()) if match is not None else None
        if time is None or time.stretch is None or not 0 <= (published - time.stretch.start).days <= _FRESH:
            continue
        when = time.as_when()
        return None if when is None else replace(when, basis="inherited")
    return None


def _meant(accounts: list[Draft], sentence: Sentence) -> Draft | None:
    """The account told last before the sentence: rather an act of violence than what came of it."""
    before = [
        a
        for a in accounts
        if a.scope == "event"
        and a.status in FACTUAL
        and any(0 <= sentence.index - s.index <= _BACK for s in a.sentences)
    ]
    if not before:
        return None
    return max(
        before,
        key=lambda a: (a.type not in types.ASIDE, max(s.index for s in a.sentences if s.index <= sentence.index)),
    )


def _day(reading: Reading, sentence: Sentence, at: int) -> Time | None:
    """The first day that a sentence names after some words of it, or just before them."""
    days = [
        t
        for t in reading.times_of(sentence)
        if t.stretch is not None and t.stretch.days <= _LONGEST and not (t.period or t.weak or t.caption)
    ]
    after = [t for t in days if t.span.start >= sentence.start + at]
    return next(iter(after or days), None)
