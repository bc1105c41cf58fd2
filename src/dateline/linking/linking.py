"""The main job: codings in, events out."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.linking.candidates import candidates
from dateline.linking.clustering import Weight, chains, cluster
from dateline.linking.comparing import APART, weight
from dateline.linking.consolidating import event_id, event_of
from dateline.linking.copies import Copies
from dateline.linking.facts import Fact, facts_of
from dateline.model import Coding
from dateline.model.event import AccountKey, Event


def link(codings: Iterable[Coding]) -> list[Event]:
    """The events that the codings tell of, in the order of their first accounts; each account is in exactly one."""
    facts: list[Fact] = []
    copies = Copies()
    members: dict[AccountKey, AccountKey] = {}
    for coding in codings:
        copies.add(coding.report)
        facts.extend(facts_of(coding))
        members |= _memberships(coding)
    found = groups(len(facts), candidates(facts), lambda i, j: weight(facts[i], facts[j]))
    events = [[facts[i] for i in group] for group in found]
    home = {fact.key: event_id(group[0]) for group in events for fact in group}
    return [event_of(group, copies, _roll_up(group, members, home)) for group in events]


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


def _memberships(coding: Coding) -> dict[AccountKey, AccountKey]:
    """Accounts that a report says are part of one of its roll-ups."""
    uri = coding.report.uri
    return {AccountKey(uri, k.source): AccountKey(uri, k.target) for k in coding.links if k.kind == "part_of"}


def _roll_up(group: list[Fact], members: dict[AccountKey, AccountKey], home: dict[AccountKey, str]) -> str | None:
    """The id of the roll-up that most of an event's accounts are said to be part of."""
    wholes = [home[members[f.key]] for f in group if f.key in members and members[f.key] in home]
    return max(sorted(set(wholes)), key=wholes.count, default=None)
