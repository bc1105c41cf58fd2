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
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coding import code_report
from dateline.linking.candidates import candidates
from dateline.linking.comparing import parts
from dateline.linking.facts import Fact, told_by
from dateline.linking.fitting import Pair, fitted, levels_of
from dateline.linking.linking import groups
from dateline.linking.rivals import weigh
from dateline.linking.weights import Weights
from dateline.model import Coding, Report
from dateline.model.knowledge import load_file
from dateline.readers import read_paths
from training.ascent import EVAL

#: Levels that data with one event a report cannot teach: which accounts of two reports belong together is one of them.
_BY_HAND = ("retold", "beside", "both main", "one main", "neither main")
#: How strongly weights are drawn to the beliefs (chosen among 2, 6, 20, 60 by halves), and the prior.
_DRAW, _PRIOR_DRAW = 20.0, 2.0


def codings(path: str | None) -> list[Coding]:
    """Of incidents, coded anew or read from a file of records."""
    if path is not None:
        with Path(path).open(encoding="utf-8") as lines:
            return [Coding.from_json(line) for line in lines]
    reports = read_paths([str(EVAL / "data" / "incidents" / "reports.jsonl")])
    return [code_report(r) for r in reports if isinstance(r, Report)]


def beliefs() -> Weights:
    """The weights set by hand."""
    return Weights(load_file(Path(__file__).with_name("linking_beliefs.yaml"), dict[str, dict[str, float]]))


class Part:
    """Some of the incidents: their accounts, and the events that any weights make of them."""

    def __init__(self, coded: list[Coding], gold: list[dict[str, Any]]) -> None:
        uris = {g["uri"] for g in gold}
        self.gold = gold
        self.facts: list[Fact] = [f.fact for c in coded if c.report.uri in uris for f in told_by(c)]
        self.pairs = list(candidates(self.facts))
        self.score: Any = importlib.import_module("score_incidents").score

    def figures(self, weights: Weights) -> tuple[float, float]:
        """CoNLL and pairs F1."""
        found = groups(self.facts, weigh(dict(enumerate(self.facts)), self.pairs, weights))
        events = [{"accounts": [{"report_uri": self.facts[i].telling.uri} for i in group]} for group in found]
        figures = self.score(events, self.gold)
        return float(figures["conll_f1"]), float(figures["pairs_f1"])

    def known(self, weights: Weights) -> list[Pair]:
        """Each pair that can be one event, by its levels (beside a better one, as weights say), and whether it is."""
        incident = {g["uri"]: g["incident"] for g in self.gold}
        weighed = weigh(dict(enumerate(self.facts)), self.pairs, weights)
        found = []
        for i, j in self.pairs:
            a, b = self.facts[i], self.facts[j]
            beside = (i, j) in weighed and weighed[i, j].beside
            if row := parts(a, b, weights, beside):
                found.append(Pair(levels_of(row), incident[a.telling.uri] == incident[b.telling.uri]))
        return found


def best(part: Part) -> Weights:
    """Weights drawn to the beliefs, the prior where events are best."""
    start = beliefs()
    table = fitted(part.known(start), start, _DRAW, _PRIOR_DRAW).table
    for field, levels in start.table.items():
        table[field] |= {level: w for level, w in levels.items() if level in _BY_HAND}
    # Two accounts of which nothing is known are seldom one: the prior speaks against.
    tried = [Weights({**table, "prior": {"any": float(p)}}) for p in np.arange(-5.0, 1.1, 0.25)]
    return max(tried, key=lambda weights: sum(part.figures(weights)))


def main() -> None:
    """Read, test by halves, fit on all, print."""
    coded = codings(sys.argv[1] if sys.argv[1:] else None)
    one, two = gold_halves()
    parts_of_two = (Part(coded, one), Part(coded, two))
    for known, unseen in (parts_of_two, parts_of_two[::-1]):
        conll, pairs = unseen.figures(best(known))
        print(f"# the other half: CoNLL {conll:.4f}, pairs {pairs:.4f}", flush=True)
    whole = Part(coded, [*one, *two])
    weights = best(whole)
    conll, pairs = whole.figures(weights)
    print(f"# all: CoNLL {conll:.4f}, pairs {pairs:.4f}")
    print(weights.as_yaml(), end="")


def gold_halves() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The labels of `incidents`, by halves of the incidents."""
    with (EVAL / "data" / "incidents" / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    one, two = ([g for g in gold if _half(g["incident"]) == k] for k in (0, 1))
    return one, two


def _half(incident: str) -> int:
    return hashlib.sha256(incident.encode()).digest()[0] % 2


if __name__ == "__main__":
    main()
