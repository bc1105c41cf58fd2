"""Code reports with networks that saw nothing of their sources: `python -m training.reader.held_out FOLDER OUT.jsonl`.

FOLDER is what `training.reader.crossvalidating` wrote. OUT can be scored as any output of `dateline code`:
`python ../shared/eval/score_coded.py OUT.jsonl ../shared/eval/data/coded/gold.jsonl`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dateline.coding import code_report
from dateline.model import Report
from dateline.model.record import as_record
from dateline.reader import network
from dateline.readers import read_paths


def use(weights: Path) -> None:
    """Let the reader read with these weights from now on, in this process."""
    network.WEIGHTS = weights


def main() -> None:
    """Code the reports of each part with the network of that part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reports", default="../shared/eval/data/coded/reports.jsonl")
    options = parser.parse_args()
    parts = json.loads((options.folder / "parts.json").read_text("utf-8"))
    reports = [r for r in read_paths([options.reports]) if isinstance(r, Report)]
    with options.out.open("w", encoding="utf-8") as out:
        for number, sources in enumerate(parts):
            use(options.folder / f"part{number}")
            for report in reports:
                if report.uri.split("/")[1] in sources:
                    out.write(json.dumps(as_record(code_report(report, reader="learned"))) + "\n")


if __name__ == "__main__":
    main()
