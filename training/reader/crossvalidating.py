"""Figures on sources that were not learned from: `python -m training.reader.crossvalidating OUT.jsonl [--folds 3]`.

Every report is predicted by a network that saw nothing of its source. OUT gets what the networks say, a report a line.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.reader.data import LEFT_OUT, Example, examples, folds
from training.reader.learning import Plan, learn
from training.reader.measuring import measure
from training.reader.predicting import as_json, reading


def main() -> None:
    """Train a network for each part of the sources, and predict that part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the parts to do, all if not given")
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    options = parser.parse_args()
    torch.set_num_threads(1)
    reports = examples()
    parts = folds(reports, options.folds)
    said = []
    for number in options.only or range(options.folds):
        held = parts[number]
        network = learn([r for r in reports if r.source not in LEFT_OUT | held], Plan(epochs=options.epochs))
        said += [_predicted(network, r, number) for r in reports if r.source in held and r.words]
    by_uri = {r.uri: r for r in reports}
    options.out.write_text("".join(json.dumps(row) + "\n" for row in said), "utf-8")
    print(json.dumps(measure([(by_uri[str(row["uri"])], row) for row in said]), indent=1))


def _predicted(network: object, report: Example, number: int) -> dict[str, object]:
    return {**as_json(reading(network, report), report.uri), "fold": number}  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
