"""One value for each field of an event, chosen by a rule that is named, from all that the accounts say.

`mode`: what most sources say, of equals the latest. `most_precise`: the finest days, of those the most told. Copies
of a report have one vote. Every figure stays listed with who said it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from dateline.linking.comparing import parts
from dateline.linking.copies import Copies
from dateline.linking.facts import Fact, place_key
from dateline.model import Actor, Count, Place
from dateline.model.event import (
    Event,
    EventActor,
    EventCount,
    EventPlace,
    EventWhen,
    Figure,
    Tie,
)
from dateline.model.vocabulary import Party, Type, What

_T = TypeVar("_T", bound=Hashable)
_FINER = ("site", "neighbourhood", "city", "district", "admin1", "region", "country")
#: The more telling type of two that as many accounts use comes first.
_TELLING: tuple[Type, ...] = (
    "bombing", "airstrike", "shelling", "kidnapping", "hijacking", "arrest", "clash", "attack", "riot", "killing",
)  # fmt: skip


def event_of(group: list[Fact], copies: Copies, roll_up: str | None = None) -> Event:
    """The event that the accounts of `group` (in the order in which their reports came) tell of."""
    counts, clashing = _counts(group, copies)
    when, days_differ = _when(group, copies)
    where, places_differ = _where(group, copies)
    disagreements = [*(["when"] if days_differ else []), *(["where"] if places_differ else []), *clashing]
    accounts = [f.account for f in group]
    return Event(
        id=event_id(group[0]),
        type=_most([a.type for a in accounts], _TELLING),
        method=tuple(sorted({m for a in accounts for m in a.method})),
        status=_most([a.status for a in accounts], ("occurred",)),
        scope=accounts[0].scope,
        when=when,
        where=where,
        actors=_actors(group),
        counts=counts,
        accounts=tuple(f.key for f in group),
        sources=len({copies.source(f.telling.uri) for f in group}),
        disagreements=tuple(disagreements),
        part_of=roll_up,
        why=tuple(_ties(group)),
        confidence=_confidence(group, copies),
    )


def event_id(first: Fact) -> str:
    """Made of the event's first account: its report's name and text, and which account of it."""
    key = f"{first.key.report_uri}\0{first.telling.report_id}\0{first.key.account_id}"
    return "e-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _most(values: list[_T], preferred: tuple[_T, ...]) -> _T:
    """The value that most have; of equals the first in `preferred`, then the first told."""
    count = Counter(values)
    rank = {value: k for k, value in enumerate(preferred)}
    return max(count, key=lambda v: (count[v], -rank.get(v, len(rank)), -values.index(v)))


def _confidence(group: list[Fact], copies: Copies) -> float:
    """The chance that not every source is mistaken, at most 0.99: independent sources bear one another out."""
    best: dict[str, float] = {}
    for fact in group:
        source = copies.source(fact.telling.uri)
        best[source] = max(best.get(source, 0.0), fact.account.confidence)
    return round(min(0.99, 1.0 - math.prod(1.0 - c for c in best.values())), 2)


def _ties(group: list[Fact]) -> Iterable[Tie]:
    """For each account but the first, the strongest tie to one told before it."""
    for k, fact in enumerate(group[1:], 1):
        rows = [(parts(other, fact), other) for other in group[:k]]
        found = [(math.fsum(p.weight for p in row), row, other) for row, other in rows if row]
        if found:
            total, row, other = max(found, key=lambda x: x[0])
            yield Tie((other.key, fact.key), round(total, 2), row)


# ---------------------------------------------------------------- when and where


def _when(group: list[Fact], copies: Copies) -> tuple[EventWhen | None, bool]:
    """The finest days, of those the most told; whether some lie apart from them.

    Days that the accounts' own words give go before those taken over from elsewhere in a report.
    """
    told = {(copies.source(f.telling.uri), f.account.when) for f in group if f.account.when is not None}
    own = {(s, w) for s, w in told if w.basis in ("stated", "relative")}
    known = own or {(s, w) for s, w in told if w.basis == "inherited"} or told
    if not known:
        return None, False
    spans = [(w.start, w.end) for _, w in known]
    finest = min(_days(*s) for s in spans)
    count = Counter(s for s in spans if _days(*s) == finest)
    start, end = max(count, key=lambda s: (count[s], s))
    precisions = sorted(w.precision for _, w in known if (w.start, w.end) == (start, end))
    differ = any(e < start or s > end for s, e in spans)
    return EventWhen(start, end, precisions[0], "most_precise"), differ


def _days(start: str, end: str) -> int:
    return (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days


def _where(group: list[Fact], copies: Copies) -> tuple[tuple[EventPlace, ...], bool]:
    """The places that most sources tell, the finest first; whether sources tell cities that differ."""
    votes: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, Place] = {}
    cities: list[set[str]] = []
    for fact in group:
        own = {place_key(p): p for p in fact.account.where}
        for key, place in own.items():
            votes[key].add(copies.source(fact.telling.uri))
            shown.setdefault(key, place)
        fine = {key for key, p in own.items() if p.precision == "city"}
        cities += [fine] if fine else []
    ordered = sorted(shown, key=lambda k: (_fineness(shown[k]), -len(votes[k]), list(shown).index(k)))
    differ = any(not a & b for a in cities for b in cities)
    return tuple(_as_place(shown[k]) for k in _without_wholes(ordered, shown)), differ


def _fineness(place: Place) -> int:
    return _FINER.index(place.precision) if place.precision in _FINER else len(_FINER)


def _without_wholes(keys: list[str], shown: dict[str, Place]) -> list[str]:
    """Countries and provinces in which a finer place of the event lies say nothing more."""
    kept: list[str] = []
    for key in keys:
        place = shown[key]
        inside = [shown[k] for k in kept if shown[k].country == place.country]
        if place.precision == "country" and inside:
            continue
        if place.precision == "admin1" and any(p.admin1 == place.name for p in inside):
            continue
        kept.append(key)
    return kept


def _as_place(p: Place) -> EventPlace:
    return EventPlace(p.name or p.text, p.country, p.admin1, p.lat, p.lon, p.precision, p.gazetteer_id)


# ---------------------------------------------------------------- who and how many


def _actors(group: list[Fact]) -> tuple[EventActor, ...]:
    """Each party once a role, under its longest name."""
    found: dict[tuple[str, str], Actor] = {}
    for fact in group:
        for actor in fact.account.actors:
            key = (actor.role, actor.id or actor.name.lower())
            if key not in found or (actor.id is None and len(actor.name) > len(found[key].name)):
                found[key] = actor
    return tuple(EventActor(a.role, a.kind, a.name, a.id) for a in found.values())


_Rows = list[tuple[Fact, Count]]


def _counts(group: list[Fact], copies: Copies) -> tuple[tuple[EventCount, ...], list[str]]:
    """Each figure consolidated, and the names of those on which sources disagree."""
    rows: dict[tuple[What, Party | None], _Rows] = defaultdict(list)
    for fact in group:
        for count in fact.account.counts:
            rows[count.what, count.party].append((fact, count))
    counts, clashing = [], []
    for (what, party), told in _one_party(rows).items():
        votes = _votes(told, copies)
        if len({c.best for _, c in votes if c.best is not None}) > 1:
            clashing.append(f"counts.{what}.{party or 'all'}")
        counts.append(_consolidated(what, party, told, votes))
    return tuple(counts), clashing


def _one_party(rows: dict[tuple[What, Party | None], _Rows]) -> dict[tuple[What, Party | None], _Rows]:
    """Figures whose people nobody names join those of the one party that is named."""
    joined: dict[tuple[What, Party | None], _Rows] = {}
    for what in dict.fromkeys(w for w, _ in rows):
        named = [p for w, p in rows if w == what and p not in (None, "unknown")]
        for party in [p for w, p in rows if w == what]:
            home = named[0] if party in (None, "unknown") and len(named) == 1 else party
            joined.setdefault((what, home), []).extend(rows[what, party])
    return joined


def _votes(told: _Rows, copies: Copies) -> _Rows:
    """One figure a source: the largest that it tells, for a part is told with its total."""
    best: dict[str, tuple[Fact, Count]] = {}
    for fact, count in told:
        source = copies.source(fact.telling.uri)
        if source not in best or _size(count) > _size(best[source][1]):
            best[source] = (fact, count)
    return list(best.values())


def _size(count: Count) -> int:
    return count.best if count.best is not None else count.low or 0


def _consolidated(what: What, party: Party | None, told: _Rows, votes: _Rows) -> EventCount:
    """By `mode`, of equals the latest published."""
    tally = Counter((c.low, c.best, c.high) for _, c in votes)
    latest = {(c.low, c.best, c.high): (f.telling.published or 0) for f, c in votes}
    low, best, high = max(tally, key=lambda k: (k[1] is not None, tally[k], latest[k], k[1] or 0))
    figures = tuple(
        Figure(f.key.report_uri, f.key.account_id, c.low, c.best, c.high, c.text, c.said_by) for f, c in told
    )
    return EventCount(what, party, low, best, high, "mode", figures)
