"""Figures on sources that were not learned from: `python -m training.reader.crossvalidating OUT [--folds 3]`.

Every report is read by a network that saw nothing of its source. The folder OUT gets what the networks say
(`oof.jsonl`, a report a line), the networks as they would be shipped (`part0`, ...), and which sources belong to which
part (`parts.json`); `training.reader.held_out` codes reports with them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from training.reader.data import CODED, LEFT_OUT, Example, examples, folds
from training.reader.exporting import export
from training.reader.learning import Plan, learn
from training.reader.measuring import measure
from training.reader.network import Network
from training.reader.predicting import as_json, shipped_reading


def main() -> None:
    """Train a network for each part of the sources, and read that part with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the parts to do, all if not given")
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--data", type=Path, nargs="*", default=[CODED], help="folders made by annotate.py")
    options = parser.parse_args()
    torch.set_num_threads(1)
    reports = [r for folder in options.data for r in examples(folder)]
    parts = folds(reports, options.folds)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "parts.json").write_text(json.dumps([sorted(p) for p in parts], indent=1) + "\n", "utf-8")
    said: list[dict[str, Any]] = []
    for number in options.only or range(options.folds):
        others = [r for r in reports if r.source not in LEFT_OUT | parts[number]]
        network = learn(others, Plan(options.epochs), Network())
        export(network, options.out / f"part{number}")
        torch.save(network.state_dict(), options.out / f"part{number}" / "network.pt")
        said += [_said(options.out, r, number) for r in reports if r.source in parts[number]]
    write(said, reports, options.out)


def _said(out: Path, report: Example, number: int) -> dict[str, Any]:
    return {**as_json(shipped_reading(out / f"part{number}", report), report.uri), "fold": number}


def write(said: list[dict[str, Any]], reports: list[Example], out: Path) -> None:
    """Write what networks say of reports they did not learn from, and print how right it is."""
    by_uri = {r.uri: r for r in reports}
    (out / "oof.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said), "utf-8")
    print(json.dumps(measure([(by_uri[row["uri"]], row) for row in said]), indent=1))


if __name__ == "__main__":
    main()
