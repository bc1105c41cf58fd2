"""Limits of failed log-ins."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

#: The window in seconds; the most failed log-ins in it of one name from one address, and of one address in all.
_WINDOW, _OF_NAME, _OF_ADDRESS = 900.0, 5, 30
_REMEMBERED = 10_000


class Tries:
    """Failed log-ins of the last quarter of an hour, in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def too_many(self, name: str, address: str) -> bool:
        """Has this name at this address, or this address in all, failed too often, so that it must wait?"""
        address = _shared(address)
        with self._lock:
            return self._count((name, address)) >= _OF_NAME or self._count((address,)) >= _OF_ADDRESS

    def is_first_refusal(self, address: str) -> bool:
        """Is this the first time in the window that this address is refused? Only the first is written into the audit
        log, and not each of the thousands that may follow."""
        key = ("refused", _shared(address), "")
        with self._lock:
            if self._count(key):
                return False
            self._failed[key] = deque((self._clock(),))
            return True

    def failed(self, name: str, address: str) -> None:
        """Remember a failed log-in."""
        address = _shared(address)
        with self._lock:
            for key in ((name, address), (address,)):
                self._failed.setdefault(key, deque(maxlen=_OF_ADDRESS)).append(self._clock())
                self._failed.move_to_end(key)
            while len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)

    def _count(self, key: tuple[str, ...]) -> int:
        since = self._clock() - _WINDOW
        return sum(at > since for at in self._failed.get(key, ()))


def _shared(address: str) -> str:
    """The part of an address that counts as one address: of IPv6 the first 64 bits (the network), because the owner of
    a network can use every address in it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((int(ip) >> 64 << 64, 64))) if isinstance(ip, IPv6Address) else address
