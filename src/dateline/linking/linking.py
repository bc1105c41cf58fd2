"""The main job: codings in, events out."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.linking.candidates import candidates
from dateline.linking.clustering import Weight, chains, cluster
from dateline.linking.comparing import APART, weight
from dateline.linking.consolidating import event_id, event_of
from dateline.linking.copies import Copies
from dateline.linking.facts import Fact, account_key, facts_of, report_key
from dateline.linking.rules import Rules
from dateline.model import Coding
from dateline.model.event import Event


def link(codings: Iterable[Coding], rules: Rules | None = None) -> list[Event]:
    """The events that the codings tell of, in the order of their first accounts; each account is in exactly one.

    A report that comes twice, under one URI and with one text, is one.
    """
    facts: list[Fact] = []
    copies = Copies()
    members: dict[str, str] = {}
    seen: set[str] = set()
    for coding in codings:
        key = report_key(coding.report)
        if key not in seen:
            seen.add(key)
            facts.extend(facts_of(coding, copies.source_of(coding.report, key)))
            members |= {
                account_key(key, k.source): account_key(key, k.target) for k in coding.links if k.kind == "part_of"
            }
    found = groups(len(facts), candidates(facts), lambda i, j: weight(facts[i], facts[j]))
    events = [[facts[i] for i in group] for group in found]
    home = {_key(fact): event_id(_key(group[0])) for group in events for fact in group}
    return [event_of(group, _roll_up(group, members, home), rules) for group in events]


def _key(fact: Fact) -> str:
    return account_key(fact.telling.key, fact.key.account_id)


def groups(count: int, pairs: Iterable[tuple[int, int]], weigh: Weight) -> list[list[int]]:
    """Positions 0 to count-1 of the accounts of each event, by the first of them; `weigh` is asked once a pair."""
    known: dict[tuple[int, int], float] = {}

    def between(i: int, j: int) -> float:
        pair = (min(i, j), max(i, j))
        if pair not in known:
            known[pair] = weigh(*pair)
        return known[pair]

    positive = [(i, j) for i, j in pairs if between(i, j) > 0]
    return sorted(group for chain in chains(count, positive) for group in cluster(chain, between, APART))


def _roll_up(group: list[Fact], members: dict[str, str], home: dict[str, str]) -> str | None:
    """The id of the roll-up that most of an event's accounts are said to be part of."""
    wholes = [home[whole] for f in group if (whole := members.get(_key(f))) in home]
    return max(sorted(set(wholes)), key=wholes.count, default=None)
