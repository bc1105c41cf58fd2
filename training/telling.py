"""Fit the points for "told twice": `python -m training.telling` prints weights for coding/knowledge/telling.yaml.

Data: muc4 (500 reports of its DEV part), seeds, wikievents, india_police, and the events that are linked from
incidents; muc4's test parts are left for measuring.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from dateline.coding.coder import code_reading
from dateline.coding.telling import points
from dateline.linking import link
from training.ascent import Task, Weights, climb, task


def _use(weights: Weights) -> None:
    points.weights = lambda: weights  # type: ignore[assignment]


class _Linked(Task):
    """Events: whether reports of one incident meet, and what is known of it."""

    def score(self) -> float:
        """Mean of the figures on which telling twice bears."""
        events = link(code_reading(r) for r in self.readings)
        rows = [json.loads(event.to_json()) for event in events]
        found: Any = importlib.import_module("score_incidents").score(rows, self.gold)
        return float(sum(found[key] for key in ("pairs_f1", "killed", "wounded", "date")) / 4)


def _incidents(share: float) -> _Linked:
    read = task("incidents", "pairs_f1", share)
    return _Linked(read.name, read.readings, read.gold, read.figure, read.share, read.record)


def main() -> None:
    """Read, climb, print."""
    tasks = [
        task("muc4", "overall_relevant_f1", 0.4, slice(200, int(sys.argv[1]) if sys.argv[1:] else 700)),
        task("seeds", "account_f1", 0.15),
        task("wikievents", "sentence_micro_f1", 0.1),
        task("wikievents", "argument_f1", 0.1),
        task("india_police", "sentence_macro_f1", 0.25),
        _incidents(0.3),
    ]
    best = climb(tasks, _use, points.weights(), [1.0, 0.4, 2.0])
    print("\n".join(f"{name}: {value}" for name, value in best.items()))


if __name__ == "__main__":
    main()
