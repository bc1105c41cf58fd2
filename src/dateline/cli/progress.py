"""Shows progress on a terminal; elsewhere nothing is shown."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

#: Without a terminal, the seconds between two lines that say what was used so far.
_PAUSE = 30.0


@contextmanager
def progress(
    what: str, quiet: bool, total: int | None = None, using: Callable[[], str] | None = None
) -> Iterator[Callable[[], None]]:
    """Gives a function to call after each report. With a total, the share done and the remaining time are shown.

    `using` says what was used so far (tokens, money): it is shown beside the bar on a terminal, else from time to time
    as a line.
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
    """Gives a function to call with the number of reports done since the last call, and the number rejected so far.

    `full` also shows the rate, the number of rejected reports, and the memory of this process and its child processes.
    `using` is shown as in `progress`.
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
        """Reports per second in the last minute."""

        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.1f}/s")

    return Rate()


def memory() -> int:
    """The memory of this process and its child processes, in megabytes; 0 where the system does not say."""
    import multiprocessing

    pids = ["self", *(str(child.pid) for child in multiprocessing.active_children())]
    return sum(map(_resident, pids)) // 1024


def _resident(pid: str) -> int:
    """The memory of a process, in kilobytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def _lines(using: Callable[[], str]) -> Callable[[int, int], None]:
    """A function that writes a line with what was used so far, every _PAUSE seconds."""
    last = time.monotonic()

    def advance(done: int, rejected: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            click.echo(using(), err=True)

    return advance
