"""How much gate and first look let through, how much they lose, and how fast they are; against reading every report.

    python -m benchmarks.triage [REPORTS.jsonl ...] [--limit 100]

For each file: the share of reports that gate and first look (`language/glance.py`) let through to the learned reader,
how many have accounts when all are read (recall is the share of those that they let through), and reports a second of
the two alone, sentences and all.
"""

from __future__ import annotations

import argparse
import time
from itertools import islice
from pathlib import Path

from benchmarks.coding_speed import HERE, default_sets
from dateline.coding.coder import code_reading
from dateline.coding.reading import SHORT, opened_for, read_report
from dateline.language import Document
from dateline.model import Report
from dateline.readers import read_paths


def passes(report: Report) -> bool:
    """Is the report read at all?"""
    document = Document.of(report.text)
    return bool(opened_for(document, learned=True).worth) or len(document.sentences) <= SHORT


def has_accounts(report: Report) -> bool:
    """Does it have accounts when the learned reader reads all of it?"""
    return bool(code_reading(read_report(report, gated=False, learned=True)).accounts)


def default_files() -> list[Path]:
    """The sets of the evaluation data where they are present: reports on conflict, and others."""
    data = HERE.parents[1] / "shared" / "eval" / "data"
    sets = ("incidents", "india_police", "muc4", "background")
    return [*default_sets(), *(p for name in sets if (p := data / name / "reports.jsonl").exists())]


def main() -> None:
    """Measure each file and all together, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=100, help="reports of each file")
    options = parser.parse_args()
    told = kept = 0
    print(f"{'set':<14} {'reports':>7} {'let in':>7} {'with accounts':>13} {'recall':>7} {'gate/s':>7}")
    for path in options.paths or default_files():
        reports = [r for r in islice(read_paths([str(path)]), options.limit) if isinstance(r, Report)]
        passes(reports[0])
        began = time.perf_counter()
        through = [passes(report) for report in reports]
        speed = len(reports) / (time.perf_counter() - began)
        own = [let_in for report, let_in in zip(reports, through, strict=True) if has_accounts(report)]
        told, kept = told + len(own), kept + sum(own)
        name = path.parent.name if path.name == "reports.jsonl" else path.stem
        recall = f"{sum(own) / len(own):7.2%}" if own else f"{'-':>7}"
        share = sum(through) / len(reports)
        print(f"{name:<14} {len(reports):7d} {share:7.1%} {len(own):13d} {recall} {speed:7.0f}", flush=True)
    print(f"recall of all {f'{kept / told:.4f}' if told else '-'} ({told} reports with accounts)")


if __name__ == "__main__":
    main()
