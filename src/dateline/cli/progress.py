"""Progress on a terminal, silence elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

#: Seconds between two lines of what was used so far, where there is no terminal.
_PAUSE = 30.0


@contextmanager
def progress(
    what: str, quiet: bool, total: int | None = None, using: Callable[[], str] | None = None
) -> Iterator[Callable[[], None]]:
    """Gives a function to call after each report; with a total, the share done and the time that remains are shown.

    `using` tells what was used so far (tokens, money): beside the bar on a terminal, else a line now and then.
    """
    with pace(what, quiet, total, full=False, using=using) as advance:
        yield lambda: advance(1, 0)


@contextmanager
def pace(
    what: str,
    quiet: bool,
    total: int | None = None,
    before: int = 0,
    full: bool = True,
    using: Callable[[], str] | None = None,
) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to call with how many reports were done since, and how many were rejected so far.

    `full` also shows the rate, what was rejected, and the memory of this process and those that it started; `using` is
    told as by `progress`.
    """
    if quiet or not sys.stderr.isatty():
        yield _lines(using) if using is not None and not quiet else lambda done, rejected: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), *_columns(total is not None, full))
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60) as bar:
        task = bar.add_task(what, total=total, completed=before, rejected=0, memory="")

        def advance(done: int, rejected: int) -> None:
            more: dict[str, Any] = {"rejected": rejected, "memory": f"{memory():,} MB"} if full else {}
            if using is not None:
                more["description"] = f"{what}; {using()}"
            bar.update(task, advance=done, **more)

        yield advance


def _columns(known: bool, full: bool) -> list[Any]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    ends = (BarColumn(), MofNCompleteColumn(), TextColumn("reports,"), TimeRemainingColumn(), TextColumn("left"))
    found: list[Any] = list(ends) if known else [TextColumn("{task.completed} reports"), TimeElapsedColumn()]
    if full:
        rate = _rate_column()
        found += [rate, TextColumn("{task.fields[rejected]} rejected"), TextColumn("{task.fields[memory]}")]
    return found


def _rate_column() -> Any:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        """Reports a second, of the last minute."""

        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.1f}/s")

    return Rate()


def memory() -> int:
    """Megabytes that this process and those that it started hold; 0 where the system does not say."""
    import multiprocessing

    pids = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    return sum(map(_resident, pids)) // 1024


def _resident(pid: str) -> int:
    """Kilobytes of a process."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _lines(using: Callable[[], str]) -> Callable[[int, int], None]:
    """Says what was used so far, after a while and then again."""
    last = time.monotonic()

    def advance(done: int, rejected: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            click.echo(using(), err=True)

    return advance
