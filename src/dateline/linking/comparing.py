"""The evidence for two accounts being one event: a sum of log-odds, one for the level of agreement of each field.

The form is Fellegi and Sunter's (1969): a prior, and for each field a logarithm. It says how much more often that level
of agreement is found between accounts of one event than between other accounts (weights.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from dateline.linking.facts import Fact
from dateline.linking.levels import BY_COST, FIELDS, IN_COMMON, LEVELS, kind_of
from dateline.linking.weights import Weights
from dateline.model.event import Part

#: The weight of two accounts that can never be one event, whatever else agrees.
APART = -99.0
#: Tolerance for the rounding of sums: the same weights added in another order differ by less than this. So no pair is
#: given up that the other order would keep.
_ROUNDING = 1e-9
#: The level that fields of whole reports have where the same two reports have a better pair of accounts (rivals.py).
BESIDE = "beside"


def parts(a: Fact, b: Fact, weights: Weights, beside: bool = False) -> tuple[Part, ...]:
    """The prior and each field's level and weight; empty where the two can never be one event.

    Where the pair is `beside` a better pair of the same two reports (rivals.py), what the reports have in common says
    nothing.
    """
    if not may_be_one(a, b):
        return ()
    found = [Part("prior", "any", weights.of("prior", "any"))]
    for field in FIELDS:
        level = LEVELS[field](a, b)
        if field in IN_COMMON:
            level = BESIDE if beside else kind_of(a, b) + level
        found.append(Part(field, level, weights.of(field, level)))
    return tuple(found)


def weight(a: Fact, b: Fact, weights: Weights, beside: bool = False, least: float = -math.inf) -> float:
    """The sum of the parts; APART where the two can never be one event.

    A pair that cannot come above `least` is not worked out to the end; then an upper bound of its sum is returned. Of
    the candidates of a made-up world (benchmarks/world.py) 94 in 100 do not come above 0. For most of them the words of
    the reports, which take longest, need not be compared.
    """
    if not may_be_one(a, b):
        return APART
    total, steps = _steps(weights, kind_of(a, b), beside)
    for level_of, weight_of_level, rest in steps:
        total += weight_of_level.get(level_of(a, b), 0.0)
        if total + rest <= least - _ROUNDING:
            return total + rest
    return total


#: A step of the sum: the function that gives a field's level, the weights of its levels, and the most that all later
#: fields may add.
_Step = tuple[Callable[[Fact, Fact], str], dict[str, float], float]


@lru_cache(maxsize=64)
def _steps(weights: Weights, kind: str, beside: bool) -> tuple[float, tuple[_Step, ...]]:
    """The weight that a pair starts with, and its fields, the quickest to compare first."""
    start, rest = weights.of("prior", "any"), 0.0
    steps: list[_Step] = []
    for field in reversed(BY_COST):
        table = weights.table[field]
        if field in IN_COMMON and beside:
            start += weights.of(field, BESIDE)
            continue
        if field in IN_COMMON:
            table = {level.removeprefix(kind): w for level, w in table.items() if level.startswith(kind)}
        steps.append((LEVELS[field], table, rest))
        rest += max(0.0, *table.values())
    return start, tuple(reversed(steps))


def may_be_one(a: Fact, b: Fact) -> bool:
    """Can two accounts be one event at all? Two accounts of one report never can, nor a roll-up and a single event, nor
    a plan and a fact."""
    return (
        a.telling.key != b.telling.key
        and a.family == b.family
        and a.is_rollup == b.is_rollup
        and a.is_fact == b.is_fact
        and (a.is_fact or a.type == b.type)
        and not _are_two_totals(a, b)
        and not _are_two_plots(a, b)
    )


def _are_two_plots(a: Fact, b: Fact) -> bool:
    """Were two plots against different targets? A plot did not take place, so its target tells which plot it is."""
    return a.type == b.type == "plot" and bool(a.targets and b.targets) and a.targets.isdisjoint(b.targets)


def _are_two_totals(a: Fact, b: Fact) -> bool:
    """Are these two different totals, because each counts up to the day of its own report ("since January" in Tuesday's
    and in Friday's report)? They are one only if they tell the same figure for the same days."""
    if not (a.is_rollup and b.is_rollup and _counts_to_its_day(a) and _counts_to_its_day(b)):
        return False
    return a.days != b.days or not any(values & b.figures.get(what, frozenset()) for what, values in a.figures.items())


def _counts_to_its_day(fact: Fact) -> bool:
    return fact.days is not None and fact.telling.published is not None and fact.days[1] == fact.telling.published


# ---------------------------------------------------------------- levels
