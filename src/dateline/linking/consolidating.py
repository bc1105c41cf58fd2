"""One value for each field of an event, chosen by a named rule (rules.py), from all that the accounts say.

Copies of a report have one vote. Every figure stays listed with who said it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from dateline.language.numbers import parse
from dateline.linking.comparing import parts
from dateline.linking.facts import Told, key_of, place_key
from dateline.linking.rules import Measure, Rule, Rules, Vote, choose, default_rules
from dateline.linking.weights import Weights, default_weights
from dateline.model import Actor, Count, Place, When, types
from dateline.model.event import (
    Event,
    EventActor,
    EventCount,
    EventPlace,
    EventWhen,
    Figure,
    Tie,
)
from dateline.model.vocabulary import Party, Status, Type, What

_FINER = ("site", "neighbourhood", "city", "district", "admin1", "region", "country")


def event_of(
    group: list[Told],
    roll_up: str | None = None,
    rules: Rules | None = None,
    weights: Weights | None = None,
    beside: Collection[tuple[str, str]] = (),
    case: str | None = None,
) -> Event:
    """The event that the accounts of `group` (in the order in which their reports came) tell of.

    `beside` are the pairs (linking.facts.key_of, the earlier one first) that a better pair of their reports stands by.
    """
    rules = rules or default_rules()
    counts, clashing = _counts(group, rules)
    when, days_differ = _when(group, rules)
    where, places_differ = _where(group, rules)
    disagreements = [*(["when"] if days_differ else []), *(["where"] if places_differ else []), *clashing]
    accounts = [f.account for f in group]
    return Event(
        id=event_id(key_of(group[0].fact)),
        type=_type(group, rules),
        method=tuple(sorted({m for a in accounts for m in a.method})),
        status=_status(group, rules),
        scope=accounts[0].scope,
        when=when,
        where=where,
        actors=_actors(group),
        counts=counts,
        accounts=tuple(f.key for f in group),
        sources=len({f.telling.source for f in group}),
        disagreements=tuple(disagreements),
        part_of=roll_up,
        case=case,
        why=tuple(_ties(group, weights or default_weights(), beside)),
        confidence=_confidence(group),
    )


def event_id(first: str) -> str:
    """Made of the key of the event's first account."""
    return "e-" + hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:12]


_W = TypeVar("_W", bound=str)
_V = TypeVar("_V", bound=Hashable)


def _type(group: list[Told], rules: Rules) -> Type:
    return _worded([_vote(f, f.account.type, rules) for f in group], rules.type, types.BY_RANK)


def _status(group: list[Told], rules: Rules) -> Status:
    return _worded([_vote(f, f.account.status, rules) for f in group], rules.status, ("occurred",))


def _vote(one: Told, value: _V, rules: Rules) -> Vote[_V]:
    return Vote(value, one.telling.published or 0, rules.rank(one.telling.publisher))


def _worded(votes: list[Vote[_W]], rule: Rule, preferred: tuple[_W, ...]) -> _W:
    """The word that a rule chooses; of equals the first in `preferred`, then the first told."""
    told = [v.value for v in votes]
    rank = {value: -k for k, value in enumerate(preferred)}
    first = {value: -told.index(value) for value in told}
    measure: Measure[_W] = Measure(lambda v: (rank.get(v, -len(rank)), first[v]), lambda _: 0.0)
    # A report's day says nothing of which word is the better one, but where the rule asks for it.
    return choose(rule, [replace(v, published=0) for v in votes] if rule == "mode" else votes, measure)


def _confidence(group: list[Told]) -> float:
    """The chance that not every source is mistaken, at most 0.99: independent sources bear one another out."""
    best: dict[str, float] = {}
    for one in group:
        source = one.telling.source
        best[source] = max(best.get(source, 0.0), one.account.confidence)
    return round(min(0.99, 1.0 - math.prod(1.0 - c for c in best.values())), 2)


def _ties(group: list[Told], weights: Weights, beside: Collection[tuple[str, str]]) -> Iterable[Tie]:
    """For each account but the first, the strongest tie to one told before it."""
    for k, one in enumerate(group[1:], 1):
        rows = [(parts(o.fact, one.fact, weights, (key_of(o.fact), key_of(one.fact)) in beside), o) for o in group[:k]]
        found = [(math.fsum(p.weight for p in row), row, other) for row, other in rows if row]
        if found:
            total, row, other = max(found, key=lambda x: x[0])
            yield Tie((other.key, one.key), round(total, 2), row)


# ---------------------------------------------------------------- when and where


def _when(group: list[Told], rules: Rules) -> tuple[EventWhen | None, bool]:
    """The days that the rule chooses; whether some lie apart from them.

    Days that the accounts' own words give go before those taken over from elsewhere in a report.
    """
    told = [(f, f.account.when) for f in group if f.account.when is not None]
    own = [(f, w) for f, w in told if w.basis in ("stated", "relative")]
    known = own or [(f, w) for f, w in told if w.basis == "inherited"] or told
    if not known:
        return None, False
    votes = {(f.telling.source, _days(w)): _vote(f, _days(w), rules) for f, w in known}
    latest_end = rules.when == "max"
    by: Measure[tuple[str, str]] = Measure(lambda d: d[::-1] if latest_end else d, _length)
    start, end = choose(rules.when, list(votes.values()), by)
    precision = min(w.precision for _, w in known if _days(w) == (start, end))
    differ = any(w.end < start or w.start > end for _, w in known)
    return EventWhen(start, end, precision, rules.when), differ


def _days(when: When) -> tuple[str, str]:
    return when.start, when.end


