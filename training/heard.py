"""What the fits with the learned reader share: reports of sources that it had not learned from, and the fit."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coding.coder import prepared
from dateline.coding.reading import Reading, read_report
from dateline.model import Report
from dateline.readers import read_paths
from training.reader.held_out import use

#: Ridge on the weights, and steps of Newton's method at most.
_RIDGE, _STEPS = 3.0, 50


@dataclass(frozen=True)
class Held:
    """A report of a source that the reader had not learned from, and what its coder said of it."""

    reading: Reading
    gold: dict[str, Any]

    @property
    def source(self) -> str:
        """Where the report was gathered."""
        return str(self.gold["uri"]).split("/")[1]


def reports(about: str | None) -> Iterator[Held]:
    """The reports that the command line of a fit names, read with a network that saw nothing of them: of the sources
    that a file lists (JSON), and all of the folders after `--unseen`. `about` is what `--help` says."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("sources", type=Path)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    use(options.weights)
    yield from _read(options.folders, set(json.loads(options.sources.read_text(encoding="utf-8"))))
    yield from _read(options.unseen, None)


def _read(folders: list[Path], wanted: set[str] | None) -> Iterator[Held]:
    """The reports of folders whose sources are wanted; of all sources where none are named."""
    for folder in folders:
        rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
        gold = {row["uri"]: row for row in rows}
        for report in read_paths([str(folder / "reports.jsonl")]):
            if isinstance(report, Report) and (wanted is None or str(report.uri).split("/")[1] in wanted):
                yield Held(read_report(prepared(report), learned=True), gold[str(report.uri)])


def fitted(x: Any, y: Any, ridge: float = _RIDGE) -> Any:
    """The weights of a ridge logistic regression by Newton's method; the first column of `x` is all ones, and free."""
    weights = np.zeros(x.shape[1])
    free = ridge * np.r_[0.0, np.ones(x.shape[1] - 1)]
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + free * weights
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(free + 1e-9), slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def bounded(x: Any, y: Any, bounds: Sequence[int], ridge: float = _RIDGE) -> Any:
    """The same, with the weights of some columns at least 0 (bound 1) or at most 0 (-1): one that the data would have
    on the other side is left out, the furthest off first."""
    kept = list(range(x.shape[1]))
    while True:
        weights = np.zeros(x.shape[1])
        weights[kept] = fitted(x[:, kept], y, ridge)
        beyond = weights * np.array(bounds)
        if beyond.min() >= 0.0:
            return weights
        kept.remove(int(beyond.argmin()))


def left_out(x: Any, y: Any, groups: Any, fit: Callable[[Any, Any], Any] = fitted) -> Any:
    """The probability of each row by a fit that saw nothing of its group."""
    found = np.zeros(len(y))
    for one in sorted(set(groups)):
        inside = groups == one
        found[inside] = 1 / (1 + np.exp(-x[inside] @ fit(x[~inside], y[~inside])))
    return found
