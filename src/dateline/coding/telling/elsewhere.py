"""Decide whether a draft is in another country than the one told before it."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.coding.telling.comparing import other_figures
from dateline.where import Located

IN_ANOTHER_COUNTRY = "coding.telling.another-country"


def is_in_another_country(reading: Reading, told: Draft, draft: Draft) -> bool:
    """Is a draft placed in a country in which nothing told before it is, with other figures ("police held three men ...
    In Turkey, police detained 115")?

    An earlier draft without a place counts as where the report was until then. It gets its place only after tellings
    have joined, and would otherwise take that of the other country.
    """
    own = _countries(draft.places) if draft.own_place else set()
    if len(own) != 1 or not other_figures(told, draft):
        return False
    there = _countries(told.places) or _countries(_scene(reading, told))
    return bool(there) and not own & there


def _countries(places: list[Located]) -> set[str]:
    return {place.entry.country for place in places if place.entry is not None and place.entry.country}


def _scene(reading: Reading, draft: Draft) -> list[Located]:
    """The place named last before the end of a draft's last sentence, in a dateline, too."""
    end = draft.sentences[-1].end
    named = [p for p in reading.settings if p.toponym.use == "name" and p.entry is not None and p.span.end <= end]
    return [max(named, key=lambda p: p.span.start)] if named else []
