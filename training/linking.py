"""Fit the weights of linking: `python -m training.linking` prints linking/knowledge/weights.yaml anew.

Data: incidents. A logistic regression over the candidate pairs (right where both reports are of one incident), drawn
towards what one would believe beforehand (linking_beliefs.yaml): with 210 incidents, weights fitted freely do worse on
incidents that they have not seen. The prior is where whole events come out best. The figures of a test on the other
half of the incidents are printed with it.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from dateline.coding import code_report
from dateline.linking import comparing
from dateline.linking.candidates import candidates
from dateline.linking.facts import Fact, told_by
from dateline.linking.linking import groups
from dateline.linking.rivals import weigh
from dateline.model import Coding, Report
from dateline.readers import read_paths
from training.ascent import EVAL

_Table = dict[tuple[str, str], float]
_PRIOR = ("prior", "any")
#: Levels that data with one event a report cannot teach: which accounts of two reports belong together is one of them.
_BY_HAND = ("retold", "beside", "both main", "one main", "neither main")
#: How strongly weights are drawn to the beliefs (chosen among 2, 6, 20, 60 by halves), and Newton steps.
_DRAW, _STEPS = 20.0, 30


def codings(path: str | None) -> list[Coding]:
    """Of incidents, coded anew or read from a file of records."""
    if path is not None:
        with Path(path).open(encoding="utf-8") as lines:
            return [Coding.from_json(line) for line in lines]
    reports = read_paths([str(EVAL / "data" / "incidents" / "reports.jsonl")])
    return [code_report(r) for r in reports if isinstance(r, Report)]


def beliefs() -> _Table:
    """The weights set by hand."""
    table = yaml.safe_load(Path(__file__).with_name("linking_beliefs.yaml").read_text(encoding="utf-8"))
    return {(field, level): float(w) for field, levels in table.items() for level, w in levels.items()}


class Part:
    """Some of the incidents: their accounts, and the events that any weights make of them."""

    def __init__(self, coded: list[Coding], gold: list[dict[str, Any]]) -> None:
        uris = {g["uri"] for g in gold}
        self.gold = gold
        self.facts: list[Fact] = [f.fact for c in coded if c.report.uri in uris for f in told_by(c)]
        self.pairs = list(candidates(self.facts))
        self.score: Any = importlib.import_module("score_incidents").score

    def figures(self, table: _Table) -> tuple[float, float]:
        """CoNLL and pairs F1."""
        with _weights(table):
            found = groups(self.facts, weigh(dict(enumerate(self.facts)), self.pairs))
        events = [{"accounts": [{"report_uri": self.facts[i].telling.uri} for i in group]} for group in found]
        figures = self.score(events, self.gold)
        return float(figures["conll_f1"]), float(figures["pairs_f1"])

    def levels(self, table: _Table) -> dict[tuple[int, int], list[tuple[str, str]]]:
        """The levels of each pair that can be one event and has no better rival, weighed by a table."""
        with _weights(table):
            weighed = weigh(dict(enumerate(self.facts)), self.pairs)
        beside = {pair for pair, w in weighed.items() if w.beside}
        found = {(i, j): comparing.parts(self.facts[i], self.facts[j], (i, j) in beside) for i, j in self.pairs}
        return {pair: [(p.field, p.level) for p in parts] for pair, parts in found.items() if parts}


@contextmanager
def _weights(table: _Table) -> Iterator[None]:
    """Linking with other weights than those of the file."""
    own: dict[str, dict[str, float]] = defaultdict(dict)
    for (field, level), w in table.items():
        own[field][level] = w
    kept = dict(comparing.weights())
    _put(own)
    try:
        yield
    finally:
        _put(kept)


def _put(table: dict[str, dict[str, float]]) -> None:
    comparing.weights().clear()
    comparing.weights().update(table)
    comparing.forget()


def fitted(part: Part) -> _Table:
    """Weights drawn to the beliefs, the prior where events are best."""
    table = _regressed(part) | {key: w for key, w in beliefs().items() if key[1] in _BY_HAND}
    # Two accounts of which nothing is known are seldom one: the prior speaks against.
    priors = [float(p) for p in np.arange(-5.0, 1.1, 0.25)]
    best = max(priors, key=lambda p: sum(part.figures({**table, _PRIOR: p})))
    return {**table, _PRIOR: best}


def _regressed(part: Part) -> _Table:
    start = beliefs()
    incident = {g["uri"]: g["incident"] for g in part.gold}
    rows = [(levels, i, j) for (i, j), levels in part.levels(start).items()]
    names = sorted({*start, *(key for keys, _, _ in rows for key in keys)} - {_PRIOR})
    column = {_PRIOR: 0} | {key: k for k, key in enumerate(names, 1)}
    x = np.zeros((len(rows), len(column)))
    for row, (keys, _, _) in enumerate(rows):
        x[row, [column[key] for key in keys]] = 1.0
    y = np.array(
        [incident[part.facts[i].telling.uri] == incident[part.facts[j].telling.uri] for _, i, j in rows], float
    )
    believed = np.array([start[_PRIOR], *(start.get(key, 0.0) for key in names)])
    draw = np.diag(np.r_[_DRAW / 10, np.full(len(names), _DRAW)])

    def loss(w: Any) -> float:
        z, d = x @ w, w - believed
        return float(np.sum(np.logaddexp(0.0, z) - y * z) + 0.5 * d @ draw @ d)

    weights = believed.copy()
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -50.0, 50.0)))
        hessian = (x * (p * (1.0 - p))[:, None]).T @ x + draw
        step = np.linalg.solve(hessian, x.T @ (p - y) + draw @ (weights - believed))
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:
            step /= 2.0
        weights -= step
    return {key: round(float(weights[k]), 2) for key, k in column.items()}


def main() -> None:
    """Read, test by halves, fit on all, print."""
    coded = codings(sys.argv[1] if sys.argv[1:] else None)
    with (EVAL / "data" / "incidents" / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    halves = [Part(coded, [g for g in gold if _half(g["incident"]) == k]) for k in (0, 1)]
    for known, unseen in (halves, halves[::-1]):
        conll, pairs = unseen.figures(fitted(known))
        print(f"# the other half: CoNLL {conll:.4f}, pairs {pairs:.4f}", flush=True)
    whole = Part(coded, gold)
    table = fitted(whole)
    conll, pairs = whole.figures(table)
    print(f"# all: CoNLL {conll:.4f}, pairs {pairs:.4f}")
    for field in ("prior", *comparing.FIELDS):
        levels = {level: w for (f, level), w in table.items() if f == field}
        print(f"{field}: {{{', '.join(f'{level!r}: {w:.2f}' for level, w in levels.items())}}}".replace("'", '"'))


def _half(incident: str) -> int:
    return hashlib.sha256(incident.encode()).digest()[0] % 2


if __name__ == "__main__":
    main()
