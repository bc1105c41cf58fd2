"""Fit how sure an account is with the learned reader: prints coding/knowledge/confidence_heard.yaml anew.

    python -m training.confidence_heard WEIGHTS SOURCES.json

WEIGHTS is a network that saw nothing of the sources in SOURCES.json (a list); the accounts are those of the reports of
`../shared/eval/data/coded` from these sources, and right where a reader coded one like it. The reliability printed as a
comment is of accounts whose source was left out of the fit.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dateline.coding import confidence
from dateline.coding.coder import code_reading, prepared
from dateline.coding.order import assemble
from dateline.coding.passes import accepting
from dateline.coding.reading import read_report
from dateline.model import Report
from dateline.model.record import as_record
from dateline.model.types import DAILY
from dateline.readers import read_paths
from training.ascent import EVAL
from training.confidence import fitted
from training.reader.held_out import use

CODED = EVAL / "data" / "coded"
#: Signs of an account, whether it is right, and the source of its report.
_Row = tuple[dict[str, float], bool, str]


def _rows(reports: list[Report], gold: dict[str, dict[str, Any]]) -> Iterator[_Row]:
    seeds: Any = importlib.import_module("score_seeds")
    for report in reports:
        reading = read_report(prepared(report), learned=True)
        signs = [confidence.signs(draft) for draft in assemble(reading)]
        told = as_record(code_reading(read_report(prepared(report), learned=True)))["accounts"]
        wanted = gold[report.uri]["accounts"]
        pairs = dict(seeds.align(told, wanted))
        for k, (own, account) in enumerate(zip(signs, told, strict=True)):
            soft = account["type"] in DAILY or (k in pairs and wanted[pairs[k]]["type"] in DAILY)
            if not soft:
                yield own, k in pairs, report.uri.split("/")[1]


def main() -> None:
    """Read, fit, print."""
    use(Path(sys.argv[1]))
    accepting.LEAST = 0.0
    sources = set(json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
    rows = [json.loads(line) for line in (CODED / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {row["uri"]: row for row in rows}
    reports = [r for r in read_paths([str(CODED / "reports.jsonl")]) if isinstance(r, Report)]
    found = list(_rows([r for r in reports if r.uri.split("/")[1] in sources], gold))
    names = list(found[0][0])
    x = np.array([[1.0, *(float(s[n]) for n in names)] for s, _, _ in found])
    y = np.array([float(right) for _, right, _ in found])
    source = np.array([s for _, _, s in found])
    for name, weight in zip(["start", *names], fitted(x, y), strict=True):
        print(f"{name}: {weight:.2f}")
    held = np.zeros(len(y))
    for one in sorted(set(source)):
        held[source == one] = 1 / (1 + np.exp(-x[source == one] @ fitted(x[source != one], y[source != one])))
    print(f"# {len(y)} accounts; right, of those with that confidence whose source was left out of the fit:")
    for low in np.arange(0, 1, 0.1):
        inside = (held >= low) & (held < low + 0.1)
        if inside.any():
            print(f"# {low:.1f}: {y[inside].mean():.2f} of {inside.sum()}")


if __name__ == "__main__":
    main()
