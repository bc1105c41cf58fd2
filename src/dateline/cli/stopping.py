"""Ctrl-C between two reports, never in the middle of writing them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

import click

T = TypeVar("T")


class Stop:
    """Whether somebody wants the work to stop."""

    def __init__(self) -> None:
        self.wanted = False

    def until(self, work: Iterable[T]) -> Iterator[T]:
        """The work as it comes, until it is to stop; what came until then is kept."""
        for one in work:
            yield one
            if self.wanted:
                return


@contextmanager
def stopping() -> Iterator[Stop]:
    """Lets the first Ctrl-C end the work after the report that is being read, and the second end it at once."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def asked(number: int, frame: FrameType | None) -> None:
        stop.wanted = True
        signal.signal(signal.SIGINT, before)
        click.echo("Stopping after this report; Ctrl-C once more stops at once.", err=True)

    before = signal.signal(signal.SIGINT, asked)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
