"""Is a run that is killed again and again, and goes on each time, the same in the end as one that is not?

    python -m benchmarks.interrupted [REPORTS.jsonl] [--reports 400] [--times 20] [--processes 2] [--reader rules]

The command codes into a folder of parts, undisturbed; then into another folder, where it is killed (SIGKILL, with its
workers) at a random moment and started again, so often. At last it runs to its end. All files of the two folders are
compared, the manifest included. Prints how many runs were killed, how far they had come, and whether the bytes are the
same; ends with status 1 where they are not.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.coding_speed import default_sets
from benchmarks.engines import written

#: Seeds the random moments, so that they are the same each time.
_SEED = 20
_PART = "20"


def command(reports: Path, folder: Path, options: argparse.Namespace) -> list[str]:
    """The command that codes reports into a folder."""
    how = ["--processes", str(options.processes), "--reader", options.reader, "--part-reports", _PART]
    return [sys.executable, "-m", "dateline", "code", str(reports), "--out", f"{folder}/", "-q", *how]


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file, by its path in the folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def killed_after(run: list[str], seconds: float) -> bool:
    """Run a command and kill it, with all that it started, after so many seconds; False where it was done before."""
    process = subprocess.Popen(run, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def main() -> int:
    """Run both and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports_file", nargs="?", type=Path, default=default_sets()[-1])
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--reader", default="rules")
    options = parser.parse_args()
    moment = random.Random(_SEED)
    with tempfile.TemporaryDirectory() as place:
        reports = written(Path(place) / "reports.parquet", options.reports_file, options.reports)
        whole, broken = Path(place) / "whole", Path(place) / "broken"
        began = time.perf_counter()
        subprocess.run(command(reports, whole, options), check=False)
        taken = time.perf_counter() - began
        killed = []
        for _ in range(options.times):
            # Mostly late enough for one or two parts more, often in the middle of starting.
            if killed_after(command(reports, broken, options), moment.uniform(0.1, 0.25) * taken):
                killed.append(len(list((broken / "_parts").glob("*.json"))))
        subprocess.run(command(reports, broken, options), check=False)
        same = digests(whole) == digests(broken)
        if "_manifest.json" not in digests(whole):
            raise SystemExit("the undisturbed run did not end")
    print(
        f"{options.reports} reports, undisturbed {taken:.1f} s; killed {len(killed)} times, parts done by then {killed}"
    )
    print("the same bytes" if same else "NOT the same bytes")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
