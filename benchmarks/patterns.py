"""How the time of a report grows with its length, on texts that are hard to read.

    python -m benchmarks.patterns [--sizes 2000,...,500000] [--only WORDS] [--reader rules] [--as-it-comes]
                                  [--seconds 300] [--out FILE]

Each text of `benchmarks/hostile.py` is read and coded at each size, in a process of its own made from one in which the
models lie, without a time limit but `--seconds`. Most such texts are of no language and tell of nothing, and cost next
to nothing: so they are said to be English here, and all of their sentences are parsed (`--entities all`), unless they
are to be taken `--as-it-comes`. Printed for each: microseconds of processor time per character at each
size, the exponent with which time grows (least squares of its logarithm over that of the size; times below 20 ms say
nothing and are left out), by which factor the dearest character is dearer than the cheapest, peak memory, and what
came out. An exponent above 1.15 is marked, and so is a size at which a report meets the limit of 30 seconds.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.hostile import HOSTILE, Hostile
from dateline.coding.choice import Reader
from dateline.engines import LIMIT, code_all
from dateline.engines.limits import warm
from dateline.model import Coding, Report
from dateline.readers import reports_of

SIZES = (2_000, 8_000, 30_000, 59_000, 125_000, 500_000)
#: Times below this are noise, and an exponent above this is too much.
_NOISE, _TOO_MUCH = 0.02, 1.15


@dataclass(frozen=True, slots=True)
class Measured:
    """What one text cost: bytes, seconds of processor time, peak memory in MB, and what became of its reports."""

    name: str
    size: int
    seconds: float
    memory: int
    coded: int
    accounts: int
    rejected: tuple[str, ...]


def measured(one: Hostile, size: int, reader: Reader | None = None, whole: bool = False) -> Measured:
    """Read and code the text in this process; `whole`: all of it, as if it were English."""
    data = one.of(size)
    begun = time.process_time()
    rows = reports_of(data, f"hostile.{one.suffix}")
    if whole:
        rows = (replace(row, lang="en") if isinstance(row, Report) else row for row in rows)
    found = list(code_all(rows, all_entities=whole, reader=reader, time_limit=0))
    seconds = time.process_time() - begun
    codings = [coding for coding in found if isinstance(coding, Coding)]
    return Measured(
        one.name,
        len(data),
        seconds,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        len(codings),
        sum(len(coding.accounts) for coding in codings),
        tuple(sorted({row.code for row in found if not isinstance(row, Coding)})),
    )


def _apart(one: Hostile, size: int, reader: Reader | None, whole: bool, patience: float) -> Measured | None:
    """The same in a process of its own; None where it took too long or died."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, one, size, reader, whole))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(patience) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def _send(pipe: Connection, one: Hostile, size: int, reader: Reader | None, whole: bool) -> None:
    pipe.send(measured(one, size, reader, whole))


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


def _rows(
    patterns: Sequence[Hostile], sizes: Sequence[int], reader: Reader | None, whole: bool, patience: float
) -> Iterator[tuple[Hostile, list[Measured | None]]]:
    for one in patterns:
        row: list[Measured | None] = []
        for size in sizes:
            # What took too long at a size takes longer at the next.
            row.append(None if row and row[-1] is None else _apart(one, size, reader, whole, patience))
        yield one, row


def _line(one: Hostile, row: Sequence[Measured | None], sizes: Sequence[int]) -> str:
    known = [m for m in row if m is not None]
    points = [(m.size, m.seconds) for m in known]
    costs = "".join(f"{m.seconds / m.size * 1e6:8.1f}" if m is not None else "       -" for m in row)
    power = exponent(points)
    last = known[-1] if known else None
    became = "" if last is None else f"{last.coded}/{last.accounts} {','.join(last.rejected)}"
    slow = [f"{size // 1000}K" for size, m in zip(sizes, row, strict=True) if m is None or m.seconds > LIMIT]
    marks = ("  STEEP" if power > _TOO_MUCH else "") + (f"  over {LIMIT:g} s: {', '.join(slow)}" if slow else "")
    memory = max((m.memory for m in known), default=0)
    return f"{one.name[:38]:38}{costs} {power:6.2f} {dearest(points):5.1f} {memory:6}  {became}{marks}"


def main() -> None:
    """Measure, print a line each, write all figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--only", default="", help="Patterns with these words in their name.")
    parser.add_argument("--reader", choices=["learned", "rules"])
    parser.add_argument("--as-it-comes", action="store_true")
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    patterns = [one for one in HOSTILE if asked.only in one.name]
    warm(asked.reader)
    for one in HOSTILE:
        # What is loaded when it is first needed is loaded here, and in no text's time.
        measured(one, 500, asked.reader, not asked.as_it_comes)
    print(f"{'microseconds a character at':38}" + "".join(f"{size // 1000:7}K" for size in sizes), end="")
    print(" expon. fact.     MB  coded/accounts, rejected")
    all_rows = []
    for one, row in _rows(patterns, sizes, asked.reader, not asked.as_it_comes, asked.seconds):
        print(_line(one, row, sizes), flush=True)
        all_rows.append([None if m is None else asdict(m) for m in row])
    if asked.out:
        asked.out.write_text(json.dumps(all_rows), encoding="utf-8")


if __name__ == "__main__":
    main()
