"""Limits on a request's body, held before anything parses it: how many bytes are read, and how long they may take."""

from __future__ import annotations

from collections.abc import Callable

import anyio
from anyio.to_thread import run_sync
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.service.errors import SlowBody, TooLarge

#: The most bytes of a body that anybody may send, also without a log-in.
ANYBODY = 16_384
#: Seconds in which such a body must have arrived as a whole; of a larger body, the most seconds between two pieces.
_SECONDS = 15.0


class Bodies:
    """Middleware that lets in no more bytes than are allowed, whatever length the request states, and that does not
    wait long for them.

    Small bodies are read from anybody. For a larger one, `allowed` gives the number of bytes that may come, and raises
    where the sender may not send it, so that somebody without a log-in cannot make the service parse megabytes.
    """

    def __init__(self, app: ASGIApp, allowed: Callable[[Request], int]) -> None:
        self._app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Raises TooLarge (DL-S005), SlowBody (DL-S016), and as `allowed` does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        length = _told(request)
        small = length is not None and length <= ANYBODY
        most = ANYBODY if small else await run_sync(self._allowed, request)
        if length is not None and length > most:
            if most > ANYBODY:
                # Read the body to its end, so that a known user sees the reason: a browser that is still sending does
                # not show an answer.
                await _drained(_limited(receive, length, False))
            raise _too_large(most)
        await self._app(scope, _limited(receive, most, small), send)


def _told(request: Request) -> int | None:
    """The length of the body that the request states; 0 where there is no body, None where a body of unstated length
    comes."""
    told = request.headers.get("content-length", "")
    if "transfer-encoding" in request.headers or not told:
        return None if "transfer-encoding" in request.headers else 0
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 1 << 62


def _limited(receive: Receive, most: int, small: bool) -> Receive:
    got, complete = 0, False
    deadline = 0.0

    async def limited() -> Message:
        nonlocal got, complete, deadline
        if complete:  # The next message says that the peer has gone; it may come at any time.
            return await receive()
        # The time runs from the first time that the body is asked for: a handler that streams its answer asks only when
        # the answer is made, which may be a minute later.
        if not (small and deadline):
            deadline = anyio.current_time() + _SECONDS
        try:
            with anyio.fail_after(deadline - anyio.current_time()):
                message = await receive()
        except TimeoutError:
            raise SlowBody(f"No more came in {_SECONDS:g} seconds.") from None
        got += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if got > most:
            raise _too_large(most)
        return message

    return limited


async def _drained(receive: Receive) -> None:
    while (await receive()).get("more_body"):
        pass


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The limit is {most:,} bytes.")
