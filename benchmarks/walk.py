"""How deep, and how often to and fro, a reader of the code goes who follows one report through `coding`.

    python -m benchmarks.walk [REPORT.txt]      the longest chain of calls between functions of `coding`, and its lines

Counts a report's real calls. A stay is an unbroken run of calls in one file; a return is a stay in a file that was left
before. Prints, too, the longest functions and files of `coding`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import dateline
from dateline.coding import code_report
from dateline.model import Report

ROOM = Path(dateline.__file__).parent / "coding"
_Call = tuple[str, str]


class Walk:
    """The calls of one report: the longest chain, and the files in the order in which they were entered."""

    def __init__(self) -> None:
        self.chain: list[_Call] = []
        self.longest: list[_Call] = []
        self.stays: list[str] = []

    def profile(self) -> Callable[[FrameType, str, object], None]:
        """A function for `sys.setprofile`."""

        def watch(frame: FrameType, event: str, _: object) -> None:
            code = frame.f_code
            if not code.co_filename.startswith(str(ROOM)) or code.co_name.startswith("<"):
                return
            if event == "call":
                self._enter((str(Path(code.co_filename).relative_to(ROOM)), code.co_name))
            elif event == "return" and self.chain:
                self.chain.pop()

        return watch

    def _enter(self, call: _Call) -> None:
        self.chain.append(call)
        if len(self.chain) > len(self.longest):
            self.longest = list(self.chain)
        if not self.stays or self.stays[-1] != call[0]:
            self.stays.append(call[0])


def sizes() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The longest functions and the longest files of the room, in lines."""
    files = sorted(ROOM.rglob("*.py"))
    functions = [
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(ROOM)} {node.name}")
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    long = [(len(p.read_text(encoding="utf-8").splitlines()), str(p.relative_to(ROOM))) for p in files]
    return sorted(functions, reverse=True), sorted(long, reverse=True)


def walked(text: str) -> Walk:
    """Follow one report; the words and the model are loaded before."""
    report = Report(id="walk", uri="walk", text=text)
    code_report(report)
    walk = Walk()
    sys.setprofile(walk.profile())
    try:
        code_report(report)
    finally:
        sys.setprofile(None)
    return walk


def main() -> None:
    path = Path(sys.argv[1]) if sys.argv[1:] else ROOM.parent / "samples" / "01_wire_arrests.txt"
    walk = walked(path.read_text(encoding="utf-8"))
    print(f"longest chain of calls in coding: {len(walk.longest)}")
    print("\n".join(f"  {file:32} {name}" for file, name in walk.longest))
    print(f"stays in files: {len(walk.stays)}, different files: {len(set(walk.stays))}")
    for title, rows in zip(("functions", "files"), sizes(), strict=True):
        print(f"longest {title}:")
        print("\n".join(f"  {lines:4} {name}" for lines, name in rows[:5]))


if __name__ == "__main__":
    main()
