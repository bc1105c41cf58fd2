"""Add larger places to an account: the province or country that the words name around its own place, or that of its
section."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.coding.draft import Draft
from dateline.coding.drafting.places import is_part_of_a_place
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note
from dateline.where import Located, contains, in_order, sections

#: What stands between a place and the larger place that contains it ("Albuquerque, New Mexico, United States", "Wana
#: (Pakistan)").
_LIES_IN = re.compile(r",? ?\(?")
#: The most words between a country's adjective and a place in it ("the Nigerian state capital of Maiduguri").
_FEW = 4


@step("coding.containing", reads="type mentions places sentences", writes="places")
def add_containing(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add to the places of an account the larger places in which the report says that they lie."""
    heads = sections(reading.places, reading.document.sentences)
    for draft in drafts:
        found = [outer for place in draft.places for outer in _named_around(reading, place)]
        head = heads.get(draft.sentences[0].index)
        if head is not None and any(_is_in(place, head) for place in draft.places):
            found.append(head)
        for outer in found:
            if all(p.entry is None or outer.entry is None or p.entry.id != outer.entry.id for p in draft.places):
                draft.places = in_order([*draft.places, outer])
                note("coding.containing.named", outer.span, f"holds where the {draft.type} was")
    return drafts


def _is_in(place: Located, head: Located) -> bool:
    """Does a place lie in a country, by the gazetteer or by what is told?"""
    known = place.entry is None and head.entry is not None and place.country == head.entry.country
    return known or contains(head, place)


def _named_around(reading: Reading, place: Located) -> list[Located]:
    """The places that follow a place and contain it, and the country named by an adjective before it."""
    beside = [p for p in reading.places if p.toponym.sentence is place.toponym.sentence and not p.is_street]
    text, found = reading.report.text, []
    for one, two in pairwise([place, *(p for p in beside if p.span.start >= place.span.end)]):
        if not (_LIES_IN.fullmatch(text, one.span.end, two.span.start) and contains(two, place)):
            break
        found.append(two)
    return found + [p for p in beside if p.toponym.use == "demonym" and _is_adjective_of(p, place)]


def _is_adjective_of(country: Located, place: Located) -> bool:
    """Does a country's adjective say what kind of place it is ("the Pakistani city of Wana", "the Afghan capital")?"""
    between = place.toponym.sentence.tokens[country.toponym.last + 1 : place.toponym.first]
    kinds = [t for t in between if is_part_of_a_place(t)]
    plain = all(t.lower == t.text and t.pos in ("NOUN", "ADJ", "ADP", "DET", "VERB") for t in between)
    return bool(kinds) and len(between) <= _FEW and plain and contains(country, place)
