"""What the notes for a trace cost where nobody asks for one: CPU time of coding with and without them.

    python -m benchmarks.trace_cost [--reports 200] [--rounds 5]

Codes the first reports of `../shared/eval/data/muc4` in three processes in turn, round by round: with the notes as they
are, with a `note` that does nothing (its words are still put together), and with no call of `note` in the code at all.
Prints the ratio of the first to each of the others; at most 1.01 is wanted.
"""

from __future__ import annotations

import argparse
import ast
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from types import CodeType, ModuleType

REPORTS = Path(__file__).parents[2] / "shared" / "eval" / "data" / "muc4" / "reports.jsonl"
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


def _seconds(n: int) -> float:
    """CPU seconds that this process takes to code the first `n` reports."""
    from dateline.coding import code_or_reject
    from dateline.readers import read_paths

    rows = list(read_paths([str(REPORTS)]))[:n]
    began = time.process_time()
    for row in rows:
        code_or_reject(row)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    spawn = get_context("spawn")
    pools = {way: ProcessPoolExecutor(1, spawn, _prepare, (way,)) for way in WAYS}
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for pool in pools.values():
        pool.submit(_seconds, 5).result()  # models and tables are loaded now
    for k in range(options.rounds):
        for way in WAYS[k % 3 :] + WAYS[: k % 3]:
            taken[way].append(pools[way].submit(_seconds, options.reports).result())
    for way, seconds in taken.items():
        print(f"{way:18} best {min(seconds):6.2f} s, median {median(seconds):6.2f} s")
    for way in WAYS[1:]:
        best, middle = (of(taken[WAYS[0]]) / of(taken[way]) for of in (min, median))
        print(f"as it is / {way}: {best:.3f} of the best, {middle:.3f} of the medians")


if __name__ == "__main__":
    main()
