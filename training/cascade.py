"""Fit what a question to a language model gains: `python -m training.cascade` prints coders/knowledge/cascade.yaml.

Codes the development part of ../shared/eval/data/coded by the rules, and takes the gold as a model that is never wrong
(--answers FILE: a reader's answers, of the reports that are answered there). The gain of a question is how many claims
more are right with its answer. The curve at the end is of weights fitted without the reports they choose among (five
parts): the way from the rules' claim F1 to the model's, by the share of questions, of tokens and of accounts
asked; `seen` is what whoever knew the gain of each report before would reach.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coders.asking import Asked, Settings
from dateline.coders.gain import signs
from dateline.coders.grounding import ground
from dateline.coders.kept import Answers
from dateline.coders.model import ModelCoder
from dateline.coding import code_report, report_id
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy
from dateline.readers import read_paths

SHARED = Path(__file__).parents[2] / "shared" / "eval"
DATA = SHARED / "data" / "coded"
#: Ridge on the weights of signs that vary by 1; parts of the reports, each chosen among by weights fitted to the rest.
_RIDGE, _PARTS = 30.0, 5
#: Characters of the instructions, and of a report and its answer for each of its own, that a question costs.
_INSTRUCTIONS, _ANSWERED = 16_000, 3
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)

Claims = tuple[int, int, int]


@dataclass(frozen=True)
class Row:
    """A report: what speaks for a gain, and the claims that are right, told, and in the gold, by rules and by model."""

    uri: str
    chars: int
    accounts: int
    signs: dict[str, float]
    rules: Claims
    model: Claims

    @property
    def gain(self) -> int:
        """Claims that are wrong or missing with the rules, less those with the model."""
        return _wrong(self.rules) - _wrong(self.model)


def _wrong(claims: Claims) -> int:
    hit, told, gold = claims
    return told + gold - 2 * hit


def claims(record: dict[str, Any], gold: dict[str, Any]) -> Claims:
    """Claims of a report that are right, told, and in the gold, as score_coded.py counts them."""
    base: Any = importlib.import_module("score_seeds")
    soft = importlib.import_module("score_coded").SOFT
    told, wanted = record["accounts"], gold["accounts"]
    pairs = base.align(told, wanted)
    mine = [a for k, a in enumerate(told) if k not in {p for p, _ in pairs} and a["type"] not in soft]
    missed = [a for k, a in enumerate(wanted) if k not in {g for _, g in pairs}]
    both = [(told[p], wanted[g]) for p, g in pairs if wanted[g]["core"] and wanted[g]["type"] not in soft]
    theirs = [a for a in missed if a["core"] and a["type"] not in soft] + [g for _, g in both]
    mine += [p for p, _ in both]
    return sum(_right(base, p, g) for p, g in both), sum(map(base.claims_in, mine)), sum(map(base.claims_in, theirs))


def _right(base: Any, told: dict[str, Any], gold: dict[str, Any]) -> int:
    status = told["status"] == gold["status"] or told["status"] in gold["alt_status"]
    place = base.country_right(told["where"], gold["where"]) and base.place_right(told["where"], gold["where"])
    right = 1 + status + (told["scope"] == gold["scope"]) + base.matched_counts(told["counts"], gold["counts"])
    return int(right + (bool(gold["when"]) and base.time_right(told["when"], gold)) + (bool(gold["where"]) and place))


def f1(rows: Iterable[Claims]) -> float:
    """Claim F1 of reports."""
    hit, told, gold = (sum(column) for column in zip(*rows, strict=True))
    return float(2 * hit / (told + gold))


# ---------------------------------------------------------------- the gold as an answer


def answer_of(text: str, gold: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """The gold in the form of a model's answer: words, without positions."""
    rows = [_account(text, account, asked) for account in gold["accounts"]]
    links = [{"kind": k["kind"], "from": a["id"], "to": k["to"]} for a in gold["accounts"] for k in a.get("links", [])]
    return {"accounts": rows, "links": links}


def _account(text: str, gold: dict[str, Any], asked: Asked) -> dict[str, Any]:
    def quoted(values: Iterable[Any], *fields: str) -> list[dict[str, Any]]:
        spanned = [v for v in values if isinstance(v, dict) and v.get("span")]
        return [{"words": _words(text, v["span"]), **{name: v.get(name) for name in fields}} for v in spanned]

    spans = (gold["span"], *gold.get("tells", []))
    told = sorted(
        {
            s.number
            for part in asked.parts
            for s in part
            for span in spans
            if s.span.start < span["end"] and span["start"] < s.span.end
        }
    )
    row = {key: gold[key] for key in ("id", "type", "status", "scope", "method")}
    row |= {"sentences": told, "trigger": _words(text, gold["span"])}
    row["when"] = next(iter(quoted([gold["when"]], "start", "end", "basis")), None)
    return row | {
        "where": quoted(gold["where"], "name", "country", "admin1", "precision"),
        "actors": quoted(gold["actors"], "role", "kind", "name", "id"),
        "counts": quoted(gold["counts"], "what", "party", "low", "best", "high", "said_by"),
        "items": quoted(gold["items"], "what", "name", "count"),
        "said_by": quoted(gold.get("said_by") or [], "name"),
    }


