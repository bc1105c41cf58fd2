"""Connections that are not waited for without end.

uvicorn waits as long as a peer likes: for its first request, for the rest of its headers, and until it has taken in an
answer. Here each has its seconds; and where very many wait, who has waited longest makes way for the next.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds for a request's headers, and in which a peer must take in some of its answer.
_HEADERS, _TAKING = 10.0, 30.0
#: Connections on which a peer is waited for.
_WAITING = 700


#: The connections of a server, those first on which a peer is waited for since longest.
Line = dict["Impatient", None]


class Impatient(H11Protocol):
    """A connection on which each side has its seconds."""

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
        """The peer takes in less than is sent."""
        super().pause_writing()
        self._taking = self.loop.call_later(_TAKING, self.transport.abort)

    def resume_writing(self) -> None:
        """It has taken in some."""
        super().resume_writing()
        self._stop(self._taking)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        super().connection_lost(exc)
        self._line.pop(self, None)
        self._stop(self._asking, self._taking)

    def _await_request(self) -> None:
        self._line.pop(self, None)
        self._line[self] = None
        self._stop(self._asking)
        # A little more or less, so that hundreds that came together do not all go, and come again, together.
        self._asking = self.loop.call_later(_HEADERS * random.uniform(0.7, 1.3), self._late)

    def _late(self) -> None:
        """The time for headers is up. While a request is being answered, its body has a time of its own."""
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
