"""Points for two drafts being one happening: the sum of what speaks for and against it (knowledge/telling.yaml)."""

from __future__ import annotations

from functools import cache

from dateline.coding.draft import Draft
from dateline.coding.telling.features import features
from dateline.coding.weighing import in_words
from dateline.model.knowledge import load

#: So many reasons are told for two tellings being one.
_REASONS = 3
#: Points of two that may not be one.
BARRED = -9.0


def points(a: Draft, b: Draft) -> float:
    """Points for the two being one happening, whatever bars them from it; `a` is told first."""
    known = weights()
    return sum(known[name] * value for name, value in features(a, b).items())


def needed() -> float:
    """So many points make one of two."""
    return weights()["merge"]


def reasons(a: Draft, b: Draft) -> str:
    """What weighs most in their points, in words."""
    return in_words(weights(), features(a, b), _REASONS)


@cache
def weights() -> dict[str, float]:
    """The points by name, as telling.yaml has them."""
    return load("dateline.coding", "telling.yaml", dict[str, float])
