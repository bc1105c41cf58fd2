"""What the gate keeps from the parser, and whether that costs anything.

    python -m benchmarks.gate [REPORTS.jsonl ...]

For each file: the share of reports opened and of sentences parsed, accounts found with the gate and without it, and
how many of those found without it are not found with it (same type and trigger).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.coding_speed import HERE, default_sets
from dateline.coding.order import assemble
from dateline.coding.reading import Reading, read_report
from dateline.model import Report


def found(reading: Reading) -> set[tuple[str, int]]:
    """Type and place of the triggers of a reading's accounts."""
    return {(draft.type, draft.trigger.start) for draft in assemble(reading)}


def main() -> None:
    """Measure and print, one line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=300, help="reports of each file (default 300)")
    options = parser.parse_args()
    filler = HERE.parents[1] / "shared" / "eval" / "data" / "background" / "reports.jsonl"
    paths = options.paths or [*default_sets(), *([filler] if filler.exists() else [])]
    print("set            reports  opened sentences  parsed  gated ungated  lost")
    for path in paths:
        lines = [line for line in path.open(encoding="utf-8") if line.strip()][: options.limit]
        opened = sentences = parsed = gated = ungated = lost = 0
        for line in lines:
            report = Report("", "", json.loads(line)["text"])
            with_gate, without = read_report(report), read_report(report, gated=False)
            ours, all_of_them = found(with_gate), found(without)
            opened += bool(with_gate.sentences)
            sentences += len(with_gate.document.sentences)
            parsed += len(with_gate.sentences)
            gated, ungated, lost = gated + len(ours), ungated + len(all_of_them), lost + len(all_of_them - ours)
        name = path.parent.name if path.name == "reports.jsonl" else path.stem
        print(
            f"{name:<14} {len(lines):7d} {opened / len(lines):7.1%} {sentences:9d} {parsed / sentences:7.1%} "
            f"{gated:6d} {ungated:7d} {lost:5d}",
            flush=True,
        )


if __name__ == "__main__":
    main()
