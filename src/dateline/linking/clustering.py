"""From weighted pairs to events: average linkage with what must stay apart.

Clusters grow by the pair of clusters whose accounts have the highest mean weight, while that is above zero. Only
accounts that a chain of positive weights joins can end in one cluster, so each such chain is worked out alone: a new
account touches its own chain and nothing else, and the result is that of linking everything at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

#: Weight of two accounts, by position.
Weight = Callable[[int, int], float]


def chains(count: int, positive: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The positions 0 to count-1 by chains of positive pairs, each in order, by their first position."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in positive:
        parent[max(root(i), root(j))] = min(root(i), root(j))
    found: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        found[root(i)].append(i)
    return list(found.values())


def cluster(members: list[int], weight: Weight, apart: float) -> list[list[int]]:
    """Average linkage of one chain; clusters that hold a pair of weight `apart` stay apart. Ties go by position."""
    clusters: dict[int, list[int]] = {i: [i] for i in members}
    sums: dict[tuple[int, int], float] = {}
    for n, i in enumerate(members):
        for j in members[n + 1 :]:
            sums[i, j] = weight(i, j)
    while True:
        best = max(
            ((total / (len(clusters[i]) * len(clusters[j])), -i, -j) for (i, j), total in sums.items() if total > 0),
            default=None,
        )
        if best is None:
            return [sorted(c) for c in clusters.values()]
        i, j = -best[1], -best[2]
        clusters[i] += clusters.pop(j)
        del sums[i, j]
        for k in clusters:
            if k == i:
                continue
            one, two = sums.pop((min(i, k), max(i, k)), apart), sums.pop((min(j, k), max(j, k)), apart)
            sums[min(i, k), max(i, k)] = apart if apart in (one, two) else one + two