def _length(days: tuple[str, str]) -> int:
    return (dt.date.fromisoformat(days[1]) - dt.date.fromisoformat(days[0])).days


def _where(group: list[Told], rules: Rules) -> tuple[tuple[EventPlace, ...], bool]:
    """All places, in the order of the rule; whether sources tell cities that differ."""
    votes: dict[str, dict[str, Told]] = defaultdict(dict)
    shown: dict[str, Place] = {}
    cities: list[set[str]] = []
    for one in group:
        own = {place_key(p): p for p in one.account.where}
        for key, place in own.items():
            votes[key][one.telling.source] = one
            shown.setdefault(key, place)
        fine = {key for key, p in own.items() if p.precision == "city"}
        cities += [fine] if fine else []
    order = {key: k for k, key in enumerate(shown)}

    def rank(key: str) -> tuple[int, ...]:
        tellers = list(votes[key].values())
        # Streets have no points, and stand after the town that they are in.
        usual = (shown[key].lat is None, _fineness(shown[key]), -len(tellers), order[key])
        first = {
            "most_precise": 0,
            "mode": -len(tellers),
            "latest": -max(f.telling.published or 0 for f in tellers),
            "best_source": -max(rules.rank(f.telling.publisher) for f in tellers),
        }
        return (first[rules.where], *usual)

    kept = _without_wholes(sorted(shown, key=lambda k: (_fineness(shown[k]), order[k])), shown)
    differ = any(not a & b for a in cities for b in cities)
    return tuple(_as_place(shown[k]) for k in sorted(kept, key=rank)), differ


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


def _actors(group: list[Told]) -> tuple[EventActor, ...]:
    """Each party once a role, under its longest name."""
    found: dict[tuple[str, str], Actor] = {}
    for one in group:
        for actor in one.account.actors:
            key = (actor.role, actor.id or actor.name.lower())
            if key not in found or (actor.id is None and len(actor.name) > len(found[key].name)):
                found[key] = actor
    return tuple(EventActor(a.role, a.kind, a.name, a.id) for a in found.values())


_Rows = list[tuple[Told, Count]]


def _counts(group: list[Told], rules: Rules) -> tuple[tuple[EventCount, ...], list[str]]:
    """Each figure consolidated, and the names of those on which sources disagree."""
    rows: dict[tuple[What, Party | None], _Rows] = defaultdict(list)
    for one in group:
        for count in (c for c in one.account.counts if not c.part):
            rows[count.what, count.party].append((one, count))
    counts, clashing = [], []
    for (what, party), told in _one_party(rows).items():
        votes = _one_a_source(told)
        if len({c.best for _, c in votes if c.best is not None}) > 1:
            clashing.append(f"counts.{what}.{party or 'all'}")
        counts.append(_consolidated(what, party, told, votes, rules))
    return tuple(counts), clashing


def _one_party(rows: dict[tuple[What, Party | None], _Rows]) -> dict[tuple[What, Party | None], _Rows]:
    """Figures whose people nobody names join those of the one party that is named; a total of several takes them in."""
    joined: dict[tuple[What, Party | None], _Rows] = {}
    for what in dict.fromkeys(w for w, _ in rows):
        named = [p for w, p in rows if w == what and p not in (None, "unknown")]
        whole = _largest(rows.get((what, "unknown"), [])) + _largest(rows.get((what, None), []))
        is_total = len(named) > 1 and whole >= sum(_largest(rows[what, p]) for p in named)
        for party in [p for w, p in rows if w == what]:
            home = named[0] if party in (None, "unknown") and len(named) == 1 else party
            joined.setdefault((what, "unknown" if is_total else home), []).extend(rows[what, party])
    return joined


def _largest(rows: _Rows) -> int:
    return max((_size(_bounds(c)) for _, c in rows), default=0)


def _one_a_source(told: _Rows) -> _Rows:
    """One figure a source: the largest that it tells, for a part is told with its total."""
    best: dict[str, tuple[Told, Count]] = {}
    for one, count in told:
        source = one.telling.source
        if source not in best or _size(_bounds(count)) > _size(_bounds(best[source][1])):
            best[source] = (one, count)
    return list(best.values())


_Bounds = tuple[int | None, int | None, int | None]


def _bounds(count: Count) -> _Bounds:
    return count.low, count.best, count.high


def _size(bounds: _Bounds) -> int:
    low, best, _ = bounds
    return best if best is not None else low or 0


def _vagueness(bounds: _Bounds) -> int:
    low, best, high = bounds
    return 2 if best is None else 0 if low == best == high else 1


def _is_figure(count: Count) -> bool:
    """A number in words or digits, and not one person who is named or described."""
    return count.best != 1 or any(parse(word) is not None for word in count.text.lower().split())


def _consolidated(what: What, party: Party | None, told: _Rows, votes: _Rows, rules: Rules) -> EventCount:
    rule = rules.of_count(what)
    # A figure goes before "dozens", but where the smallest or the largest is asked for.
    exact = [(f, c) for f, c in votes if c.best is not None] if rule not in ("min", "max") else []
    # A report that tells of one of the dead ("the family of the teacher") says nothing of how many there were.
    exact = [(f, c) for f, c in exact if _is_figure(c)] or exact
    ballots = [_vote(f, _bounds(c), rules) for f, c in exact or votes]
    low, best, high = choose(rule, ballots, Measure(_size, _vagueness))
    figures = tuple(
        Figure(f.key.report_uri, f.key.account_id, c.low, c.best, c.high, c.text, c.said_by) for f, c in told
    )
    return EventCount(what, party, low, best, high, rule, figures)
