"""Fit what a question to a language model gains: `python -m training.cascade` prints coders/knowledge/cascade.yaml.

Codes the development part of ../shared/eval/data/coded by the rules, and takes the gold as a model that is never wrong.
The gain of a question is how many claims more are right with its answer. The curve at the end says how far the cascade
gets from the rules' claim F1 to the model's, by the share of accounts, of questions and of tokens asked; `seen` is what
whoever knew the gain of each report before would reach. With --answers FILE the curve is that of a reader's answers, on
the reports that are answered there. A report is always chosen by weights that were fitted without any report of its
source, and, with --answers, without any report that is answered.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coders.asking import Asked, Settings
from dateline.coders.gain import signs
from dateline.coders.grounding import ground
from dateline.coders.kept import Answers
from dateline.coders.model import ModelCoder
from dateline.coders.parts import PART_CHARS
from dateline.coding import code_report, report_id
from dateline.model import Coding, Report
from dateline.model.claims import CodedBy
from dateline.readers import read_paths

SHARED = Path(__file__).parents[2] / "shared" / "eval"
DATA = SHARED / "data" / "coded"
#: Ridge on the weights of signs that vary by 1; parts of the sources, each chosen among by weights fitted to the rest.
_RIDGE, _PARTS = 30.0, 5
#: How often reports are drawn again for the ends of the 90 % interval of the way.
_DRAWN = 400
#: Characters of the instructions, and of a report and its answer for each of its own, that a question costs.
_INSTRUCTIONS, _ANSWERED = 16_000, 3
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)

Claims = tuple[int, int, int]


@dataclass(frozen=True)
class Row:
    """A report: what speaks for a gain, and the claims that are right, told, and in the gold, by rules and by model."""

    uri: str
    source: str
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


def rows_of(answers: Answers | None) -> tuple[list[Row], list[Row]]:
    """The reports, coded by the rules and by the gold; and those that a reader answered, coded by its answers."""
    lines = (DATA / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["uri"]: row for row in map(json.loads, lines)}
    by_gold, by_reader = list[Row](), list[Row]()
    for report in read_paths([str(DATA / "reports.jsonl")]):
        if not isinstance(report, Report):
            continue
        wanted = gold[report.uri]
        row = _row(report, wanted, code_report(report, trace=True))
        by_gold.append(row)
        if answers is not None and f"{report_id(report.text)}.1" in answers.by_part:
            coding = ModelCoder(answers, any_prompt=True)(report)
            by_reader.append(replace(row, model=claims(json.loads(coding.to_json()), wanted)))
    return by_gold, by_reader


def _row(report: Report, wanted: dict[str, Any], rules: Coding) -> Row:
    asked = Asked.of(report, Settings())
    model = ground(asked.report, asked.document, [answer_of(report.text, wanted, asked)], CodedBy("model", "gold"))
    by_rules, by_model = (claims(json.loads(c.to_json()), wanted) for c in (rules, model))
    source = report.uri.split("/")[1].split("-")[0]
    return Row(report.uri, source, len(report.text), len(rules.accounts), signs(rules), by_rules, by_model)


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


def apart(rows: Sequence[Row], learned: Sequence[Row]) -> dict[str, float]:
    """Of each report what is expected by weights that no report of its source had a part in."""
    weights = [fitted([row for row in learned if _part(row) != k]) for k in range(_PARTS)]
    return {row.uri: expected(weights[_part(row)], row) for row in rows}


def _part(row: Row) -> int:
    return int(hashlib.sha256(row.source.encode()).hexdigest(), 16) % _PARTS


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
    "accounts": lambda row: max(1.0, row.accounts),
    "questions": lambda row: max(1.0, row.chars / PART_CHARS),
    "tokens": lambda row: _INSTRUCTIONS + _ANSWERED * row.chars,
}


def way(rows: Sequence[Row], gains: dict[str, float], name: str, share: float) -> tuple[float, frozenset[str], float]:
    """How far from the rules to the model a share of the costs leads, the reports asked about, and claim F1."""
    asked = chosen(rows, gains, COSTS[name], share)
    low, high = f1(row.rules for row in rows), f1(row.model for row in rows)
    own = f1(row.model if row.uri in asked else row.rules for row in rows)
    return (own - low) / (high - low), asked, own


def curve(rows: Sequence[Row], told: dict[str, float]) -> None:
    """Print how far the cascade gets, by the share asked."""
    low, high = f1(row.rules for row in rows), f1(row.model for row in rows)
    print(f"# {len(rows)} reports; claim F1 of the rules {low:.3f}, of the model {high:.3f}", file=sys.stderr)
    seen = {row.uri: float(row.gain) for row in rows}
    for name in COSTS:
        for share in SHARES:
            far, asked, own = way(rows, told, name, share)
            costs = [sum(c(r) for r in rows if r.uri in asked) / sum(map(c, rows)) for c in COSTS.values()]
            also = ", ".join(f"{cost:.0%} of {what}" for cost, what in zip(costs, COSTS, strict=True) if what != name)
            most = way(rows, seen, name, share)[0]
            words = f"claim F1 {own:.3f}, way {far:.2f}; seen {most:.2f}; these are {also}"
            print(f"# {share:4.0%} of {name}: {words}", file=sys.stderr)
        print(f"#  20% of {name}: way from {_ends(rows, told, name)} (90 % interval)", file=sys.stderr)


def _ends(rows: Sequence[Row], told: dict[str, float], name: str) -> str:
    """The ends of the 90 % interval of the way at a fifth, when reports are drawn again."""
    draw = np.random.default_rng(1)
    found = []
    for _ in range(_DRAWN):
        again = [
            replace(rows[k], uri=f"{n}/{rows[k].uri}") for n, k in enumerate(draw.integers(0, len(rows), len(rows)))
        ]
        gains = {row.uri: told[row.uri.partition("/")[2]] for row in again}
        found.append(way(again, gains, name, 0.2)[0])
    return "{:.2f} to {:.2f}".format(*np.percentile(found, [5, 95]))


def steps(rows: Sequence[Row], weights: dict[str, float], name: str) -> list[tuple[float, float]]:
    """From how much gain for each account (or question) on is asked, by the share of all that may be."""
    cost = COSTS[name]
    ranked = sorted(((expected(weights, row) / cost(row), cost(row)) for row in rows), reverse=True)
    found, total = [(0.0, ranked[0][0] + 100)], sum(map(cost, rows))
    for share in (0.02, *SHARES):
        spent = accumulate(costs for _, costs in ranked)
        found.append((share, next(gain for (gain, _), sum_ in zip(ranked, spent, strict=True) if sum_ > share * total)))
    return [*found, (1.0, 0.0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(SHARED))
    rows, answered = rows_of(Answers.read(options.answers) if options.answers else None)
    weights = fitted(rows)
    print("weights:")
    for name, weight in weights.items():
        print(f"  {name}: {weight:.3f}")
    print("steps:")
    for name in ("accounts", "questions"):
        print(f"  {name}:")
        for share, gain in steps(rows, weights, name):
            print(f"    - {{share: {share}, gain: {gain:.2f}}}")
    curve(rows, apart(rows, rows))
    if answered:
        uris = {row.uri for row in answered}
        curve(answered, apart(answered, [row for row in rows if row.uri not in uris]))


if __name__ == "__main__":
    main()
