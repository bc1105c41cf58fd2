"""Fit the points for "told twice": `python -m training.telling` prints weights for coding/knowledge/telling.yaml.

Data: muc4 (500 reports of its DEV part), seeds, wikievents, india_police; muc4's test parts are left for measuring.
"""

from __future__ import annotations

import sys

from dateline.coding import telling
from training.ascent import Weights, climb, task


def _use(weights: Weights) -> None:
    telling._weights = lambda: weights  # type: ignore[assignment]


def main() -> None:
    """Read, climb, print."""
    tasks = [
        task("muc4", "overall_relevant_f1", 0.4, slice(200, int(sys.argv[1]) if sys.argv[1:] else 700)),
        task("seeds", "account_f1", 0.15),
        task("wikievents", "sentence_micro_f1", 0.1),
        task("wikievents", "argument_f1", 0.1),
        task("india_police", "sentence_macro_f1", 0.25),
    ]
    best = climb(tasks, _use, telling._weights(), [1.0, 0.4, 2.0])
    print("\n".join(f"{name}: {value}" for name, value in best.items()))


if __name__ == "__main__":
    main()
