"""From weighted pairs to events: average linkage with what must stay apart.

Clusters grow by the pair of clusters whose accounts have the highest mean weight, while that is above zero. Only
accounts that a chain of tied pairs joins can end in one cluster, so each such chain is worked out alone: a new account
touches its own chain and nothing else, and the result is that of linking everything at once.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dateline.linking.comparing import STRANGERS

#: Log-odds from which a pair joins two chains. Weaker pairs count where a stronger one has joined them; without this,
#: chains of chance likenesses would run through a whole ledger. (On development data the events are no worse for it.)
TIE = 1.0


def chains(count: int, tied: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The positions 0 to count-1 by chains of tied pairs, each in order, by their first position."""
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


def weighed_chains(
    members: Sequence[int], weights: Mapping[tuple[int, int], float], together: Iterable[tuple[int, int]] = ()
) -> Iterator[tuple[list[int], dict[tuple[int, int], float]]]:
    """The members by chains of ties and of pairs that belong `together`, each with the weights of its own pairs."""
    at = {member: k for k, member in enumerate(members)}
    inside = {pair: w for pair, w in weights.items() if pair[0] in at and pair[1] in at}
    tied = (*together, *(pair for pair, w in inside.items() if w >= TIE))
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
) -> list[list[int]]:
    """Average linkage of one chain. Ties go by position.

    `weights` are of the pairs that were compared, the earlier one first; two that were not weigh STRANGERS. No two of
    one `label` come together, nor two that are `apart`; pairs of `together` (what somebody judged to be one) do from
    the start, whatever they weigh.
    """
    growing = _Clusters(members, weights, together)
    while growing.heap:
        _, i, j, *sizes = heapq.heappop(growing.heap)
        one, two = growing.members.get(i, []), growing.members.get(j, [])
        if [len(one), len(two)] != sizes:
            continue  # One of the two has grown or gone since.
        if not {label(k) for k in one} & {label(k) for k in two} and not any(apart(a, b) for a in one for b in two):
            growing.join(i, j)
    return [sorted(c) for c in growing.members.values()]


class _Clusters:
    """Clusters by their first position, the weights between them, and which to look at next."""

    def __init__(
        self, members: Sequence[int], weights: Mapping[tuple[int, int], float], together: Iterable[tuple[int, int]]
    ) -> None:
        at = {member: k for k, member in enumerate(members)}
        bound = [(at[i], at[j]) for i, j in together if i in at and j in at]
        parts = [[members[k] for k in part] for part in chains(len(members), bound)]
        self.members = {part[0]: part for part in parts}
        home = {member: part[0] for part in parts for member in part}
        #: Cluster -> other cluster -> sum of the weights between them, and of how many pairs.
        self._near: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in self.members}
        for (a, b), weight in sorted(weights.items()):
            if a in home and b in home and home[a] != home[b]:
                self._add(home[a], home[b], weight, 1)
        self.heap = [
            entry for i, near in self._near.items() for j in near if i < j and (entry := self._entry(i, j)) is not None
        ]
        heapq.heapify(self.heap)

    def _add(self, i: int, j: int, weight: float, count: int) -> None:
        total, known = self._near[i].get(j, (0.0, 0))
        self._near[i][j] = self._near[j][i] = (total + weight, known + count)

    def _entry(self, i: int, j: int) -> tuple[float, int, int, int, int] | None:
        """The highest mean first, then by position; None below zero. The sizes tell later whether it still holds."""
        i, j = min(i, j), max(i, j)
        total, known = self._near[i][j]
        sizes = len(self.members[i]), len(self.members[j])
        pairs = sizes[0] * sizes[1]
        mean = (total + (pairs - known) * STRANGERS) / pairs
        return (-mean, i, j, *sizes) if mean > 0 else None

    def join(self, i: int, j: int) -> None:
        """Put the later cluster into the earlier one."""
        self.members[i] = self.members[i] + self.members.pop(j)
        del self._near[i][j]
        for k, (total, known) in self._near.pop(j).items():
            if k != i:
                del self._near[k][j]
                self._add(i, k, total, known)
        for k in self._near[i]:
            entry = self._entry(i, k)
            if entry is not None:
                heapq.heappush(self.heap, entry)
