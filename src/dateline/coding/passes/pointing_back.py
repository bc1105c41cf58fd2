"""Add time and place from later sentences that point back at a happening.

"It happened on Tuesday near the market" points back at what was told. "Officers were called at 5 a.m. on Saturday"
tells the day of what they were called to.
"""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.pointing import day_told, points_back
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.model import types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL
from dateline.where import finest

#: The most sentences between a happening and a sentence that points back at it.
_BACK = 3


@step(
    "coding.pointing-back",
    reads="type status scope sentences mentions when own_time places own_place streets",
    writes="sentences when own_time places own_place streets",
)
def add_what_points_back(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Give accounts the time and place told in sentences that point back at them ("It happened on Tuesday in ...")."""
    for sentence in reading.document.sentences:
        match = points_back(sentence)
        if match is None:
            continue
        draft = _meant(accounts, sentence)
        if draft is None:
            continue
        day = day_told(reading.times_of(sentence), sentence, match.end())
        when = day.as_when() if day is not None else None
        places = [p for p in reading.places_in(sentence) if p.toponym.located and p.toponym.use == "name"]
        if when is not None and not draft.own_time:
            draft.when, draft.own_time = when, True
            note("coding.pointing-back.time", sentence, f"the day of {draft.called}")
        if places and not draft.own_place:
            draft.places, draft.own_place = finest(places), True
            note("coding.pointing-back.place", sentence, f"the place of {draft.called}")
        streets = [s for s in reading.streets_in(sentence) if s.toponym.located]
        for street in streets:
            draft.add_street(street)
            note("coding.pointing-back.street", street.span, f"the street of {draft.called}")
        if (when is not None or places or streets) and sentence not in draft.sentences:
            draft.sentences.append(sentence)
    return accounts


def _meant(accounts: list[Draft], sentence: Sentence) -> Draft | None:
    """The account told last before the sentence; an act of violence goes before its consequences."""
    before = [
        a
        for a in accounts
        if a.scope == "event"
        and a.status in FACTUAL
        and any(0 <= sentence.index - s.index <= _BACK for s in a.sentences)
    ]
    if not before:
        return None
    return max(before, key=lambda a: (a.type not in types.ASIDE, _told_last(a, sentence)))


def _told_last(draft: Draft, sentence: Sentence) -> int:
    """The index of the last sentence up to this one that tells of it."""
    return max(s.index for s in draft.sentences if s.index <= sentence.index)
