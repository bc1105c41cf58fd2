"""A line before the hashing of passwords.

A hash takes 64 MB and a tenth of a second, so that guessing is dear. For the service it must not be: one is made at a
time.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from dateline.service.errors import Busy

#: How many may wait, and how many of one address.
_WAITING, _OF_ADDRESS = 40, 4
T = TypeVar("T")


class Hashing:
    """One thread of its own, so that whoever waits for a log-in takes no thread from those who look."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "dateline-hashing", initializer=_give_way)
        self._line: Counter[str] = Counter()

    async def done(self, address: str, work: Callable[[], T]) -> T:
        """What the work gives, when its turn has come. Raises Busy (DL-S013) where too many wait."""
        if self._line[address] >= _OF_ADDRESS or self._line.total() >= _WAITING:
            raise Busy("Too many log in at once.")
        self._line[address] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._line[address] -= 1
            self._line += Counter()  # Whoever has no turn left is forgotten.

    def close(self) -> None:
        """Wait for the hash that is being made; the rest get none."""
        self._thread.shutdown(cancel_futures=True)


def _give_way() -> None:
    """Let this thread wait for all others: who logs in can wait a little, who looks should not. Linux only."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
