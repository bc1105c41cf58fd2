"""Cases: a deed and its consequences over years, from what reports say about their own accounts (stages.py).

Events are of one case where some report says so of two of their accounts. Two deeds that a report keeps apart are two
cases, also where a round-up tells of both. The pairs of events with the strongest evidence join first, and no pair
joins two deeds that are kept apart.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from dateline.linking.stages import APART, LINKED

#: Two accounts, by number, and how strongly their report says that they are of one case (stages.Relation).
Related = tuple[int, int, int]


def case_id(first: str) -> str:
    """The id of a case, made of the key of its first account."""
    return "c-" + hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def cases(home: Mapping[int, int], related: Iterable[Related]) -> dict[int, int]:
    """Event -> first event of its case, for all events that share a case with another event.

    An event is named by the number of its first account. `home` has the event of each account.
    """
    said, apart = _between(home, related)
    growing = _Cases(apart)
    for one, other in sorted(said, key=lambda pair: (-said[pair], pair)):
        growing.join(one, other)
    return {event: first for first, own in growing.members.items() if len(own) > 1 for event in own}


_Pair = tuple[int, int]


def _between(home: Mapping[int, int], related: Iterable[Related]) -> tuple[Counter[_Pair], set[_Pair]]:
    """How strongly reports say that two events are of one case; and the pairs kept apart, which no report links."""
    said: Counter[_Pair] = Counter()
    apart: set[_Pair] = set()
    linked: set[_Pair] = set()
    for a, b, strength in related:
        if a not in home or b not in home or home[a] == home[b]:
            continue
        pair = min(home[a], home[b]), max(home[a], home[b])
        if strength == APART:
            apart.add(pair)
        else:
            said[pair] += strength
        if strength == LINKED:
            linked.add(pair)
    return said, apart - linked


class _Cases:
    """Cases while they grow, by their first events."""

    def __init__(self, apart: Iterable[_Pair]) -> None:
        self.members: dict[int, set[int]] = {}
        self._first: dict[int, int] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: int, other: int) -> None:
        """Make the cases of two events one, unless two of their events are kept apart."""
        first, second = sorted((self._case_of(one), self._case_of(other)))
        mine, others = self.members[first], self.members[second]
        fewer, more = sorted((mine, others), key=len)
        if first == second or any(self._apart[event] & more for event in fewer if event in self._apart):
            return
        mine |= self.members.pop(second)
        self._first |= dict.fromkeys(others, first)

    def _case_of(self, event: int) -> int:
        self.members.setdefault(self._first.setdefault(event, event), {event})
        return self._first[event]
