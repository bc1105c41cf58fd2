"""What the rest of a report says of its places: its countries, its sure places, its provinces."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.model.knowledge import english
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, lookup
from dateline.where.limits import LIMITS
from dateline.where.lying import km_to, lies_within
from dateline.where.points import points
from dateline.where.toponym import Toponym


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the report says.

    `shares`: each country's share of it. `anchors`: names and points (latitude, longitude) of its sure places;
    `settled`: their countries. `told`: the names (folded) that tell of each country; `named`: the same without words
    for its people and its state. `provinces`: the provinces that the report names (country, folded name). `sentences`:
    the points of the sure places of each sentence.
    """

    shares: dict[str, float] = field(default_factory=dict)
    anchors: Sequence[tuple[str, float | None, float | None]] = ()
    settled: frozenset[str | None] = frozenset()
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    provinces: frozenset[tuple[str | None, str]] = frozenset()
    sentences: Mapping[int, Sequence[tuple[float | None, float | None]]] = field(default_factory=dict)


def _provinces(
    toponyms: Sequence[Toponym], found: Sequence[tuple[Entry | None, float]]
) -> frozenset[tuple[str | None, str]]:
    """The provinces that the report names, alone or after a town ("Paris, Mo.")."""
    named = [e for e, _ in found if e is not None and e.kind == "admin1"]
    outer = [lookup(t.inside)[:1] for t in toponyms if t.inside]
    named += [e for entries in outer for e in entries if e.kind == "admin1"]
    return frozenset((e.country, fold(e.name)) for e in named)


#: Nouns before a country that is only the neighbour ("near the border with").
_BORDER = english("dateline.where", "border")


def _is_neighbour(toponym: Toponym) -> bool:
    """Is it only a neighbouring country ("near the border with Egypt"), so that nothing happened there?"""
    words_ = [t.lower for t in toponym.sentence.tokens[max(0, toponym.first - 3) : toponym.first]]
    return any(w in _BORDER for w in words_) and toponym.feature is None


def _has_rivals(toponym: Toponym, entry: Entry) -> bool:
    """Is there a place of the name in another country, large enough to be meant?"""
    least = max(LIMITS.rival, LIMITS.rival_share * entry.population)
    return any(e.country != entry.country and e.population >= least and e.rank for e in toponym.entries)


def context_of(toponyms: Sequence[Toponym], first: Sequence[tuple[Entry | None, float]]) -> Context:
    pairs = list(zip(toponyms, first, strict=True))
    shares, told = _countries(pairs)
    _, named = _countries([(t, one) for t, one in pairs if t.use == "name"])
    sure = [
        (t, e) for t, (e, s) in pairs
        if e is not None and e.kind == "city" and e.lat is not None and s > LIMITS.sure
    ]  # fmt: skip
    sentences: dict[int, list[tuple[float | None, float | None]]] = defaultdict(list)
    for toponym, entry in sure:
        if not _has_namesakes(toponym, entry):
            sentences[toponym.sentence.index].append((entry.lat, entry.lon))
    # Each place once, however often it is named: that does not change what it is near to, and saves time.
    anchors = list(dict.fromkeys((fold(t.text), e.lat, e.lon) for t, e in sure))
    settled = frozenset(e.country for _, e in sure)
    beside = {index: list(dict.fromkeys(points)) for index, points in sentences.items()}
    return Context(shares, anchors, settled, told, named, _provinces(toponyms, first), beside)


def _has_namesakes(toponym: Toponym, entry: Entry) -> bool:
    """Is there another town of the name, elsewhere, large enough to be meant?"""
    if toponym.inside and lies_within(entry, toponym.inside):
        return False
    towns = [e for e in toponym.entries if e.kind == "city" and e.id != entry.id and e.rank > 0]
    return any(
        e.population * LIMITS.namesake_times >= entry.population and km_to(e, entry.lat, entry.lon) > LIMITS.beside_km
        for e in towns
    )


def _countries(
    found: Iterable[tuple[Toponym, tuple[Entry | None, float]]],
) -> tuple[dict[str, float], dict[str, frozenset[str]]]:
    """Each country's share of the report, by mentions of the country, its people and sure places in it; and for each
    country the names that tell of it."""
    weights: dict[str, float] = defaultdict(float)
    names: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, int] = defaultdict(int)
    for toponym, (entry, score) in found:
        if entry is None or entry.country is None or _is_neighbour(toponym):
            continue
        if entry.kind == "country" or (toponym.inside and score >= points().least + points().inside):
            weight = LIMITS.named_weight
        elif score >= LIMITS.sure:
            weight = LIMITS.doubtful_weight if _has_rivals(toponym, entry) else LIMITS.sure_weight
        else:
            continue
        # Each further mention of a name counts less (weight divided by the root of the count).
        seen[entry.name] += 1
        weights[entry.country] += weight / math.sqrt(seen[entry.name])
        names[entry.country].add(fold(toponym.text))
    total = sum(weights.values()) + LIMITS.unsaid_weight
    shares = {code: weight / total for code, weight in weights.items()}
    return shares, {code: frozenset(known) for code, known in names.items()}