def _words(text: str, span: dict[str, int]) -> str:
    return text[span["start"] : span["end"]]


# ---------------------------------------------------------------- reports, weights, and what they choose


def rows_of(answers: Answers | None) -> list[Row]:
    """The reports, coded by the rules and by the model."""
    lines = (DATA / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["uri"]: row for row in map(json.loads, lines)}
    found = []
    for report in read_paths([str(DATA / "reports.jsonl")]):
        if not isinstance(report, Report) or (answers and f"{report_id(report.text)}.1" not in answers.by_part):
            continue
        rules = code_report(report, trace=True)
        wanted = gold[report.uri]
        by_rules, by_model = (claims(json.loads(c.to_json()), wanted) for c in (rules, _model(report, wanted, answers)))
        found.append(Row(report.uri, len(report.text), len(rules.accounts), signs(rules), by_rules, by_model))
    return found


def _model(report: Report, gold: dict[str, Any], answers: Answers | None) -> Coding:
    if answers is not None:
        return ModelCoder(answers, any_prompt=True)(report)
    asked = Asked.of(report, Settings())
    return ground(asked.report, asked.document, [answer_of(report.text, gold, asked)], CodedBy("model", "gold"))


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Weights by ridge regression of the gain on the signs; `start` is what each report gains without any."""
    names = list(rows[0].signs)
    x = np.array([[row.signs[name] for name in names] for row in rows])
    y = np.array([float(row.gain) for row in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / spread
    own = np.linalg.solve(z.T @ z + _RIDGE * np.eye(len(names)), z.T @ (y - y.mean())) / spread
    return {"start": float(y.mean() - own @ mean), **{n: float(w) for n, w in zip(names, own, strict=True)}}


def expected(weights: dict[str, float], row: Row) -> float:
    """What a question about a report is expected to gain."""
    return max(0.0, weights["start"] + sum(weights[name] * value for name, value in row.signs.items()))


def apart(rows: Sequence[Row]) -> dict[str, float]:
    """Of each report what is expected by weights that it had no part in."""
    part = {row.uri: int(hashlib.sha256(row.uri.encode()).hexdigest(), 16) % _PARTS for row in rows}
    weights = [fitted([row for row in rows if part[row.uri] != k]) for k in range(_PARTS)]
    return {row.uri: expected(weights[part[row.uri]], row) for row in rows}


def chosen(rows: Sequence[Row], gains: dict[str, float], cost: Callable[[Row], float], share: float) -> frozenset[str]:
    """The reports that are asked about: those that gain most first, up to a share of the costs."""
    left = share * sum(map(cost, rows))
    found = set()
    for row in sorted(rows, key=lambda row: -gains[row.uri] / cost(row)):
        if cost(row) <= left:
            left -= cost(row)
            found.add(row.uri)
    return frozenset(found)


COSTS: dict[str, Callable[[Row], float]] = {
    "questions": lambda row: 1.0,
    "tokens": lambda row: _INSTRUCTIONS + _ANSWERED * row.chars,
    "accounts": lambda row: max(1.0, row.accounts),
}


def _mixed(rows: Sequence[Row], asked: frozenset[str]) -> float:
    return f1(row.model if row.uri in asked else row.rules for row in rows)


def curve(rows: Sequence[Row], told: dict[str, float]) -> None:
    """Print how far the cascade gets, by the share asked."""
    low, high = f1(row.rules for row in rows), f1(row.model for row in rows)
    print(f"# {len(rows)} reports; claim F1 of the rules {low:.3f}, of the model {high:.3f}", file=sys.stderr)
    for name, cost in COSTS.items():
        for share in SHARES:
            seen = {row.uri: float(row.gain) for row in rows}
            own, best = (_mixed(rows, chosen(rows, gains, cost, share)) for gains in (told, seen))
            way, most = (own - low) / (high - low), (best - low) / (high - low)
            print(f"# {share:4.0%} of {name}: claim F1 {own:.3f}, way {way:.2f}; seen {most:.2f}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(SHARED))
    rows = rows_of(Answers.read(options.answers) if options.answers else None)
    weights = fitted(rows)
    print("weights:")
    for name, weight in weights.items():
        print(f"  {name}: {weight:.3f}")
    gains = sorted((expected(weights, row) for row in rows), reverse=True)
    print("steps:")
    print(f"  - {{share: 0.0, gain: {gains[0] + 100:.2f}}}")
    for share in (0.02, *SHARES):
        print(f"  - {{share: {share}, gain: {gains[int(share * len(gains))]:.2f}}}")
    print("  - {share: 1.0, gain: 0.0}")
    curve(rows, apart(rows))


if __name__ == "__main__":
    main()
