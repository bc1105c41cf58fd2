"""A figure over time: which values a toll went through as reports revised it ("2, then 4, then 6 killed").

A later report that tells more revises the toll. One that tells less does so where it names the older figure as well
("5, not 7"), or where more reports follow it than stay with the larger one: most often a smaller figure is a part, or
an older toll told again. A week after the first report, or of a size quite its own, a figure needs as many sources as
the one that stands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)

#: Days after the first report in which tolls are revised by one report alone, and how many times over.
_FRESH, _TIMES = 7, 3


@dataclass(frozen=True, slots=True)
class Vote(Generic[V]):
    """What one source says: `published` is its day as an ordinal (0 where unknown), `rank` how good it is; `instead`
    are older values that it tells as well, and takes back."""

    value: V
    published: int = 0
    rank: int = 0
    instead: frozenset[V] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Step(Generic[V]):
    """A value of a toll: the day on which it was first told (ordinal; 0 where unknown), how many sources tell it."""

    value: V
    published: int
    sources: int


def steps(votes: Sequence[Vote[V]], size: Callable[[V], int]) -> list[Step[V]]:
    """The values that a toll went through, in order; the last is the one that stands. `votes` is not empty."""
    first = {v.value: _first([w for w in votes if w.value == v.value]) for v in votes}
    stale = _first(votes) + _FRESH
    # Of undated reports nobody knows the day; their values are tried last.
    told = sorted(first, key=lambda value: (first[value] == 0, first[value], size(value)))
    path: list[V] = []
    for value in told:
        if not path or _revises(value, path[-1], votes, first[value], stale, size):
            path.append(value)
    return [Step(value, first[value], sum(v.value == value for v in votes)) for value in path]


def _first(votes: Sequence[Vote[V]]) -> int:
    """The first day of those that are known; 0 where none is."""
    return min((v.published for v in votes if v.published), default=0)


def _revises(new: V, old: V, votes: Sequence[Vote[V]], since: int, stale: int, size: Callable[[V], int]) -> bool:
    """Does a value take the place of the one that stood when it was first told (`since`)?"""
    later = [v for v in votes if v.published >= since or not v.published]
    for_new = sum(v.value == new for v in later)
    is_odd = since > stale or size(new) > _TIMES * size(old)
    for_old = sum(v.value == old for v in (votes if is_odd else later))
    if size(new) >= size(old):
        return for_new >= for_old
    taken_back = any(v.value == new and old in v.instead for v in later)
    return for_new >= for_old if taken_back else for_new > max(1, for_old)
