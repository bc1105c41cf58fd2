"""Does what is told next take place in another country than what was told before?"""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.coding.telling.comparing import other_figures
from dateline.where import Located

IN_ANOTHER_COUNTRY = "coding.telling.another-country"


def is_in_another_country(reading: Reading, told: Draft, draft: Draft) -> bool:
    """Is a draft put into a country in which nothing told before it is, and counts it others ("police held three men
    ... In Turkey, police detained 115")?

    Where the words give what was told before no place, it is where the report was until then: such a draft gets its
    place after tellings have joined, and would else take that of the other country.
    """
    own = _countries(draft.places) if draft.own_place else set()
    if len(own) != 1 or not other_figures(told, draft):
        return False
    there = _countries(told.places) or _countries(_scene(reading, told))
    return bool(there) and not own & there


def _countries(places: list[Located]) -> set[str]:
    return {place.entry.country for place in places if place.entry is not None and place.entry.country}


def _scene(reading: Reading, draft: Draft) -> list[Located]:
    """The place last named before a draft's last sentence ends, in a dateline, too."""
    end = draft.sentences[-1].end
    named = [p for p in reading.settings if p.toponym.use == "name" and p.entry is not None and p.span.end <= end]
    return [max(named, key=lambda p: p.span.start)] if named else []
