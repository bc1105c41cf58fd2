"""Place accounts without a place of their own: by what stands beside them, or by what the report is about."""

from __future__ import annotations

import re

from dateline.coding.draft import Draft
from dateline.coding.drafting.places import asks_or_receives, is_measured_from, receives
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL
from dateline.where import Located, lies_in, main_country

#: What stands between the place at the head of an item and its text: a dash, perhaps after the name of the country.
_DASH = re.compile(r"(?:, [A-Z][A-Za-z .]{1,25})? ?(?:--?|[–—]) ")


@step(
    "coding.places",
    reads="type status mentions sentences places actors",
    writes="places place_inferred",
)
def fill_places(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Give unplaced accounts the place that heads their item, that of the account beside them, else the country that
    their words or the report name, or the city that the report is about."""
    main = main_country(reading.settings)
    for k, draft in enumerate(accounts):
        label = _label(reading, draft)
        placed = bool(draft.places) and not (label and all(map(is_measured_from, draft.places)))
        if placed or (draft.type in types.WORDS and draft.status not in FACTUAL):
            continue
        # An extradition happens in the country that sends somebody, not where the deed beside it was.
        alone = draft.type in types.COURT or draft.type == "extradition"
        beside = None if alone else _beside(accounts, k)
        if label is not None:
            draft.places = [label]
            note("coding.places.label", draft.trigger, f"in {label.toponym.text}, which heads the item")
        elif beside is not None:
            draft.places = list(beside.places)
            note("coding.places.beside", draft.trigger, f"where the {beside.type} beside it was")
        else:
            _place_in_country(reading, draft, main, reading.town(draft.type))
        draft.place_inferred = not any(s.span.covers(p.span) for p in draft.places for s in draft.sentences)
    return accounts


def _label(reading: Reading, draft: Draft) -> Located | None:
    """The place at the head of the draft's item in a bulletin ("TAIZ - A mine killed two soldiers")."""
    if draft.sentences[0].kind != "item":
        return None
    first = next(s for s in reading.sentences if s.paragraph == draft.sentences[0].paragraph)
    headed = (p for p in reading.settings if p.span.start == first.start)
    text = reading.report.text
    return next((p for p in headed if _DASH.match(text, p.span.end)), None)


def _beside(accounts: list[Draft], k: int) -> Draft | None:
    """The nearest account with a place that shares a sentence with this one, else the one told right before it."""
    draft = accounts[k]
    told = [a for a in accounts if a is not draft and a.places and a.type not in types.COURT]
    beside = [a for a in told if draft.sentences[0] in a.sentences]
    if not beside and k > 0 and accounts[k - 1] in told:
        gap = draft.sentences[0].index - accounts[k - 1].sentences[-1].index
        beside = [accounts[k - 1]] if gap <= 1 else []
    return min(beside, key=lambda a: abs(a.trigger.start - draft.trigger.start), default=None)


def _place_in_country(reading: Reading, draft: Draft, main: list[Located], town: Located | None) -> None:
    """Place a draft in the country that its words or the report name; in the report's own town where that lies
    there."""
    draft.places = _country_of(reading, draft, main)
    if draft.places:
        note("coding.places.country", draft.trigger, f"in {draft.places[0].toponym.text}")
    if town is not None and all(lies_in(town, p) for p in draft.places):
        draft.places = [town]
        note("coding.places.town", draft.trigger, f"in {town.toponym.text}, which the report is about")


def _country_of(reading: Reading, draft: Draft, main: list[Located]) -> list[Located]:
    """The country that the sentence names, or whose state acts in it ("Turkish police"); else the report's `main`
    country.

    A word for a people ("the Spanish Jesuits") gives no place, unless the report is about that country.
    """
    if draft.type == "extradition":
        abroad = {p.entry.country for s in draft.sentences for p in reading.places_in(s) if p.entry and receives(p)}
        main = [p for p in main if p.entry is not None and p.entry.country not in abroad]
    own = {p.entry.country for p in main if p.entry is not None}
    for sentence in draft.sentences:
        places = [p for p in reading.places_in(sentence) if draft.type != "extradition" or not asks_or_receives(p)]
        named = [p for p in places if p.precision == "country" and p.toponym.use in ("demonym", "name")]
        seat = [p for p in places if p.toponym.use == "attribute" and _is_of_state(draft, p, "agent")]
        if seat:
            return seat[:1]
        state = [p for p in named if _is_of_state(draft, p)]
        there = [p for p in named if p.toponym.use == "name" or (p.entry is not None and p.entry.country in own)]
        if state or there or (named and not main):
            return [(state or there or named)[0]]
    return main


def _is_of_state(draft: Draft, place: Located, role: str | None = None) -> bool:
    """Is the place a part of the words for an actor of a state, in the role `role` where one is given?"""
    state = (a for a in draft.actors if a.kind == "state" and role in (None, a.role))
    return any(a.span.overlaps(place.span) for a in state)
