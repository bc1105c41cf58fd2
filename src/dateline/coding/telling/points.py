"""Points for two drafts being one happening: the sum of what speaks for and against it (knowledge/telling.yaml)."""

from __future__ import annotations

from functools import cache

from dateline.coding.draft import Draft
from dateline.coding.learned import Same
from dateline.coding.telling.barring import signs_against
from dateline.coding.telling.features import features
from dateline.coding.weighing import in_words
from dateline.model.knowledge import load

#: The number of reasons that are given for two tellings being one.
_REASONS = 3
#: The points of two drafts that a bar keeps apart.
BARRED = -9.0


def points(a: Draft, b: Draft) -> float:
    """Points for two drafts being one happening, bars not considered; `a` is told first."""
    known = weights()
    return sum(known[name] * value for name, value in features(a, b).items())


def heard_signs(a: Draft, b: Draft, odds: Same) -> dict[str, float]:
    """The signs of two drafts that the learned reader read, by the names of telling_heard.yaml: the features of the
    rules, the bars, and the reader's log odds."""
    barred = {f"bar_{name.replace('-', '_')}": float(holds) for name, holds in signs_against(a, b).items()}
    return features(a, b) | barred | {"heard": odds.best, "heard_mean": odds.mean}


def heard_points(a: Draft, b: Draft, odds: Same) -> float:
    """Log odds that two drafts are one happening, by the signs of the rules and the learned reader."""
    known = heard_weights()
    return known["start"] + sum(known.get(name, 0.0) * value for name, value in heard_signs(a, b, odds).items())


@cache
def heard_weights() -> dict[str, float]:
    """The points by name, as telling_heard.yaml has them."""
    return load("dateline.coding", "telling_heard.yaml", dict[str, float])


def needed() -> float:
    """The least points at which two drafts are one."""
    return weights()["merge"]


def reasons(a: Draft, b: Draft, odds: Same | None) -> str:
    """What weighs most in the points, in words; `odds`: the learned reader's log odds, where it read both."""
    if odds is not None:
        return in_words(heard_weights(), heard_signs(a, b, odds), _REASONS)
    return in_words(weights(), features(a, b), _REASONS)


@cache
def weights() -> dict[str, float]:
    """The points by name, as telling.yaml has them."""
    return load("dateline.coding", "telling.yaml", dict[str, float])
