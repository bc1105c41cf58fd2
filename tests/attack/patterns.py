"""Strings that make regular expressions work: each expression of the package reads them in linear time."""

from __future__ import annotations

from tests import test_linear
from tests.attack.budget import Budget, Result
from tests.pumping import pumps

#: As the test that goes through all of them has it.
_MOST = 1.15


def hostile_patterns(budget: Budget) -> Result:
    """Expressions of the package by chance, each with strings by chance that are made for it."""
    result, choice = Result(), budget.chance()
    patterns = list(test_linear._patterns())
    for _ in budget.rounds():
        pattern = choice.choice(patterns)
        pump = choice.choice(pumps(pattern))
        found = test_linear._exponent(pattern, *pump, test_linear._END)
        result.expect(found <= _MOST, f"exponent {found:.2f} of {pattern.pattern[:200]!r}, pumped with {pump!r}")
    result.note = f"{len(patterns)} expressions"
    return result
