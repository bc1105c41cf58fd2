"""Where the time of coding goes: the share of each step, of reports that are coded in this process.

    python -m benchmarks.profile [REPORTS.jsonl] [--reports 100] [--reader rules]

By Python's profiler, after one report to warm up: steps that call many small functions look dearer than they are by
some percent. A step's time is that of all it calls; what is not named is the rest.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.coding_speed import default_sets
from dateline.engines import Options, batched, code_batches
from dateline.engines.limits import warm
from dateline.readers import read_paths

#: Step -> file and function in which it begins. None of them calls another.
_STEPS = {
    "batches": ("engines/seam.py", "reports_batch"),
    "language": ("language/identify.py", "language_of"),
    "sentences": ("language/document.py", "of"),
    "gate": ("language/gate.py", "open_for"),
    "network": ("reader/__init__.py", "read"),
    "parse": ("language/parser.py", "parse"),
    "publication": ("when/publication.py", "publication"),
    "cast": ("who/names.py", "of"),
    "places found": ("where/spotting.py", "spot"),
    "places resolved": ("where/resolving.py", "resolve"),
    "mentions": ("coding/reading.py", "mentions_in"),
    "passes": ("coding/coder.py", "code_reading"),
    "entities": ("coding/entities.py", "entities"),
    "affiliations": ("coding/affiliations.py", "affiliations"),
    "JSON": ("model/record.py", "to_json"),
}


def shares(profiled: cProfile.Profile) -> dict[str, float]:
    """The share of each step."""
    stats: Any = pstats.Stats(profiled)
    spent = dict.fromkeys(_STEPS, 0.0)
    for (file, _, name), (_, _, _, cumulative, _) in stats.stats.items():
        for step, (where, function) in _STEPS.items():
            if file.endswith(where) and name == function:
                spent[step] += cumulative
    return {step: seconds / stats.total_tt for step, seconds in spent.items()}


def main() -> None:
    """Profile and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports_file", nargs="?", type=Path, default=default_sets()[-1])
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--reader", choices=["learned", "rules"], default="learned")
    options = parser.parse_args()
    rows = list(islice(read_paths([str(options.reports_file)]), options.reports))
    warm(options.reader)
    profiled = cProfile.Profile()
    profiled.enable()
    for _ in code_batches(batched(rows), Options(reader=options.reader)):
        pass
    profiled.disable()
    found = shares(profiled)
    print(f"{len(rows)} reports")
    for step, share in [*sorted(found.items(), key=lambda item: -item[1]), ("the rest", 1 - sum(found.values()))]:
        print(f"{step:<16} {share:6.1%}")


if __name__ == "__main__":
    main()
