"""What linking costs as accounts grow: a made-up world's, in one process or on Spark; seconds, memory, exponent.

    python -m benchmarks.linking [--accounts 10000 100000] [--spark local[2]]

Each size is linked by a command of its own (`dateline link --coded`) from codings in Parquet. Memory is the most that
the command's process held; Spark's own processes are not in it.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

from benchmarks.commands import ran
from benchmarks.world import World
from dateline.engines.seam import coded_batch
from dateline.model.batches import batches

#: Codings of a file of Parquet.
_FILE = 5_000


def world(folder: Path, accounts: int) -> int:
    """Write codings of a made-up world; gives how many accounts they have."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    made = first = 0
    for number, some in enumerate(batches(World().codings(accounts), _FILE)):
        batch = coded_batch(enumerate(some, first))
        pq.write_table(pa.Table.from_batches([batch]), folder / f"part-{number:05}.parquet", row_group_size=500)
        made, first = made + sum(len(one.accounts) for one in some), first + len(some)
    return made


def linked(coded: Path, out: Path, master: str | None) -> tuple[float, float]:
    """Seconds and peak megabytes of linking them."""
    more = ["--engine", "spark", "--master", master] if master else ["--coded", "--format", "jsonl"]
    command = [sys.executable, "-m", "dateline", "link", str(coded), "--out", str(out), "-q", *more]
    spent, usage = ran(command)
    return spent, usage.ru_maxrss / 1024


def main() -> None:
    """Measure each size and print; last the exponent with which the seconds grow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--spark", metavar="MASTER", help="on Spark, for example local[2]")
    options = parser.parse_args()
    found: list[tuple[int, float]] = []
    print("accounts  seconds  accounts/s  peak MB")
    for size in options.accounts:
        with tempfile.TemporaryDirectory() as place:
            made = world(Path(place) / "coded", size)
            spent, peak = linked(Path(place) / "coded", Path(place) / "events", options.spark)
        found.append((made, spent))
        print(f"{made:8d} {spent:8.1f} {made / spent:11.0f} {peak:8.0f}", flush=True)
    if len(found) > 1:
        (n, a), (m, b) = found[0], found[-1]
        print(f"exponent from {n} to {m}: {math.log(b / a) / math.log(m / n):.2f}")


if __name__ == "__main__":
    main()
