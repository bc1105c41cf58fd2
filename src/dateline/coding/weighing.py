"""Say in words what weighs most in a sum of points: why tellings are one, or why an account is sure."""

from __future__ import annotations

from collections.abc import Mapping


def in_words(weights: Mapping[str, float], values: Mapping[str, float], most: int) -> str:
    """The names with the most points, for and against, with their points ("points back +3.2, new day -0.6")."""
    weighed = {name: weights[name] * value for name, value in values.items() if value and name in weights}
    rows = sorted(weighed.items(), key=lambda row: (-abs(row[1]), row[0]))[:most]
    return ", ".join(f"{name.replace('_', ' ')} {value:+.1f}" for name, value in rows)
