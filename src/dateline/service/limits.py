"""Limits: failed log-ins, and bytes of a body."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.service.errors import TooLarge

#: Failed log-ins within so many seconds: of a name from an address, and of an address.
_WINDOW, _OF_NAME, _OF_ADDRESS = 900.0, 5, 30
_REMEMBERED = 10_000


class Tries:
    """Failed log-ins of the last quarter of an hour, in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, ...], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def too_many(self, name: str, address: str) -> bool:
        """May this name, or anybody at this address, not try for now?"""
        with self._lock:
            return self._count((name, address)) >= _OF_NAME or self._count((address,)) >= _OF_ADDRESS

    def failed(self, name: str, address: str) -> None:
        """Remember a failed log-in."""
        with self._lock:
            for key in ((name, address), (address,)):
                self._failed.setdefault(key, deque(maxlen=_OF_ADDRESS)).append(self._clock())
                self._failed.move_to_end(key)
            while len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)

    def _count(self, key: tuple[str, ...]) -> int:
        since = self._clock() - _WINDOW
        return sum(at > since for at in self._failed.get(key, ()))


class BodyLimit:
    """Lets no more bytes in than are allowed, whatever the request says of its length."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading raises TooLarge (DL-S005) where too much comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        length = int(told) if told.isdigit() else 0
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if max(got, length) > self._most:
                raise TooLarge(f"The limit is {self._most:,} bytes.")
            return message

        await self._app(scope, counted, send)
