"""Fit what makes an account sure: `python -m training.confidence` prints coding/knowledge/confidence.yaml anew.

An account is right where the gold of its set has it: muc4 (matched templates; accounts that MUC-4's rules of relevance
leave out are not asked), seeds, india_police (arrests and force by the police), wikievents (sentences with an event of
the class). Fitted on muc4's DEV part and two thirds of the other reports; the table at the end is of the rest.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from dateline.coding import confidence
from dateline.coding.order import assemble
from dateline.coding.reading import Reading
from training.ascent import coded, task

_Row = tuple[dict[str, float], bool]
#: Ridge on the weights, steps and rate of the descent.
_RIDGE, _STEPS, _RATE = 1e-3, 4000, 0.5


def _rows(name: str, reading: Reading, gold: dict[str, Any]) -> Iterator[_Row]:
    record = coded(reading)
    signs = {f"a{n}": confidence.signs(draft) for n, draft in enumerate(assemble(reading), 1)}
    for account, right in _LABELS[name](record, gold):
        yield signs[account], right


def _muc4(record: dict[str, Any], gold: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    muc4: Any = importlib.import_module("score_muc4")
    found = muc4.incidents(record)
    matched = {i for _, i, _ in muc4.align(gold["templates"], found)}
    for i, incident in enumerate(found):
        if i in matched or muc4.relevant(incident, gold["published"]):
            yield incident.account["id"], i in matched


def _seeds(record: dict[str, Any], gold: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    seeds: Any = importlib.import_module("score_seeds")
    matched = {p for p, _ in seeds.align(record["accounts"], gold["accounts"])}
    for i, account in enumerate(record["accounts"]):
        yield account["id"], i in matched


def _india(record: dict[str, Any], gold: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for account in record["accounts"]:
        by_state = any(a["role"] == "agent" and a["kind"] == "state" for a in account["actors"])
        force = account["type"] in ("attack", "killing") and by_state
        if account["status"] != "occurred" or not (force or account["type"] == "arrest"):
            continue
        label = "FORCE" if force else "ARREST"
        at = account["trigger"]["start"]
        yield account["id"], any(s["start"] <= at < s["end"] and label in s["labels"] for s in gold["sentences"])


def _wikievents(record: dict[str, Any], gold: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    wiki: Any = importlib.import_module("score_wikievents")
    kinds = {e["class"] for e in gold["events"]}
    for account in record["accounts"]:
        at = account["trigger"]["start"]
        inside = [k for k, s in enumerate(gold["sentences"]) if s["start"] <= at < s["end"]]
        classes = {k for k in (*kinds, "bombing", "attack", "die", "injure", "arrest") if wiki.of_class([account], k)}
        if classes:
            yield account["id"], any(e["class"] in classes and e["sentence"] in inside for e in gold["events"])


_LABELS = {"muc4": _muc4, "seeds": _seeds, "india_police": _india, "wikievents": _wikievents}


def _matrix(rows: list[_Row], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([[1.0, *(float(s[n]) for n in names)] for s, _ in rows]), np.array([float(y) for _, y in rows])


def fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The weights of a ridge logistic regression; the first column of `x` is all ones."""
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        weights -= _RATE * (x.T @ (p - y) / len(y) + _RIDGE * np.r_[0.0, weights[1:]])
    return weights


def main() -> None:
    """Read, fit, print the weights and the reliability of what was held back."""
    known: list[_Row] = []
    kept: list[_Row] = []
    for name, part in (
        ("muc4", slice(0, 900)),
        ("seeds", slice(None)),
        ("india_police", slice(None)),
        ("wikievents", slice(None)),
    ):
        one = task(name, "", 0.0, part)
        for k, (reading, gold) in enumerate(zip(one.readings, one.gold, strict=True)):
            held = k < 200 if name == "muc4" else k % 3 == 0
            (kept if held else known).extend(_rows(name, reading, gold))
    names = list(known[0][0])
    weights = fitted(*_matrix(known, names))
    for name, weight in zip(["start", *names], weights, strict=True):
        print(f"{name}: {weight:.2f}")
    x, y = _matrix(kept, names)
    p = 1.0 / (1.0 + np.exp(-x @ weights.round(2)))
    print(f"# {len(known)} accounts fitted, {len(kept)} held back; right, of those held back with that confidence:")
    for low in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = (p >= low) & (p < (low + 0.1 if low >= 0.2 else 0.2))
        if inside.any():
            print(f"# {low:.1f}: {y[inside].mean():.2f} of {inside.sum()} (mean {p[inside].mean():.2f})")


if __name__ == "__main__":
    main()
