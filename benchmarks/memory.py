"""Does memory stay flat? The most that coding holds for some reports, and for ten times as many.

    python -m benchmarks.memory [REPORTS.jsonl] [--reports 2000] [--processes 2]

Reports come from Parquet and go into a folder of parts. Memory is that of the command and the processes that it starts,
looked at ten times a second; printed for each tenth of the run, with the peak and the ratio of the two peaks.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.coding_speed import default_sets
from benchmarks.engines import written


def _held(pid: int) -> float:
    """Megabytes of a process and those under it."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text()
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
        kilobytes = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")), "0")
        total += int(kilobytes) / 1024
    return total


def held(reports: Path, out: Path, processes: int, reader: str) -> list[float]:
    """The megabytes of a run, ten times a second."""
    command = [sys.executable, "-m", "dateline", "code", str(reports), "--out", f"{out}/", "-q", "--reader", reader]
    process = subprocess.Popen([*command, "--processes", str(processes)])
    found = []
    while process.poll() is None:
        found.append(_held(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"coding ended with status {process.returncode}")
    return found


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports_file", nargs="?", type=Path, default=default_sets()[-1])
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--reader", default="learned")
    options = parser.parse_args()
    peaks = []
    for count in (options.reports, 10 * options.reports):
        with tempfile.TemporaryDirectory() as place:
            path = written(Path(place) / "reports.parquet", options.reports_file, count)
            found = held(path, Path(place) / "coded", options.processes, options.reader)
        tenths = [max(found[k * len(found) // 10 : (k + 1) * len(found) // 10 + 1]) for k in range(10)]
        peaks.append(max(found))
        print(
            f"{count:8d} reports: peak {max(found):6.0f} MB; by tenths {' '.join(f'{m:.0f}' for m in tenths)}",
            flush=True,
        )
    print(f"ratio of the peaks {peaks[1] / peaks[0]:.2f}")


if __name__ == "__main__":
    main()
