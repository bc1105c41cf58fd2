"""Which places lie in which others, and which of several are the finest."""

from __future__ import annotations

from dateline.where.gazetteer import as_listed
from dateline.where.located import Located

_LEVEL = {"site": 0, "neighbourhood": 1, "city": 2, "district": 3, "admin1": 4, "region": 5, "country": 6}


def finest(places: list[Located]) -> list[Located]:
    """The places, without those that hold another of them ("Flores, Petén" gives Flores)."""
    ordered = sorted(places, key=lambda p: (_LEVEL[p.precision], p.span))
    kept: list[Located] = []
    for one in ordered:
        if not any(contains(one, other) for other in kept) and not any(_is_same(one, other) for other in kept):
            kept.append(one)
    kept = [p for p in kept if not any(contains(p, q) for q in kept if q is not p)]
    return in_order(kept)


def in_order(places: list[Located]) -> list[Located]:
    """The finest first, then in the order of the text."""
    return sorted(places, key=lambda p: (_LEVEL[p.precision], p.span))


def _is_same(a: Located, b: Located) -> bool:
    if a.entry is None or b.entry is None:
        return a.entry is b.entry and a.toponym.text == b.toponym.text
    return a.entry.id == b.entry.id


def contains(outer: Located, inner: Located) -> bool:
    """Is `outer` the country or province of `inner`, or a region of its country?"""
    if outer.entry is None or inner.entry is None:
        return False
    if outer.precision == "region" and outer.entry.country is None and inner.precision == "country":
        return True  # a continent
    if _LEVEL[outer.precision] <= _LEVEL[inner.precision]:
        return False
    if outer.precision in ("country", "region"):
        return outer.entry.country is None or outer.entry.country == inner.entry.country
    return outer.entry.country == inner.entry.country and (
        inner.entry.admin1 is None
        or as_listed(outer.entry.id)[0] == as_listed(inner.entry.id)[1]
        or outer.precision == "district"
    )
