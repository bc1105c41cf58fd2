"""Progress on a terminal, silence elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
    if quiet or not sys.stderr.isatty():
        yield _lines(using) if using is not None and not quiet else lambda: None
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

        def advance() -> None:
            bar.update(task, advance=1, description=what if using is None else f"{what}; {using()}")

        yield advance


def _lines(using: Callable[[], str]) -> Callable[[], None]:
    """Says what was used so far, after a while and then again."""
    last = time.monotonic()

    def advance() -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            click.echo(using(), err=True)

    return advance
