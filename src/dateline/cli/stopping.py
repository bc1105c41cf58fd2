"""Lets Ctrl-C stop the work between two reports, and never while one is being written."""

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
    """Whether the user wants the work to stop."""

    def __init__(self) -> None:
        self.wanted = False

    def until(self, work: Iterable[T]) -> Iterator[T]:
        """Pass on the items of the work until the user wants to stop. Items before that are kept."""
        for one in work:
            yield one
            if self.wanted:
                return


@contextmanager
def stopping() -> Iterator[Stop]:
    """In the `with` block, the first Ctrl-C ends the work after the report being read, the second ends it at once."""
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
