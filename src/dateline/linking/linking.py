"""Link accounts to events: codings in, events out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.linking.candidates import candidates
from dateline.linking.cases import case_id, cases
from dateline.linking.clustering import cluster, weighed_chains
from dateline.linking.consolidating import event_id, event_of
from dateline.linking.copies import Copies
from dateline.linking.facts import Fact, Told, account_key, key_of, report_key, told_by
from dateline.linking.linkers import Linker, grouped
from dateline.linking.rivals import Weighed, Weigher, weigh
from dateline.linking.rules import Rules
from dateline.linking.stages import relations
from dateline.linking.totals import with_wholes
from dateline.linking.weights import Weights, default_weights
from dateline.model import Account, Coding
from dateline.model.event import Event


def link(
    codings: Iterable[Coding], rules: Rules | None = None, weights: Weights | None = None, linker: Linker | None = None
) -> list[Event]:
    """The events that the codings tell of. Each account is in exactly one event. Events that some report is mainly of
    come first, then events that reports only tell in passing; both in the order of their first accounts.

    A report that comes twice with the same URI and text counts once. A `linker` decides, instead of the weights, which
    accounts are of one event. Raises BadLinker (DL-L029) where it fails.
    """
    weights = weights or default_weights()
    told: list[Told] = []
    given: list[tuple[Coding, Account]] = []
    copies = Copies()
    members: dict[str, str] = {}
    related: list[tuple[str, str, int]] = []
    seen: set[str] = set()
    for coding in codings:
        key = report_key(coding.report)
        if key not in seen:
            seen.add(key)
            told.extend(told_by(coding, copies.source_of(coding.report, key)))
            # Only another package's linker needs whole codings. Without one they are not kept, which saves memory.
            given.extend((coding, account) for account in (coding.accounts if linker else ()))
            members |= {
                account_key(key, k.source): account_key(key, k.target) for k in coding.links if k.kind == "part_of"
            }
            related += [(account_key(key, r.one), account_key(key, r.other), r.strength) for r in relations(coding)]
    facts = [one.fact for one in told]
    numbered = dict(enumerate(facts))
    weighed = weigh(numbered, candidates(facts), weights) if linker is None else {}
    beside = {(key_of(facts[i]), key_of(facts[j])) for (i, j), w in weighed.items() if w.beside}
    found = groups(facts, weighed, weights) if linker is None else _by_main(facts, grouped(linker, given))
    events = [[told[i] for i in group] for group in found]
    home = {key_of(one.fact): event_id(key_of(group[0].fact)) for group in events for one in group}
    case = _cases([key_of(fact) for fact in facts], found, related)
    return with_wholes(
        [
            event_of(told_of, _roll_up(told_of, members, home), rules, weights, beside, case.get(group[0]))
            for group, told_of in zip(found, events, strict=True)
        ]
    )


def _cases(keys: Sequence[str], found: list[list[int]], related: list[tuple[str, str, int]]) -> dict[int, str]:
    """The id of the case of each event (by the position of its first account) that has one."""
    at = {key: i for i, key in enumerate(keys)}
    home = {i: group[0] for group in found for i in group}
    of = cases(home, [(at[one], at[other], strength) for one, other, strength in related])
    return {event: case_id(keys[first]) for event, first in of.items()}


def groups(facts: Sequence[Fact], weighed: Mapping[tuple[int, int], Weighed], weights: Weights) -> list[list[int]]:
    """The accounts of each event, by position. Events that some report is mainly of come first, then those only told in
    passing; both in the order of their first accounts."""
    known = {pair: w.weight for pair, w in weighed.items()}
    numbered = dict(enumerate(facts))
    found = [
        group
        for chain, own in weighed_chains(range(len(facts)), known)
        for group in cluster(chain, own, lambda i: facts[i].telling.key, weigh=Weigher(numbered, own, weights))
    ]
    return _by_main(facts, found)


def _by_main(facts: Sequence[Fact], found: list[list[int]]) -> list[list[int]]:
    return sorted(found, key=lambda group: (not any(facts[i].is_main for i in group), group))


def _roll_up(group: list[Told], members: dict[str, str], home: dict[str, str]) -> str | None:
    """The id of the roll-up that, by their reports, most of an event's accounts are part of."""
    wholes = [home[whole] for f in group if (whole := members.get(key_of(f.fact))) in home]
    return max(sorted(set(wholes)), key=wholes.count, default=None)
