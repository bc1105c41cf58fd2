"""A figure over time: the values of a toll as reports revised it ("2, then 4, then 6 killed").

A later report with a larger figure revises the toll, also where it repeats one that did not hold at first. A smaller
figure revises it only where its report also names the older figure ("5, not 7"), or where more later reports tell the
smaller one than the larger one: most often a smaller figure is a part, or an older toll told again. A figure that comes
more than a week after the first report, or that is more than three times the one that holds, needs as many sources as
that one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)

#: One report alone can revise a toll only in this many days after the first report, and to at most this many times the
#: figure that holds.
_FRESH, _TIMES = 7, 3


@dataclass(frozen=True, slots=True)
class Vote(Generic[V]):
    """What one source says. `published` is its day as an ordinal (0 where unknown), `rank` how good the source is (the
    higher the better). `instead` are older, larger values that it also tells, and replaces."""

    value: V
    published: int = 0
    rank: int = 0
    instead: frozenset[V] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Step(Generic[V]):
    """A value of a toll, the day from which on it holds (an ordinal; 0 where unknown), and its number of sources."""

    value: V
    published: int
    sources: int


def steps(votes: Sequence[Vote[V]], size: Callable[[V], int]) -> list[Step[V]]:
    """The values that a toll went through, in order; the last is the one that holds now. `votes` is not empty.

    A value is tried on each day on which a report tells it; a smaller one on the first of these days only, because
    older figures are often told again.
    """
    stale = _first(votes) + _FRESH
    # What undated reports tell is tried last.
    days = dict.fromkeys((v.published == 0, v.published, v.value) for v in votes)
    path: list[V] = []
    since: dict[V, int] = {}
    tried: set[V] = set()
    for _, day, value in sorted(days, key=lambda told: (told[0], told[1], size(told[2]))):
        is_old = value in since or (value in tried and size(value) < size(path[-1]))
        if not is_old and (not path or _revises(value, path[-1], votes, day, stale, size)):
            path.append(value)
            since[value] = day
        tried.add(value)
    return [Step(value, since[value], sum(v.value == value for v in votes)) for value in path]


def _first(votes: Sequence[Vote[V]]) -> int:
    """The first known day of some votes; 0 where no day is known."""
    return min((v.published for v in votes if v.published), default=0)


def _revises(new: V, old: V, votes: Sequence[Vote[V]], since: int, stale: int, size: Callable[[V], int]) -> bool:
    """Does the value `new` replace `old`, which held when a report told `new` (`since`)? `stale` is the last day on
    which one report alone can revise the toll."""
    later = [v for v in votes if v.published >= since or not v.published]
    for_new = sum(v.value == new for v in later)
    is_odd = since > stale or size(new) > _TIMES * size(old)
    for_old = sum(v.value == old for v in (votes if is_odd else later))
    if size(new) >= size(old):
        return for_new >= for_old
    taken_back = any(v.value == new and old in v.instead for v in later)
    return for_new >= for_old if taken_back else for_new > max(1, for_old)
