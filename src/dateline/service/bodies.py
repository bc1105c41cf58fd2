"""What is read of a request's body, and how long it may take, before anything parses it."""

from __future__ import annotations

from collections.abc import Callable

import anyio
from anyio.to_thread import run_sync
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.service.errors import SlowBody, TooLarge

#: Bytes that anybody may send without being asked who they are.
ANYBODY = 16_384
#: Seconds in which such a body must have come, and in which a larger one must go on.
_SECONDS = 15.0


class Bodies:
    """Lets no more bytes in than are allowed, whatever the request says of its length, and waits for none for long.

    Small bodies are read of anybody. Of a larger one, `allowed` says how many bytes may come, and refuses whoever may
    not send it: who is nobody cannot make the service parse megabytes.
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
                # Who is known shall see the reason: a browser shows none while it is still sending.
                await _drained(_limited(receive, length, False))
            raise _too_large(most)
        await self._app(scope, _limited(receive, most, small), send)


def _told(request: Request) -> int | None:
    """The length that the request tells; None where it tells none, and a body comes."""
    told = request.headers.get("content-length", "")
    if "transfer-encoding" in request.headers or not told:
        return None if "transfer-encoding" in request.headers else 0
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 1 << 62


def _limited(receive: Receive, most: int, small: bool) -> Receive:
    got, complete = 0, False
    deadline = 0.0

    async def limited() -> Message:
        nonlocal got, complete, deadline
        if complete:  # What comes now is that the peer is gone, whenever that may be.
            return await receive()
        # Time runs from when it is asked for: who streams an answer asks first when that is made, a minute later maybe.
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
