"""One value for each field of an event, chosen by a named rule (rules.py), from all that the accounts say.

Copies of a report have one vote. Every figure stays listed with who said it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from dateline.linking.comparing import parts, weight
from dateline.linking.counting import counts_of
from dateline.linking.facts import Told, key_of
from dateline.linking.naming import actors_of
from dateline.linking.placing import when_of, where_of
from dateline.linking.revising import Vote
from dateline.linking.rules import Measure, Rule, Rules, choose, default_rules
from dateline.linking.weights import Weights, default_weights
from dateline.model import types
from dateline.model.event import Event, Tie
from dateline.model.vocabulary import Status, Type


def event_of(
    group: list[Told],
    roll_up: str | None = None,
    rules: Rules | None = None,
    weights: Weights | None = None,
    beside: Collection[tuple[str, str]] = (),
    case: str | None = None,
) -> Event:
    """The event that the accounts of `group` (in the order in which their reports came) tell of.

    `beside` are pairs of accounts (linking.facts.key_of, the earlier one first) of two reports that also have a better
    pair (rivals.py).
    """
    rules = rules or default_rules()
    counts, clashing = counts_of(group, rules)
    when, days_differ = when_of(group, rules)
    where, places_differ = where_of(group, rules)
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
        actors=actors_of(group),
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
    """The id of an event, made of the key of its first account."""
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
    # Which word is better does not depend on the report's day, except where the rule asks for the latest.
    return choose(rule, [replace(v, published=0) for v in votes] if rule == "mode" else votes, measure)


def _confidence(group: list[Told]) -> float:
    """The chance that at least one source is right, at most 0.99. Independent sources make it larger."""
    best: dict[str, float] = {}
    for one in group:
        source = one.telling.source
        best[source] = max(best.get(source, 0.0), one.account.confidence)
    return round(min(0.99, 1.0 - math.prod(1.0 - c for c in best.values())), 2)


def _ties(group: list[Told], weights: Weights, beside: Collection[tuple[str, str]]) -> Iterable[Tie]:
    """The strongest ties that join all accounts (a maximum spanning tree that starts at the first account)."""

    def is_beside(i: int, j: int) -> bool:
        return (key_of(group[i].fact), key_of(group[j].fact)) in beside

    def weighed(i: int, j: int) -> float:
        return weight(group[i].fact, group[j].fact, weights, is_beside(i, j))

    #: Account not joined yet -> its strongest tie to a joined account, as the weight and the pair.
    best = {j: (weighed(0, j), (0, j)) for j in range(1, len(group))}
    ties = []
    while best:
        new = max(best, key=lambda k: (best[k][0], -k))
        ties.append(best.pop(new)[1])
        for j in best:
            pair = (min(new, j), max(new, j))
            best[j] = max(best[j], (weighed(*pair), pair), key=lambda tie: tie[0])
    for i, j in sorted(ties, key=lambda pair: (pair[1], pair[0])):
        row = parts(group[i].fact, group[j].fact, weights, is_beside(i, j))
        if row:
            yield Tie((group[i].key, group[j].key), round(math.fsum(p.weight for p in row), 2), row)
