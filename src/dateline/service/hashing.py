"""A line before the hashing of passwords.

A hash takes 64 MB and a tenth of a second, so that guessing is dear. For the service it must not be: one is made at a
time.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dateline.service.errors import Busy

#: How many may wait, and how many of one address.
_WAITING, _OF_ADDRESS = 20, 4
#: Between two hashes the thread rests so many times as long as the first took, and so many seconds at most: guessing
#: has a quarter of one core, and those who look have the rest.
_REST, _LONGEST = 3.0, 1.0
T = TypeVar("T")


class Hashing:
    """One thread of its own, so that whoever waits for a log-in takes no thread from those who look."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "dateline-hashing")
        self._line: Counter[str] = Counter()
        self._rested = 0.0

    def check(self, address: str) -> None:
        """Is there room in the line? Raises Busy (DL-S013) where too many wait."""
        if self._line.total() >= _WAITING or self._line.get(address, 0) >= _OF_ADDRESS:
            raise Busy("Too many log in at once.")

    async def done(self, address: str, work: Callable[[], T]) -> T:
        """What the work gives, when its turn has come. Raises Busy (DL-S013) where too many wait."""
        self.check(address)
        self._line[address] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_turn, work)
        finally:
            self._line[address] -= 1
            self._line += Counter()  # Whoever has no turn left is forgotten.

    def _in_turn(self, work: Callable[[], T]) -> T:
        time.sleep(max(0.0, self._rested - time.monotonic()))
        began = time.monotonic()
        try:
            return work()
        finally:
            ended = time.monotonic()
            self._rested = ended + min(_REST * (ended - began), _LONGEST)

    def close(self) -> None:
        """Wait for the hash that is being made; the rest get none."""
        self._thread.shutdown(cancel_futures=True)
