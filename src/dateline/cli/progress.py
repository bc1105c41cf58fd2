"""Progress on a terminal, silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str, quiet: bool, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Gives a function to call after each report; with a total, the share done and the time that remains are shown."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    known = (BarColumn(), MofNCompleteColumn(), TextColumn("reports,"), TimeRemainingColumn(), TextColumn("left"))
    unknown = (TextColumn("{task.completed} reports"), TimeElapsedColumn())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *(unknown if total is None else known))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
