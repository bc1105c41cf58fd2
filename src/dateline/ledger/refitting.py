"""Fit the weights of linking to the judgements of analysts.

An analyst who joins or splits events, or accepts an event of several reports, decides for pairs of accounts whether
they are one event. The weights in force are moved as far as these pairs support it, and no further
(linking/fitting.py). Whether that helps is measured on judgements that are left out of the fit.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dateline.ledger.bonds import Judgement, read
from dateline.ledger.errors import TooFewJudgements
from dateline.ledger.facts import Facts
from dateline.ledger.rows import account_numbers, chunks
from dateline.ledger.tables import judgements, pairs
from dateline.linking.candidates import blocks_of, worth_comparing
from dateline.linking.comparing import parts
from dateline.linking.facts import Fact
from dateline.linking.fitting import Pair, fitted, levels_of
from dateline.linking.weights import Weights

#: About how many decisions it takes to outweigh a weight in force (training/linking.py also found this value best).
_DRAW = 20.0
#: The number of folds of the cross-validation: each fold of the judgements is left out of one fit.
_FOLDS = 5
#: The fewest decisions that weights are fitted to.
_LEAST = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """How well weights decide pairs: the share of pairs decided as the judgements do, and the mean log loss."""

    right: float
    loss: float


@dataclass(frozen=True, slots=True)
class Refitted:
    """New weights; the numbers of decisions, of pairs that are one event and of pairs that are not; and the measures of
    the weights in force and of new weights, on decisions that these were not fitted to."""

    weights: Weights
    decisions: int
    same: int
    different: int
    before: Measure
    after: Measure


@dataclass(frozen=True, slots=True)
class _Decided:
    """A pair of accounts, and the judgement that says whether they are one event."""

    judgement: int
    pair: Pair


def refit(connection: Connection, facts: Facts, weights: Weights) -> Refitted:
    """Fit weights to the judgements in force. Raises TooFewJudgements (DL-L015)."""
    found = list(_decided(connection, facts, weights))
    decisions = len({one.judgement for one in found})
    if decisions < _LEAST:
        raise TooFewJudgements(f"Judgements decide on pairs of accounts {decisions} times; it takes {_LEAST}.")
    known = [one.pair for one in found]
    same = sum(pair.is_one for pair in known)
    before, after = _compared(found, weights)
    return Refitted(fitted(known, weights, _DRAW), decisions, same, len(known) - same, before, after)


# ---------------------------------------------------------------- what was decided


def _decided(connection: Connection, facts: Facts, weights: Weights) -> Iterator[_Decided]:
    """The pairs that somebody decided, if linking compares them, too: pairs of two reports that are worth comparing."""
    numbers = select(judgements.c.num).where(judgements.c.withdrawn.is_(None)).order_by(judgements.c.num)
    told = _pairs(read(connection, connection.execute(numbers).scalars().all()))
    nums = account_numbers(connection, {key for pair in told for key in pair})
    beside = _beside(connection, nums.values())
    loaded = facts.load(connection, nums.values())
    count: dict[int, int] = {}
    rows = []
    for (one, two), (judgement, is_one) in sorted(told.items()):
        if one in nums and two in nums:
            a, b = sorted((nums[one], nums[two]))
            if _meet(loaded[a], loaded[b]) and (row := parts(loaded[a], loaded[b], weights, (a, b) in beside)):
                rows.append((judgement, levels_of(row), is_one))
                count[judgement] = count.get(judgement, 0) + 1
    for judgement, levels, is_one in rows:
        # A decision has weight 1 in all, however many pairs it decides.
        yield _Decided(judgement, Pair(levels, is_one, 1.0 / count[judgement]))


def _pairs(found: Sequence[Judgement]) -> dict[tuple[str, str], tuple[int, bool]]:
    """Pairs of keys -> the latest judgement on them, and whether it makes them one event.

    Accepting an event means that all its accounts are one event. A judgement on the pairs themselves goes before that.
    """
    told: dict[tuple[str, str], tuple[int, bool]] = {}
    accepted = [j for j in found if j.kind == "accept"]
    linking = [j for j in found if j.kind in ("same", "different", "split")]
    for one in (*accepted, *linking):
        together = one.parts if one.kind != "different" else ()
        told |= {_pair(a, b): (one.num, True) for part in together for a, b in itertools.combinations(part, 2)}
        apart = itertools.combinations(one.parts, 2) if one.kind != "same" else ()
        told |= {_pair(a, b): (one.num, False) for part, other in apart for a, b in itertools.product(part, other)}
    return told


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _beside(connection: Connection, nums: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs of accounts of two reports that have a better pair (linking/rivals.py)."""
    found: set[tuple[int, int]] = set()
    for some in chunks(sorted(nums)):
        query = select(pairs.c.a, pairs.c.b).where(pairs.c.a.in_(some), pairs.c.beside)
        found |= {(a, b) for a, b in connection.execute(query)}
    return found


def _meet(a: Fact, b: Fact) -> bool:
    """Does linking compare the two at all?"""
    return worth_comparing(a, b) and not blocks_of(a).looks_in.isdisjoint(blocks_of(b).lies_in)


# ---------------------------------------------------------------- does it help?


def _compared(found: Sequence[_Decided], weights: Weights) -> tuple[Measure, Measure]:
    """The measures of the weights in force, and of weights fitted to the other folds; each on all folds."""
    before: list[tuple[float, Pair]] = []
    after: list[tuple[float, Pair]] = []
    for fold in range(_FOLDS):
        out = [one.pair for one in found if _fold(one.judgement) == fold]
        new = fitted([one.pair for one in found if _fold(one.judgement) != fold], weights, _DRAW)
        before += [(_sum(pair, weights), pair) for pair in out]
        after += [(_sum(pair, new), pair) for pair in out]
    return _measure(before), _measure(after)


def _fold(judgement: int) -> int:
    return hashlib.sha256(str(judgement).encode()).digest()[0] % _FOLDS


def _sum(pair: Pair, weights: Weights) -> float:
    return math.fsum(weights.of(field, level) for field, level in pair.levels)


def _measure(rows: Sequence[tuple[float, Pair]]) -> Measure:
    total = math.fsum(pair.counts for _, pair in rows)
    right = math.fsum(pair.counts for weight, pair in rows if (weight > 0) == pair.is_one)
    lost = math.fsum(pair.counts * _log_loss(weight if pair.is_one else -weight) for weight, pair in rows)
    return Measure(round(right / total, 4), round(lost / total, 4))


def _log_loss(margin: float) -> float:
    """log(1 + e^-margin), without overflow."""
    return math.log1p(math.exp(-abs(margin))) + max(0.0, -margin)
