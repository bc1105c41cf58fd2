"""Give a country to places that are not in the gazetteer: that of the places beside them, or the report's."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note
from dateline.where import Located, main_country


@step("coding.settling", reads="mentions places streets", writes="places streets")
def settle_places(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give unknown places of an account the one country of its known places, else the country the report is about."""
    main = _countries(main_country(reading.settings))
    for draft in drafts:
        if all(_is_known(p) for p in (*draft.places, *draft.streets)):
            continue
        own = _countries(draft.places) or main
        if len(own) == 1:
            (country,) = own
            draft.places = [_settled(p, country) for p in draft.places]
            draft.streets = [_settled(p, country) for p in draft.streets]
            note("coding.settling.country", draft.trigger, f"places without a country lie in {country}")
    return drafts


def _countries(places: list[Located]) -> set[str]:
    found = {p.entry.country if p.entry is not None else p.country for p in places}
    return {c for c in found if c is not None}


def _is_known(place: Located) -> bool:
    return place.entry is not None or place.country is not None


def _settled(place: Located, country: str) -> Located:
    return place if _is_known(place) else replace(place, country=country)
