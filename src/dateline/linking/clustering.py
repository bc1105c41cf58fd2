"""From weighted pairs to events: average linkage with what must stay apart.

Clusters grow by the pair of clusters whose accounts have the highest mean weight, while that is above zero. Only
accounts that a chain of positive weights joins can end in one cluster, so each such chain is worked out alone: a new
account touches its own chain and nothing else, and the result is that of linking everything at once.
"""

from __future__ import annotations

import heapq
import itertools
import math
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


def cluster(
    members: list[int], weight: Weight, apart: float, together: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """Average linkage of one chain; clusters that hold a pair of weight `apart` stay apart. Ties go by position.

    Pairs of `together` (what somebody judged to be one) are in one cluster from the start, whatever their weight.
    """
    start = chains(len(members), _positions(members, together))
    clusters = {members[part[0]]: [members[k] for k in part] for part in start}
    sums: dict[tuple[int, int], float] = {}
    for i, j in itertools.combinations(sorted(clusters), 2):
        sums[i, j] = _sum([weight(min(a, b), max(a, b)) for a in clusters[i] for b in clusters[j]], apart)
    heap = [_entry(total, clusters, pair) for pair, total in sums.items() if total > 0]
    heapq.heapify(heap)
    while heap:
        _, i, j, *sizes = heapq.heappop(heap)
        if [len(clusters.get(i, ())), len(clusters.get(j, ()))] != sizes:
            continue  # One of the two has grown or gone since.
        clusters[i] += clusters.pop(j)
        del sums[i, j]
        for k in clusters:
            if k != i:
                pair = (min(i, k), max(i, k))
                sums[pair] = _sum([sums.pop(pair), sums.pop((min(j, k), max(j, k)))], apart)
                if sums[pair] > 0:
                    heapq.heappush(heap, _entry(sums[pair], clusters, pair))
    return [sorted(c) for c in clusters.values()]


def _positions(members: list[int], pairs: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    at = {member: k for k, member in enumerate(members)}
    return [(at[i], at[j]) for i, j in pairs if i in at and j in at]


def _sum(weights: list[float], apart: float) -> float:
    return apart if apart in weights else math.fsum(weights)


def _entry(total: float, clusters: dict[int, list[int]], pair: tuple[int, int]) -> tuple[float, int, int, int, int]:
    """The highest mean first, then by position; the sizes tell later whether the entry still holds."""
    i, j = pair
    sizes = len(clusters[i]), len(clusters[j])
    return (-total / (sizes[0] * sizes[1]), i, j, *sizes)
