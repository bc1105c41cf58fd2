"""A queue for the hashing of passwords: the service makes one hash at a time.

A hash takes 64 MB and a tenth of a second, so that guessing passwords is costly. The queue keeps many log-ins at once
from being costly for the service.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dateline.service.errors import Busy

#: How many log-ins may wait in all, and how many from one address.
_WAITING, _OF_ADDRESS = 20, 4
#: After a hash, the thread rests _REST times as long as the hash took, and at most _LONGEST seconds. So hashing takes a
#: quarter of one core, and all other requests have the rest.
_REST, _LONGEST = 3.0, 1.0
T = TypeVar("T")


class Hashing:
    """Makes hashes in a thread of its own, so that log-ins that wait take no thread from other requests."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "dateline-hashing")
        self._line: Counter[str] = Counter()
        self._rested = 0.0

    def check(self, address: str) -> None:
        """Check that there is room in the queue. Raises Busy (DL-S013) where too many wait."""
        if self._line.total() >= _WAITING or self._line.get(address, 0) >= _OF_ADDRESS:
            raise Busy("Too many log in at once.")

    async def done(self, address: str, work: Callable[[], T]) -> T:
        """Wait for the turn of this work, do it, and give its result. Raises Busy (DL-S013) where too many wait."""
        self.check(address)
        self._line[address] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_turn, work)
        finally:
            self._line[address] -= 1
            self._line += Counter()  # This drops the addresses for which nobody waits any more.

    def _in_turn(self, work: Callable[[], T]) -> T:
        time.sleep(max(0.0, self._rested - time.monotonic()))
        began = time.monotonic()
        try:
            return work()
        finally:
            ended = time.monotonic()
            self._rested = ended + min(_REST * (ended - began), _LONGEST)

    def close(self) -> None:
        """Wait for the hash that is being made, and cancel those that wait."""
        self._thread.shutdown(cancel_futures=True)
