"""The score of an entry: the sum of what speaks for and against its being the place that a name means."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dateline.where.context import Context
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, lookup
from dateline.where.limits import LIMITS
from dateline.where.lying import is_near, km_to, lies_elsewhere, lies_within
from dateline.where.points import points
from dateline.where.toponym import Toponym

_FITS = {
    "city": ("city", "neighbourhood"), "admin1": ("admin1", "region"), "district": ("district", "city", "admin1"),
    "neighbourhood": ("neighbourhood", "city", "district"), "site": ("site",), "region": ("region", "admin1"),
}  # fmt: skip


def ranked_entries(toponym: Toponym, context: Context) -> list[tuple[float, Entry]]:
    """The entries of a name with their points, the best first; of equal ones the one with more people first."""
    scored = [(_score(entry, toponym, context), entry) for entry in (*toponym.entries, *_of_seats(toponym))]
    return sorted(scored, key=lambda row: -row[0])


def _of_seats(toponym: Toponym) -> list[Entry]:
    """The provinces of cities of this name, if their own names begin alike ("Kursk Oblast": Kurskaya oblast'). Only
    where a word says that a province is meant and no province has the name itself."""
    if toponym.feature != "admin1" or any(e.kind == "admin1" for e in toponym.entries):
        return []
    stem = fold(toponym.text)[: LIMITS.stem]
    cities = [e for e in toponym.entries if e.kind == "city" and e.admin1 and fold(e.admin1).startswith(stem)]
    found = {p.id: p for c in cities for p in lookup(c.admin1 or "") if p.kind == "admin1" and p.country == c.country}
    return [p._replace(rank=2) for p in found.values()]


def best_entry(ranked: Sequence[tuple[float, Entry]], toponym: Toponym) -> tuple[Entry | None, float]:
    score, entry = ranked[0] if ranked else (-math.inf, None)
    return _seat(entry, toponym) or entry, score


def _seat(entry: Entry | None, toponym: Toponym) -> Entry | None:
    """The city with the same name as a province, where no word says that the province is meant ("in Kabul"); else
    None."""
    if entry is None or entry.kind not in ("admin1", "district") or toponym.feature is not None or toponym.part:
        return None
    cities = [e for e in toponym.entries if e.kind == "city" and e.country == entry.country and e.rank > 0]
    near = [
        c
        for c in cities
        if c.population >= LIMITS.seat * entry.population and km_to(c, entry.lat, entry.lon) <= LIMITS.near_km
    ]
    return max(near, key=lambda c: c.population, default=None)


def _score(entry: Entry, toponym: Toponym, context: Context) -> float:
    w, shares, own = points(), context.shares, fold(toponym.text)
    # Other mentions of the same name do not count: they cannot tell which of its places is meant.
    anchors = [(lat, lon) for name, lat, lon in context.anchors if name != own]
    size = math.log10(entry.population + 10) * (w.province if entry.kind in ("admin1", "district") else 1.0)
    score = w.population * size + w.kinds.get(entry.kind, 0.0)
    score += w.rank_main * (entry.rank == 2) + w.rank_bare * (entry.rank == 0)
    if toponym.feature:
        fits = entry.kind in _FITS.get(toponym.feature, ())
        score += w.feature_fits if fits else w.feature_clashes if entry.kind != "country" else 0.0
    if toponym.inside:
        inside = lies_within(entry, toponym.inside)
        score += w.inside if inside else w.outside * (not toponym.listed and lies_elsewhere(entry, toponym.inside))
    if entry.country:
        score += w.country_share * shares.get(entry.country, 0.0)
    if entry.admin1 and entry.kind != "admin1" and (entry.country, fold(entry.admin1)) in context.provinces:
        score += w.province_told
    score += w.located * toponym.located + w.attribute * (toponym.use == "attribute")
    if _is_overshadowed(entry, toponym):
        score += w.overshadowed
    if entry.kind != "country" and is_near(entry, context.sentences.get(toponym.sentence.index, ()), LIMITS.beside_km):
        score += w.beside
    if anchors and entry.kind != "country" and is_near(entry, anchors):
        score += w.near
    elif _is_remote(entry, context):
        score += w.remote
    if entry.population < LIMITS.small and not (toponym.located or toponym.feature or toponym.inside):
        score += w.unlocated
    if _is_stray(entry, toponym, shares):
        score += w.stray
    if toponym.first == 0 and toponym.first == toponym.last:
        score += w.initial
    return score


def _is_overshadowed(entry: Entry, toponym: Toponym) -> bool:
    """Is there a city of the same name so much larger that a report would name the small one with its province?"""
    if entry.kind == "country" or (toponym.inside and lies_within(entry, toponym.inside)):
        return False
    least = max(LIMITS.famous, LIMITS.shadow * entry.population)
    return any(e.population >= least and e.rank == 2 and e.kind == "city" for e in toponym.entries)


def _is_remote(entry: Entry, context: Context) -> bool:
    """Is it a town far from all sure places of the report? False where the report speaks of its country and has no sure
    place there."""
    if not context.anchors or entry.population >= LIMITS.large or entry.kind in ("country", "region", "admin1"):
        return False
    open_ = context.shares.get(entry.country or "", 0.0) >= LIMITS.spoken_of and entry.country not in context.settled
    return all((lat, lon) != (entry.lat, entry.lon) for _, lat, lon in context.anchors) and not open_


def _is_stray(entry: Entry, toponym: Toponym, shares: dict[str, float]) -> bool:
    """Is it a bare name of a town in a country that the report does not speak of? It is then more likely a surname."""
    bare = not (toponym.located or toponym.feature or toponym.inside)
    foreign = bool(shares) and not shares.get(entry.country or "")
    return bare and foreign and entry.kind not in ("country", "region") and entry.population < LIMITS.large
