"""Weights of linking, fitted anew to what analysts judged.

Whoever says that two events are one, that one is two, or accepts an event that several reports tell of, says of pairs
of accounts whether they are one event. The weights in force are moved as far as these pairs bear it out, and no further
(linking/fitting.py). Whether that helps is measured on judgements left out of the fit.
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
from dateline.ledger.rows import chunks
from dateline.ledger.tables import accounts, judgements, pairs
from dateline.linking.candidates import blocks_of, worth_comparing
from dateline.linking.comparing import parts
from dateline.linking.facts import Fact
from dateline.linking.fitting import Pair, fitted, levels_of
from dateline.linking.weights import Weights

#: How many decisions it takes to outweigh a weight in force, about (training/linking.py found it best, too).
_DRAW = 20.0
#: Judgements are left out of the fit in so many parts, one after the other.
_FOLDS = 5
#: Fewer decisions than these teach nothing.
_LEAST = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """How well weights decide pairs: the share that they decide as the judgements do, and the mean log loss."""

    right: float
    loss: float


@dataclass(frozen=True, slots=True)
class Refitted:
    """New weights; of how many decisions, and of how many pairs that are one event and that are not; and how the
    weights in force and new ones do on decisions that they were not fitted to."""

    weights: Weights
    decisions: int
    same: int
    different: int
    before: Measure
    after: Measure


@dataclass(frozen=True, slots=True)
class _Decided:
    """A pair of accounts of which a judgement says whether they are one event."""

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
    """Pairs that somebody decided on and the weights decide on too: of two reports, and worth comparing."""
    numbers = select(judgements.c.num).where(judgements.c.withdrawn.is_(None)).order_by(judgements.c.num)
    told = _pairs(read(connection, connection.execute(numbers).scalars().all()))
    nums = _numbers(connection, {key for pair in told for key in pair})
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
        # One decision counts as one, however many accounts it is about.
        yield _Decided(judgement, Pair(levels, is_one, 1.0 / count[judgement]))


def _pairs(found: Sequence[Judgement]) -> dict[tuple[str, str], tuple[int, bool]]:
    """Pairs of keys -> the latest judgement on them, and whether it makes them one event.

    Who accepts an event accepts that its accounts are one; what was said of the pairs themselves goes before that.
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


def _numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The live accounts of keys."""
    found: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        query = select(accounts.c.key, accounts.c.num).where(accounts.c.key.in_(some), accounts.c.retired.is_(None))
        found |= dict(connection.execute(query).all())
    return found


def _beside(connection: Connection, nums: Iterable[int]) -> set[tuple[int, int]]:
    """Pairs that a better pair of their reports stands by."""
    found: set[tuple[int, int]] = set()
    for some in chunks(sorted(nums)):
        query = select(pairs.c.a, pairs.c.b).where(pairs.c.a.in_(some), pairs.c.beside)
        found |= {(a, b) for a, b in connection.execute(query)}
    return found


def _meet(a: Fact, b: Fact) -> bool:
    """Do the two come to be compared at all?"""
    return worth_comparing(a, b) and not blocks_of(a).looks_in.isdisjoint(blocks_of(b).lies_in)


# ---------------------------------------------------------------- does it help?


def _compared(found: Sequence[_Decided], weights: Weights) -> tuple[Measure, Measure]:
    """The weights in force, and weights fitted to the other folds, on each fold of the judgements."""
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
