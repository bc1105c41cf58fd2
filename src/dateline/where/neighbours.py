"""Places that the gazetteer lacks get the country and the province of the places beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.where.limits import LIMITS
from dateline.where.located import Located, province_of


def with_neighbours(places: Sequence[Located], shares: Mapping[str, float]) -> list[Located]:
    """The places; a place that is not in the gazetteer gets the country and province of the places beside it."""
    found = []
    for k, one in enumerate(places):
        if one.entry is not None or one.admin1 is not None:
            found.append(one)
            continue
        outer = _told_inside(places, k)
        country_ = one.country or (outer.entry.country if outer and outer.entry else None)
        country_ = country_ or _country_beside(places, k, shares)
        found.append(replace(one, country=country_, admin1=_province_beside(places, k, country_, outer)))
    return found


def _told_inside(places: Sequence[Located], k: int) -> Located | None:
    """The place named right after place `k` in which that is said to lie; None where there is none."""
    toponym = places[k].toponym
    for other in places[k + 1 : k + 3]:
        gap = other.span.start - toponym.span.end
        named = toponym.inside is not None and (
            other.toponym.text in toponym.inside or toponym.inside in other.toponym.text
        )
        if named and gap <= LIMITS.outer_gap and other.entry is not None and other.toponym.sentence is toponym.sentence:
            return other
    return None


def _country_beside(places: Sequence[Located], k: int, shares: Mapping[str, float]) -> str | None:
    """The country of the nearest place in the sentence; else the last country before it of which the report speaks;
    else the country that the report is about."""
    here = places[k]
    named = [(p, p.entry.country) for p in places if p.entry is not None and p.toponym.use == "name"]
    known = [(p, code) for p, code in named if code]
    own = [
        (abs(p.span.start - here.span.start), code) for p, code in known if p.toponym.sentence is here.toponym.sentence
    ]
    if own:
        return min(own)[1]
    before = [c for p, c in known if p.span.start < here.span.start and shares.get(c, 0.0) >= LIMITS.spoken_of]
    if before:
        return before[-1]
    return max((c for c in shares if shares[c] >= LIMITS.about), key=lambda c: shares[c], default=None)


def _province_beside(places: Sequence[Located], k: int, country_: str | None, outer: Located | None) -> str | None:
    """The province of the place that it is said to lie in (`outer`); else the province that its sentence names, if all
    places of the sentence lie in that. None where neither is known.

    A town beside it is not enough, as it may only be where officials spoke (the capital).
    """
    within = outer.entry if outer is not None else None
    if within is not None and within.country == country_ and province_of(within):
        return province_of(within)
    here = places[k].toponym.sentence
    near = [p.entry for p in places if p.entry is not None and p.toponym.sentence is here and p.toponym.use == "name"]
    known = [e for e in near if e.country == country_ and province_of(e)]
    provinces = {province_of(e) for e in known}
    return provinces.pop() if len(provinces) == 1 and any(e.kind in ("admin1", "district") for e in known) else None
