"""Fit the weights of linking to pairs of accounts that somebody judged to be one event or not.

This is a logistic regression over the levels of the pairs' fields, with a penalty that pulls each weight towards its
value before. So a few known pairs change only the weights of the levels that they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.linking.weights import Table, Weights
from dateline.model.event import Part

#: The most Newton steps. Ten are enough, and the loss never rises.
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of accounts: the levels of its fields (and the prior), whether it is one event, and how much it counts (1
    for one decision)."""

    levels: tuple[tuple[str, str], ...]
    is_one: bool
    counts: float = 1.0


def fitted(pairs: Sequence[Pair], start: Weights, draw: float, prior_draw: float | None = None) -> Weights:
    """Weights fitted to the pairs, pulled towards `start`. `draw` is the precision of a normal prior on each weight:
    about how many pairs it takes to outweigh the value in `start`. Levels that no pair has stay as they are."""
    import numpy as np

    names = sorted({level for pair in pairs for level in pair.levels})
    column = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(pairs), len(names)))
    for row, pair in enumerate(pairs):
        x[row, [column[level] for level in pair.levels]] = 1.0
    one = np.array([pair.is_one for pair in pairs], float)
    counts = np.array([pair.counts for pair in pairs], float)
    believed = np.array([start.of(*name) for name in names])
    drawn = np.array([draw if name[0] != "prior" or prior_draw is None else prior_draw for name in names])
    found = _newton(x, one, counts, believed, drawn)
    table: Table = {field: dict(levels) for field, levels in start.table.items()}
    for (field, level), weight in zip(names, found, strict=True):
        table[field][level] = round(float(weight), 2)
    return Weights(table)


def _newton(x: Any, one: Any, counts: Any, believed: Any, drawn: Any) -> Any:
    """The weights of least loss: the log loss of the pairs, plus the squared distances from the weights before."""
    import numpy as np

    def loss(weights: Any) -> float:
        z, moved = x @ weights, weights - believed
        return float(np.sum(counts * (np.logaddexp(0.0, z) - one * z)) + 0.5 * np.sum(drawn * moved * moved))

    weights = believed.copy()
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -50.0, 50.0)))
        hessian = (x * (counts * p * (1.0 - p))[:, None]).T @ x + np.diag(drawn)
        step = np.linalg.solve(hessian, x.T @ (counts * (p - one)) + drawn * (weights - believed))
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:
            step /= 2.0
        weights = weights - step
    return weights


def levels_of(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """Field and level of each part that comparing.parts gives."""
    return tuple((part.field, part.level) for part in parts)
