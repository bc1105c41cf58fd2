"""HTTP connections with time limits, so that slow peers cannot hold the service.

uvicorn has no limit of its own: it waits as long as a peer likes for its first request, for the rest of its headers,
and until the peer has taken in an answer. Here each of these has a limit in seconds. Where very many connections wait,
the one that has waited longest is closed to make room for the next.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds that a peer has to send a request's headers, and to take in some more of its answer.
_HEADERS, _TAKING = 10.0, 30.0
#: The most connections that may wait for their peer at the same time.
_WAITING = 700


#: The connections of a server, the one that has waited longest for its peer first (an ordered set: no values).
Line = dict["Impatient", None]


class Impatient(H11Protocol):
    """A connection that is closed when its peer takes too long."""

    def __init__(self, *args: Any, line: Line, **named: Any) -> None:
        super().__init__(*args, **named)
        self._line = line
        self._asking: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request; where too many connections wait, end the one that has waited longest."""
        super().connection_made(transport)
        self._await_request()
        if len(self._line) > _WAITING:
            longest = next((one for one in self._line if one._waits()), self)
            del self._line[longest]
            longest.transport.abort()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing():
            self._await_request()

    def pause_writing(self) -> None:
        """The peer takes in less than is sent: start the time limit for taking in."""
        super().pause_writing()
        self._taking = self.loop.call_later(_TAKING, self.transport.abort)

    def resume_writing(self) -> None:
        """The peer has taken in some of the answer: stop the time limit."""
        super().resume_writing()
        self._stop(self._taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone: forget it, and stop its time limits."""
        super().connection_lost(exc)
        self._line.pop(self, None)
        self._stop(self._asking, self._taking)

    def _await_request(self) -> None:
        self._line.pop(self, None)
        self._line[self] = None
        self._stop(self._asking)
        # The limit varies at random, so that hundreds of connections that came together are not all closed together,
        # to come again together.
        self._asking = self.loop.call_later(_HEADERS * random.uniform(0.7, 1.3), self._late)

    def _late(self) -> None:
        """The time for headers is up: close the connection, unless a request is being answered. Its body has a time
        limit of its own (bodies.py)."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()

    def _waits(self) -> bool:
        """Is it the peer's turn: to ask, or to send the rest of a body?"""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    @staticmethod
    def _stop(*timers: asyncio.TimerHandle | None) -> None:
        for timer in timers:
            if timer is not None:
                timer.cancel()
