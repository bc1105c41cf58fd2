"""What the notes for a trace cost where nobody asks for one: CPU time of coding with and without them.

    python -m benchmarks.trace_cost [--reports 200] [--rounds 5]

Codes the first reports of `../shared/eval/data/muc4` in three processes in turn, a few reports at a time: with the
notes as they are, with a `note` that does nothing (its words are still put together), and with no call of `note` in the
code at all. The best of the rounds counts for each few, so that what else the machine does weighs little. Prints the
ratio of the first way to each of the others; at most 1.01 is wanted.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

REPORTS = Path(__file__).parents[2] / "shared" / "eval" / "data" / "muc4" / "reports.jsonl"
#: Reports coded in one way before the next.
_FEW = 5
WAYS = ("as it is", "note does nothing", "no notes")


class _Cutter(ast.NodeTransformer):
    """Leaves out the statements that call `note`."""

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        called = node.value.func if isinstance(node.value, ast.Call) else None
        return ast.copy_location(ast.Pass(), node) if isinstance(called, ast.Name) and called.id == "note" else node


class _Loader(SourceFileLoader):
    """Loads a module without its notes."""

    def get_code(self, fullname: str) -> CodeType:
        tree = _Cutter().visit(ast.parse(self.get_data(self.path)))
        return compile(tree, self.path, "exec")


class _Finder(MetaPathFinder):
    """Finds the modules of dateline for `_Loader`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname.partition(".")[0] == "dateline" else None
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def _prepare(way: str) -> None:
    """Make this process one that codes in that way."""
    if way == "no notes":
        sys.meta_path.insert(0, _Finder())
    from dateline.coding import code_or_reject  # noqa: F401 (all modules that note are loaded with it)
    from dateline.model import trace

    if way == "note does nothing":
        real = trace.note
        for name, module in list(sys.modules.items()):
            if name.startswith("dateline.") and getattr(module, "note", None) is real:
                module.note = lambda rule, at, outcome: None  # type: ignore[attr-defined]


def _seconds(few: range) -> float:
    """CPU seconds that this process takes to code these reports."""
    from dateline.coding import code_or_reject

    rows = _reports()[few.start : few.stop]
    began = time.process_time()
    for row in rows:
        code_or_reject(row)
    return time.process_time() - began


@cache
def _reports() -> list[Any]:
    from dateline.readers import read_paths

    return list(read_paths([str(REPORTS)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    spawn = get_context("spawn")
    pools = {way: ProcessPoolExecutor(1, spawn, _prepare, (way,)) for way in WAYS}
    for pool in pools.values():
        pool.submit(_seconds, range(5)).result()  # models and tables are loaded now
    best: dict[tuple[str, int], float] = {}
    starts = range(0, options.reports, _FEW)
    for turn, start in itertools.product(range(options.rounds), starts):
        first = (turn + start // _FEW) % len(WAYS)
        for way in WAYS[first:] + WAYS[:first]:
            took = pools[way].submit(_seconds, range(start, min(start + _FEW, options.reports))).result()
            best[way, start] = min(took, best.get((way, start), took))
    seconds = {way: sum(best[way, start] for start in starts) for way in WAYS}
    for way, taken in seconds.items():
        print(f"{way:18} {taken:6.2f} s, {seconds[WAYS[0]] / taken:.3f}")


if __name__ == "__main__":
    main()
