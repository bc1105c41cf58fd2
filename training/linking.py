"""Fit the weights of linking: `python -m training.linking` prints linking/knowledge/weights.yaml anew.

Data: incidents. Log-odds of each level come from a logistic regression over the candidate pairs, a pair being right
where both reports are of one incident; single weights then move where whole events come out clearly better.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coding import code_report
from dateline.linking import comparing
from dateline.linking.candidates import candidates
from dateline.linking.facts import Fact, facts_of
from dateline.linking.linking import groups
from dateline.model import Coding, Report
from dateline.readers import read_paths
from training.ascent import EVAL

#: Ridge on the weights: a level seen in few pairs stays near nothing. Newton steps.
_RIDGE, _STEPS = 2.0, 25


def codings(path: str | None) -> list[Coding]:
    """Of incidents, coded anew or read from a file of records."""
    if path is not None:
        with Path(path).open(encoding="utf-8") as lines:
            return [Coding.from_json(line) for line in lines]
    reports = read_paths([str(EVAL / "data" / "incidents" / "reports.jsonl")])
    return [code_report(r) for r in reports if isinstance(r, Report)]


def main() -> None:
    """Read, fit, move single weights while whole events come out better, print."""
    coded = codings(sys.argv[1] if sys.argv[1:] else None)
    with (EVAL / "data" / "incidents" / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    facts = [f for c in coded for f in facts_of(c)]
    start = _flat(_fitted(facts, {g["uri"]: g["incident"] for g in gold})) | _BY_HAND
    events = _Events(facts, gold)
    best = max((events.value({**start, _PRIOR: float(p)}), float(p)) for p in np.arange(-4.0, 2.01, 0.25))
    print(f"# fitted: {best[0]:.4f} at a prior of {best[1]}", flush=True)
    table = _climbed(events, {**start, _PRIOR: best[1]})
    for field in ("prior", *comparing.FIELDS):
        levels = {level: w for (f, level), w in table.items() if f == field}
        print(f"{field}: {{{', '.join(f'{level!r}: {w:.2f}' for level, w in levels.items())}}}".replace("'", '"'))


#: What incidents cannot teach (its shootings name no group, and few of its figures are large): set by hand, from how
#: rarely two events of one time and place share a large figure or a known group.
_BY_HAND = {
    ("killed", "same, large"): 2.0,
    ("wounded", "same, large"): 2.0,
    ("arrested", "same, large"): 2.5,
    ("groups", "shared"): 0.7,
    ("groups", "clash"): -1.0,
    **{(field, "retold"): 0.0 for field in ("report", "title", "rare words", "numbers", "published")},
}
_Table = dict[tuple[str, str], float]
_PRIOR = ("prior", "any")
#: A single weight is moved by so much, and only where the mean of CoNLL and pairs F1 gains so much.
_MOVES, _GAIN = (0.8, 0.4), 0.001


def _flat(table: dict[str, dict[str, float]]) -> _Table:
    return {(field, level): w for field, levels in table.items() for level, w in levels.items()}


class _Events:
    """The events of all accounts for any weights; levels of pairs are worked out once."""

    def __init__(self, facts: list[Fact], gold: list[dict[str, Any]]) -> None:
        self.facts, self.gold = facts, gold
        self.pairs = list(candidates(facts))
        self.levels: dict[tuple[int, int], list[tuple[str, str]]] = {}
        self.score: Any = importlib.import_module("score_incidents").score

    def value(self, table: _Table) -> float:
        """The mean of CoNLL and pairs F1."""
        found = groups(len(self.facts), self.pairs, lambda i, j: self._weight(i, j, table))
        events = [{"accounts": [{"report_uri": self.facts[i].key.report_uri} for i in group]} for group in found]
        figures = self.score(events, self.gold)
        return float(figures["conll_f1"] + figures["pairs_f1"]) / 2

    def _weight(self, i: int, j: int, table: _Table) -> float:
        if (i, j) not in self.levels:
            parts = comparing.parts(self.facts[i], self.facts[j])
            self.levels[i, j] = [(p.field, p.level) for p in parts]
        levels = self.levels[i, j]
        return math.fsum(table.get(level, 0.0) for level in levels) if levels else comparing.APART


def _climbed(events: _Events, start: _Table) -> _Table:
    best, value = dict(start), events.value(start)
    for move in _MOVES:
        for name in (name for name in start if name not in _BY_HAND):
            for step in (-move, move):
                candidate = {**best, name: round(best[name] + step, 2)}
                found = events.value(candidate)
                if found > value + _GAIN:
                    best, value = candidate, found
                    print(f"# {name} {best[name]:+.2f}: {value:.4f}", flush=True)
    return best


def _fitted(facts: list[Fact], incident: dict[str, str]) -> dict[str, dict[str, float]]:
    found = []
    for i, j in candidates(facts):
        parts = comparing.parts(facts[i], facts[j])
        if parts:
            same = incident[facts[i].telling.uri] == incident[facts[j].telling.uri]
            found.append(([(p.field, p.level) for p in parts], same))
    names = sorted({key for keys, _ in found for key in keys if key[0] != "prior"})
    column = {key: k for k, key in enumerate(names, 1)}
    x = np.zeros((len(found), len(names) + 1))
    y = np.array([float(same) for _, same in found])
    x[:, 0] = 1.0
    for row, (keys, _) in enumerate(found):
        x[row, [column[k] for k in keys if k in column]] = 1.0
    weights = np.zeros(x.shape[1])
    ridge = np.diag(np.r_[1e-6, np.full(len(names), _RIDGE)])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        hessian = (x * (p * (1.0 - p))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(hessian, x.T @ (p - y) + ridge @ weights)
    print(f"# {len(found)} pairs of accounts, {int(y.sum())} of one incident")
    table: dict[str, dict[str, float]] = {"prior": {"any": round(float(weights[0]), 2)}}
    for field in comparing.FIELDS:
        table[field] = {level: round(float(weights[column[f, level]]), 2) for f, level in names if f == field}
    return table


if __name__ == "__main__":
    main()
