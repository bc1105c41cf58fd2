"""What a ledger costs: adding 10,000 and 100,000 accounts of a made-up world, and asking it.

    python -m benchmarks.ledger [--accounts 10000 100000] [--url sqlite:///...]

For each size: seconds to add, accounts a second, seconds spent in linking, peak memory, and the 50th and 95th
percentile of event queries with three filters. Last, the exponent with which adding and linking grow.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.world import World
from dateline.ledger import Ledger, Query, linker
from dateline.ledger import ledger as facade

_QUERIES = 300


class _Clock:
    """Adds up the seconds spent in functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, call: Any) -> Any:
        def timed(*args: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return call(*args, **named)
            finally:
                self.seconds += time.perf_counter() - start

        return timed


def measured(accounts: int, url: str) -> tuple[float, float, list[float], dict[str, Any]]:
    """Seconds of adding and of linking, sorted seconds of queries, and what the ledger holds."""
    clock = _Clock()
    kept = facade.pair_up, facade.part, linker.Island.__init__, linker.Island.groups
    facade.pair_up, facade.part = clock.around(kept[0]), clock.around(kept[1])
    linker.Island.__init__ = clock.around(kept[2])  # type: ignore[method-assign]
    linker.Island.groups = clock.around(kept[3])  # type: ignore[method-assign]
    world = World().codings(accounts)
    try:
        with Ledger.open(url, create=True, by="benchmark") as ledger:
            start = time.perf_counter()
            making = _Clock()
            ledger.add(_timed(world, making))
            adding = time.perf_counter() - start - making.seconds
            return adding, clock.seconds, sorted(_asked(ledger)), ledger.info()
    finally:
        facade.pair_up, facade.part = kept[:2]
        linker.Island.__init__, linker.Island.groups = kept[2:]  # type: ignore[method-assign]


def _timed(world: Any, clock: _Clock) -> Any:
    step = clock.around(lambda: next(world, None))
    while (one := step()) is not None:
        yield one


def _asked(ledger: Ledger) -> list[float]:
    choice = random.Random(2)
    found = []
    years = [f"20{y:02d}-{m:02d}-01" for y in range(15, 17) for m in range(1, 13)]
    for k in range(_QUERIES):
        since = choice.choice(years)
        query = (
            Query(types=("bombing",), places=(choice.choice(("IQ", "SY", "NG")),), since=since),
            Query(actors=(f"front-{choice.randrange(60)}",), since=since, min_confidence=0.8),
            Query(text="bomb exploded", places=(choice.choice(("IQ", "PK")),), review=("unreviewed",)),
            Query(types=("attack", "clash"), box=(20.0, 10.0, 60.0, 40.0), since=since, order="oldest"),
        )[k % 4]
        start = time.perf_counter()
        ledger.events(query, limit=50)
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--url", help="an empty database, for one size; default: a new SQLite file for each")
    options = parser.parse_args()
    rows = []
    print("accounts  events   adding  accounts/s  linking  query p50   p95   peak memory")
    for size in options.accounts:
        with tempfile.TemporaryDirectory() as folder:
            adding, linking, asked, info = measured(size, options.url or str(Path(folder) / "ledger.sqlite"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        p50, p95 = (1000 * asked[int(len(asked) * q)] for q in (0.5, 0.95))
        rows.append((info["accounts"], adding, linking))
        print(
            f"{info['accounts']:8d} {info['events']:7d} {adding:7.1f}s {info['accounts'] / adding:11.0f}"
            f" {linking:7.1f}s "
            f"{p50:7.1f} ms {p95:5.1f} ms {peak:8.0f} MB",
            flush=True,
        )
    if len(rows) > 1:
        (n, a, b), (m, c, d) = rows[0], rows[-1]
        print(f"exponents from {n} to {m}: adding {_exponent(n, a, m, c):.2f}, linking {_exponent(n, b, m, d):.2f}")


def _exponent(n: int, a: float, m: int, b: float) -> float:
    return math.log(b / a) / math.log(m / n)


if __name__ == "__main__":
    main()
