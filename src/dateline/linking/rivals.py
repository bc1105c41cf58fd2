"""Weigh the pairs of accounts of two reports together: an account has at most one counterpart in another report.

The pair with the highest weight takes its two accounts. Any other pair with one of these accounts is a rival, and gets
a weight below 0. What the two reports have in common is explained by the best pair, so it is no evidence for their
other pairs (an older event that both mention, say). All this depends on the two reports only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dateline.linking.comparing import weight
from dateline.linking.facts import Fact
from dateline.linking.weights import Weights

#: The highest weight (log-odds) of a pair in which an account has a better counterpart in the same report.
_RIVAL = -1.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """The log-odds of two accounts being one event, and whether the two reports have a better pair (`beside`)."""

    weight: float
    beside: bool = False


class Link(NamedTuple):
    """A weighed pair as it is stored: the accounts by key, the one of the earlier report first."""

    a: str
    b: str
    weight: float
    beside: bool


def weigh(facts: dict[int, Fact], pairs: Iterable[tuple[int, int]], weights: Weights) -> dict[tuple[int, int], Weighed]:
    """Weigh pairs of accounts (by number). `pairs` holds all pairs worth comparing of any two reports in it. Pairs with
    no weight above 0 before rivals are considered are left out."""
    by_reports: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        by_reports[facts[a].telling.key, facts[b].telling.key].append((a, b))
    found: dict[tuple[int, int], Weighed] = {}
    for own in by_reports.values():
        found |= _of_two_reports(facts, own, weights)
    return found


def _of_two_reports(
    facts: dict[int, Fact], pairs: list[tuple[int, int]], weights: Weights
) -> dict[tuple[int, int], Weighed]:
    raw = {(a, b): weight(facts[a], facts[b], weights, least=0.0) for a, b in pairs}
    found: dict[tuple[int, int], Weighed] = {}
    taken: set[int] = set()
    for pair in sorted(pairs, key=lambda p: (-raw[p], p)):
        value = raw[pair]
        if value <= 0:
            break
        if taken & set(pair):
            found[pair] = Weighed(min(value, _RIVAL), True)
            continue
        beside = bool(taken)
        found[pair] = Weighed(weight(facts[pair[0]], facts[pair[1]], weights, True) if beside else value, beside)
        if found[pair].weight > 0:
            taken |= set(pair)
    return found


class Weigher:
    """Gives the weight of any pair of accounts, also of pairs that were not worth comparing by themselves. It is needed
    because an account is compared with all accounts of a cluster before it joins."""

    def __init__(self, facts: Mapping[int, Fact], known: Mapping[tuple[int, int], float], weights: Weights) -> None:
        """`known` are the pairs that `weigh` gave. Facts are looked up only when they are needed."""
        self._facts, self._weights = facts, weights
        self._known = [pair for pair, value in known.items() if value > 0]
        self._met: set[tuple[str, str]] | None = None

    def __call__(self, a: int, b: int) -> float:
        """The log-odds of two accounts, by number, the earlier one first."""
        if self._met is None:
            self._met = {self._reports(*pair) for pair in self._known}
        return weight(self._facts[a], self._facts[b], self._weights, self._reports(a, b) in self._met)

    def _reports(self, a: int, b: int) -> tuple[str, str]:
        return self._facts[a].telling.key, self._facts[b].telling.key
