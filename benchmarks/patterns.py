"""How the time of a report grows with its length, on texts that are hard to read.

    python -m benchmarks.patterns [--sizes 2000,...,500000] [--only WORDS] [--reader rules] [--as-it-comes]
                                  [--seconds 300] [--out FILE]

Each text of `benchmarks/hostile.py` is read and coded at each size, in one process, without a time limit but
`--seconds` of processor time. Most such texts are of no language and tell of nothing, and cost next to nothing: so they
are said to be English here, and all of their sentences are parsed (`--entities all`), unless they are to be taken
`--as-it-comes`. Printed for each: microseconds of processor time per character at each size, the exponent with which
time grows (least squares of its logarithm over that of the size; times below 50 ms say nothing and are left out), by
which factor the dearest character is dearer than the cheapest, peak memory, and what came out. An exponent above 1.15
is marked, and so is a size at which a report takes longer than the limit of 30 seconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import re
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType

from benchmarks.hostile import HOSTILE, Hostile
from dateline.coding.choice import Reader
from dateline.engines import LIMIT, code_all
from dateline.engines.limits import warm
from dateline.model import Coding, RejectedReport, Report
from dateline.readers import reports_of

SIZES = (2_000, 8_000, 30_000, 59_000, 125_000, 500_000)
#: Times below this are noise, and an exponent above this is too much.
_NOISE, _TOO_MUCH = 0.05, 1.15


@dataclass(frozen=True, slots=True)
class Measured:
    """What one text cost: characters, seconds of processor time, peak memory in MB, and what became of its reports."""

    name: str
    size: int
    seconds: float
    memory: int
    coded: int
    accounts: int
    rejected: tuple[str, ...]


class _Given(BaseException):
    """It took more time than it was given."""


def measured(one: Hostile, size: int, reader: Reader | None = None, whole: bool = False) -> Measured:
    """Read and code the text; `whole`: all of it, as if it were English."""
    data = one.of(size)
    gc.collect()
    _forget_peak()
    begun = time.process_time()
    rows: Iterable[Report | RejectedReport] = reports_of(data, f"hostile.{one.suffix}")
    if whole:
        rows = (replace(row, lang="en") if isinstance(row, Report) else row for row in rows)
    coded = accounts = 0
    rejected: set[str] = set()
    for found in code_all(rows, all_entities=whole, reader=reader, time_limit=0):
        if isinstance(found, Coding):
            coded, accounts = coded + 1, accounts + len(found.accounts)
        else:
            rejected.add(found.code)
    seconds = time.process_time() - begun
    return Measured(one.name, len(data.decode()), seconds, _peak(), coded, accounts, tuple(sorted(rejected)))


def _forget_peak() -> None:
    """Have the kernel count peak memory from now on (Linux)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")


def _peak() -> int:
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def _patiently(one: Hostile, size: int, reader: Reader | None, whole: bool, patience: float) -> Measured | None:
    """The same; None where it takes more processor time than that."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise _Given

    kept = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, patience)
    try:
        return measured(one, size, reader, whole)
    except _Given:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The power of the size with which seconds grow; 0 where all but one are noise."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points if seconds >= _NOISE]
    if len(logs) < 2:
        return 0.0
    middle_x, middle_y = (sum(p[n] for p in logs) / len(logs) for n in (0, 1))
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)


def dearest(points: Sequence[tuple[int, float]]) -> float:
    """By which factor a character costs more at one size than at another."""
    costs = [seconds / size for size, seconds in points if seconds >= _NOISE]
    return max(costs) / min(costs) if costs else 1.0


def _line(one: Hostile, row: Sequence[Measured | None], sizes: Sequence[int]) -> str:
    known = [m for m in row if m is not None]
    points = [(m.size, m.seconds) for m in known]
    costs = "".join(f"{m.seconds / m.size * 1e6:8.1f}" if m is not None else "       -" for m in row)
    power = exponent(points)
    became = f"{known[-1].coded}/{known[-1].accounts} {','.join(known[-1].rejected)}" if known else ""
    slow = [f"{size // 1000}K" for size, m in zip(sizes, row, strict=True) if m is None or m.seconds > LIMIT]
    marks = ("  STEEP" if power > _TOO_MUCH else "") + (f"  over {LIMIT:g} s: {', '.join(slow)}" if slow else "")
    memory = max((m.memory for m in known), default=0)
    return f"{one.name[:38]:38}{costs} {power:6.2f} {dearest(points):5.1f} {memory:6}  {became}{marks}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--only", default="", help="Patterns with one of these words (a, b) in their name.")
    parser.add_argument("--reader", choices=["learned", "rules"])
    parser.add_argument("--as-it-comes", action="store_true")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> None:
    """Measure, print a line each, write all figures where asked."""
    asked = _arguments()
    sizes = [int(size) for size in asked.sizes.split(",")]
    chosen = [one for one in HOSTILE if any(part in one.name for part in asked.only.split(", "))]
    if not chosen:
        raise SystemExit(f"No pattern has {asked.only!r} in its name; they are in benchmarks/hostile.py.")
    warm(asked.reader)
    for one in chosen:
        # What is loaded when it is first needed is loaded here, and in no text's time.
        measured(one, 500, asked.reader, not asked.as_it_comes)
    print(f"{'microseconds a character at':38}" + "".join(f"{size // 1000:7}K" for size in sizes), end="")
    print(" expon. fact.     MB  coded/accounts, rejected")
    figures = []
    for one in chosen:
        row: list[Measured | None] = []
        for size in sizes:
            # What took too long at a size takes longer at the next.
            known = not row or row[-1] is not None
            row.append(_patiently(one, size, asked.reader, not asked.as_it_comes, asked.seconds) if known else None)
        print(_line(one, row, sizes), flush=True)
        figures += [asdict(m) for m in row if m is not None]
    if asked.out:
        asked.out.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
