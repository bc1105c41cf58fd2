"""From weighted pairs to events: clusters that grow pair by pair, and pairs that must stay apart.

At each step the two clusters with the highest score join, while the score is above zero. The score is the middle
between the mean weight of all pairs of their accounts and the weight of the best pair. The mean alone (average linkage)
would separate a short retelling from an event that one report tells with the same words. The best pair alone (single
linkage) would join clusters by one accidental likeness. Only accounts that a chain of tied pairs joins can end in one
cluster, so each chain is clustered alone. A new account touches only its own chain, and the result is that of linking
everything at once.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

#: Log-odds from which a pair joins two chains. An account without such a pair (most often a short retelling) joins by
#: its best weaker pair only, so that it never joins two chains that were separate without it. If every pair with
#: log-odds above 0 joined, chains of accidental likenesses would run through a whole ledger: of 9,000 accounts of a
#: made-up world (benchmarks/world.py) the longest chain would have thousands.
TIE = 1.5
#: Log-odds of a pair that was never weighed: it is taken not to be one event.
_STRANGERS = -3.0


def chains(count: int, tied: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The positions 0 to count-1, grouped into chains of tied pairs; each in order, the chains by first position."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in tied:
        parent[max(root(i), root(j))] = min(root(i), root(j))
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        found[root(i)].append(i)
    return list(found.values())


def tied_with(partners: Mapping[int, float]) -> set[int]:
    """The accounts that an account is tied with, seen from its own pairs: all partners with at least TIE; if there are
    none, the best partner above 0 (of equals the earlier one). `partners` are all accounts that it was compared with,
    with the log-odds of each pair."""
    strong = {other for other, weight in partners.items() if weight >= TIE}
    if strong or not partners:
        return strong
    weight, other = max((weight, -other) for other, weight in partners.items())
    return {-other} if weight > 0 else set()


def ties(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs that join chains, of all that were compared."""
    partners: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), weight in weights.items():
        partners[i][j] = partners[j][i] = weight
    return [(i, j) for i, own in partners.items() for j in tied_with(own)]


def weighed_chains(
    members: Sequence[int], weights: Mapping[tuple[int, int], float], together: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[list[int], dict[tuple[int, int], float]]]:
    """The members by chains of ties and of pairs that belong `together`, each with the weights of its own pairs."""
    at = {member: k for k, member in enumerate(members)}
    inside = {pair: w for pair, w in weights.items() if pair[0] in at and pair[1] in at}
    tied = (*together, *ties(inside))
    found = chains(len(members), [(at[i], at[j]) for i, j in tied])
    home = {members[k]: n for n, chain in enumerate(found) for k in chain}
    own: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for (i, j), w in inside.items():
        if home[i] == home[j]:
            own[home[i]][i, j] = w
    return (([members[k] for k in chain], own[n]) for n, chain in enumerate(found))


def cluster(
    members: Sequence[int],
    weights: Mapping[tuple[int, int], float],
    label: Callable[[int], str],
    apart: Callable[[int, int], bool] = lambda i, j: False,
    together: Iterable[tuple[int, int]] = (),
    weigh: Callable[[int, int], float] = lambda i, j: _STRANGERS,
) -> list[list[int]]:
    """The clusters of one chain. Ties go by position.

    `weights` are those of the pairs that were compared, the earlier account first. `weigh` gives the weight of any
    other pair; it is called only where two clusters may join. Two accounts of one `label` never join, nor two that are
    `apart`. Pairs in `together` (somebody judged them to be one event) are joined from the start, whatever they weigh.
    """
    growing = _Clusters(members, weights, weigh, label, together)
    while growing.heap:
        _, i, j, *sizes = heapq.heappop(growing.heap)
        one, two = growing.members.get(i, []), growing.members.get(j, [])
        if [len(one), len(two)] != sizes:
            continue  # One of the two clusters has changed since this entry was made.
        if not any(apart(a, b) for a in one for b in two):
            growing.join(i, j)
    return [sorted(c) for c in growing.members.values()]


class _Clusters:
    """Clusters by their first position, the weights between them, and a queue of the pairs to look at next."""

    def __init__(
        self,
        members: Sequence[int],
        weights: Mapping[tuple[int, int], float],
        weigh: Callable[[int, int], float],
        label: Callable[[int], str],
        together: Iterable[tuple[int, int]],
    ) -> None:
        at = {member: k for k, member in enumerate(members)}
        bound = [(at[i], at[j]) for i, j in together if i in at and j in at]
        parts = [[members[k] for k in part] for part in chains(len(members), bound)]
        self.members = {part[0]: part for part in parts}
        self._weights, self._weigh = weights, weigh
        self._labels = {i: {label(k) for k in part} for i, part in self.members.items()}
        home = {member: part[0] for part in parts for member in part}
        #: Cluster -> other clusters with a pair weighed above 0 -> sum and best of the weights between the two.
        self._near: dict[int, dict[int, tuple[float, float]]] = {i: {} for i in self.members}
        for (a, b), weight in sorted(weights.items()):
            if weight > 0 and a in home and b in home and home[a] != home[b]:
                self._meet(home[a], home[b])
        self.heap = [
            entry for i, near in self._near.items() for j in near if i < j and (entry := self._entry(i, j)) is not None
        ]
        heapq.heapify(self.heap)

    def _meet(self, i: int, j: int) -> None:
        """Weigh all pairs of two clusters, where that was not done before and they may come together."""
        if j not in self._near[i] and self._labels[i].isdisjoint(self._labels[j]):
            found = [self._weight(a, b) for a in self.members[i] for b in self.members[j]]
            self._near[i][j] = self._near[j][i] = (math.fsum(found), max(found))

    def _weight(self, a: int, b: int) -> float:
        pair = (min(a, b), max(a, b))
        known = self._weights.get(pair)
        return self._weigh(*pair) if known is None else known

    def _entry(self, i: int, j: int) -> tuple[float, int, int, int, int] | None:
        """The queue entry of two clusters: the highest score comes first, then by position; None where the score is not
        above zero. The sizes in it show later whether the entry still holds."""
        i, j = min(i, j), max(i, j)
        total, best = self._near[i][j]
        sizes = len(self.members[i]), len(self.members[j])
        speaks_for = (total / (sizes[0] * sizes[1]) + best) / 2
        return (-speaks_for, i, j, *sizes) if speaks_for > 0 else None

    def join(self, i: int, j: int) -> None:
        """Put the later cluster into the earlier one."""
        near = sorted({*self._near[i], *self._near[j]} - {i, j})
        labels = self._labels[i] | self._labels[j]
        for k in near:
            if labels.isdisjoint(self._labels[k]):
                self._meet(i, k)
                self._meet(j, k)
        self.members[i] = self.members[i] + self.members.pop(j)
        self._labels[i] = labels
        del self._labels[j], self._near[i][j]
        own, gone = self._near[i], self._near.pop(j)
        for k in near:
            one, two = own.pop(k, None), gone.get(k)
            self._near[k].pop(i, None)
            self._near[k].pop(j, None)
            if one is not None and two is not None and labels.isdisjoint(self._labels[k]):
                own[k] = self._near[k][i] = (one[0] + two[0], max(one[1], two[1]))
                entry = self._entry(i, k)
                if entry is not None:
                    heapq.heappush(self.heap, entry)
