"""The engines side by side on the same reports: one process, several, Spark; the ratios, without what starting costs.

    python -m benchmarks.engines [REPORTS.jsonl] [--reports 200] [--processes 2] [--spark] [--reader rules]

Each engine codes so many reports, and then twice as many, into a folder of parts, as a whole process. The difference is
what coding takes; what is left of the first is the start. `--spark` needs Spark (uv sync --group spark) and Java.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from benchmarks.coding_speed import default_sets
from benchmarks.commands import ran
from dateline.model import Report
from dateline.readers import read_paths


def written(path: Path, source: Path, count: int) -> Path:
    """So many reports of a file as Parquet, from the first again where it has fewer."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    reports = [r for r in read_paths([str(source)]) if isinstance(r, Report)]
    rows = [{"uri": f"{r.uri}/{n}", "text": r.text} for n, r in enumerate(islice(cycle(reports), count))]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=50)
    return path


def seconds(reports: Path, folder: Path, options: list[str]) -> tuple[float, float]:
    """How long one run of the command takes, and how long its processors work for it (Spark's are not seen)."""
    command = [sys.executable, "-m", "dateline", "code", str(reports), "--out", f"{folder}/", "-q", *options]
    spent, usage = ran(command)
    return spent, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure each engine and print, with its rate as a multiple of the first one's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports_file", nargs="?", type=Path, default=default_sets()[-1])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--reader", default="learned")
    options = parser.parse_args()
    many = str(options.processes)
    engines = {"one process": [], f"{many} processes": ["--processes", many]}
    if options.spark:
        engines["Spark"] = ["--engine", "spark", "--master", f"local[{many}]"]
    with tempfile.TemporaryDirectory() as place:
        once = written(Path(place) / "once.parquet", options.reports_file, options.reports)
        twice = written(Path(place) / "twice.parquet", options.reports_file, 2 * options.reports)
        print(f"{'engine':<14} {'start s':>8} {'reports/s':>10} {'to the first':>12} {'CPU ms each':>12}")
        first = None
        for name, more in engines.items():
            spent = [
                seconds(path, Path(place) / f"{name} {path.stem}", [*more, "--reader", options.reader])
                for path in (once, twice)
            ]
            (once_s, once_cpu), (twice_s, twice_cpu) = spent
            rate = options.reports / max(0.001, twice_s - once_s)
            first, busy = first or rate, 1000 * (twice_cpu - once_cpu) / options.reports
            print(f"{name:<14} {2 * once_s - twice_s:8.1f} {rate:10.1f} {rate / first:12.2f} {busy:12.1f}", flush=True)


if __name__ == "__main__":
    main()
