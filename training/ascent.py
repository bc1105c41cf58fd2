"""Coordinate ascent on the figures themselves: read every report once, then change one weight at a time.

A candidate is judged by the scorers of the evaluation sets, so that what is fitted is what is measured. Two processes
share the readings by fork.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing as mp
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.coding.coder import code_reading
from dateline.coding.reading import Reading, read_report
from dateline.model import Report
from dateline.model.record import as_record
from dateline.readers import read_paths

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
sys.path.insert(0, str(EVAL))

Weights = dict[str, float]


def coded(reading: Reading) -> dict[str, Any]:
    """The record of a report that was read, without entities."""
    return as_record(code_reading(reading))


@dataclass(frozen=True)
class Task:
    """A part of a set: its readings, its gold, and which of the scorer's figures counts how much.

    `figure` is a path ("kinds.place.overlap_f1"); `record` makes a reading's record with the weights in force.
    """

    name: str
    readings: list[Reading]
    gold: list[dict[str, Any]]
    figure: str
    share: float
    record: Callable[[Reading], dict[str, Any]]

    def score(self) -> float:
        """The figure with the weights in force."""
        rows = [self.record(r) for r in self.readings]
        found: Any = importlib.import_module(f"score_{self.name}").score(rows, self.gold)
        for key in self.figure.split("."):
            found = found[key]
        return float(found)


def task(
    name: str,
    figure: str,
    share: float,
    part: slice = slice(None),
    record: Callable[[Reading], dict[str, Any]] = coded,
    everything: bool = False,
) -> Task:
    """Read a part of a set once; `everything` reads also sentences in which nothing happens."""
    folder = EVAL / "data" / name
    reports = [r for r in read_paths([str(folder / "reports.jsonl")]) if isinstance(r, Report)][part]
    gold = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")]
    uris = {r.uri for r in reports}
    readings = [read_report(r, everything) for r in reports]
    return Task(name, readings, [g for g in gold if g["uri"] in uris], figure, share, record)


_TASKS: list[Task] = []
_USE: Callable[[Weights], None] = lambda weights: None  # noqa: E731


def _judge(weights: Weights) -> tuple[float, list[float]]:
    _USE(weights)
    figures = [t.score() for t in _TASKS]
    return sum(t.share * f for t, f in zip(_TASKS, figures, strict=True)), figures


def climb(
    tasks: list[Task], use: Callable[[Weights], None], start: Weights, steps: Iterable[float], keep: float = 1e-4
) -> Weights:
    """Better weights, by changing one at a time; `use` puts weights in force. A change must gain more than `keep`."""
    global _TASKS, _USE
    _TASKS, _USE = tasks, use
    best = dict(start)
    with mp.get_context("fork").Pool(2) as pool:
        value, figures = pool.apply(_judge, (best,))
        print(f"start {value:.4f}", [round(f, 4) for f in figures], flush=True)
        for step in steps:
            for name in best:
                candidates = [{**best, name: round(best[name] + d, 3)} for d in (-step, step)]
                for candidate, (new, found) in zip(candidates, pool.map(_judge, candidates), strict=True):
                    if new > value + keep:
                        best, value = candidate, new
                        print(f"{name} {best[name]:+.2f} -> {value:.4f}", [round(f, 4) for f in found], flush=True)
    return best
