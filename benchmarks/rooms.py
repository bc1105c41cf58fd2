"""What share of coding's time is spent in where and in who.

`python -m benchmarks.rooms [REPORTS.jsonl]` codes the reports in this process (after one round to warm up) and prints
each room's share. A room's time is that of the functions which other rooms call, calls within the room not counted
twice. Default: `wikievents`, where ../shared is present, else the samples.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from benchmarks.coding_speed import default_sets, sample_file
from dateline import coding, where, who
from dateline.coding import coder
from dateline.model import Report
from dateline.readers import read_paths

#: All modules of coding: who calls the rooms.
_CALLERS = [importlib.import_module(m.name) for m in pkgutil.walk_packages(coding.__path__, "dateline.coding.")]
_spent: dict[str, float] = defaultdict(float)
_inside: list[str] = []


def _clocked(room: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        if room in _inside:
            return call(*args, **kwargs)
        _inside.append(room)
        start = time.perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            _spent[room] += time.perf_counter() - start
            _inside.pop()

    return timed


def _clock(rooms: dict[str, Any]) -> None:
    """Put a clock around each function of the rooms, wherever the main job calls it by name."""
    for room, module in rooms.items():
        for name in module.__all__:
            call: Any = getattr(module, name)
            if callable(call) and not isinstance(call, type):
                for caller in _CALLERS:
                    if vars(caller).get(name) is call:
                        setattr(caller, name, _clocked(room, getattr(module, name)))
    who.Cast.of = staticmethod(_clocked("who", who.Cast.of))  # type: ignore[method-assign]


def main() -> None:
    """Code twice, print shares."""
    path = (
        sys.argv[1] if sys.argv[1:] else str(next((p for p in default_sets() if "wikievents" in str(p)), sample_file()))
    )
    reports = [r for r in read_paths([path]) if isinstance(r, Report)]
    for report in reports:
        coder.code_report(report)
    _clock({"where": where, "who": who})
    start = time.perf_counter()
    for report in reports:
        coder.code_report(report)
    whole = time.perf_counter() - start
    for room, spent in sorted(_spent.items()):
        print(f"{room:6} {spent / whole:6.1%} of {whole / len(reports) * 1000:.1f} ms a report")
    print(f"both   {sum(_spent.values()) / whole:6.1%}")


if __name__ == "__main__":
    main()
