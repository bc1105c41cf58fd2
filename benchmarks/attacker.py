"""Somebody who knows no password and wants the service to stand still.

    python -m benchmarks.attacker PORT SECONDS

Each kind of attack goes on all the time, from addresses of its own (127.x.y.z): log-ins of 60 MB, 120 log-ins at once,
connections that say nothing, headers and bodies that drip. Prints as JSON what each was answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

_HEAD = "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
_LARGE = 60_000_000
_PIECE = b"x" * 65_536
Peer = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Attack = Callable[[Peer], Awaitable[str]]


async def _answer(peer: Peer) -> str:
    """The status that comes, or that the connection ended."""
    line = await peer[0].readline()
    return line.decode().split()[1] if line else "ended"


async def large(peer: Peer) -> str:
    """A log-in of 60 MB, told or not."""
    told = random.random() < 0.5
    how = f"Content-Length: {_LARGE}" if told else "Transfer-Encoding: chunked"
    peer[1].write(f"{_HEAD}{how}\r\n\r\n".encode())
    piece = _PIECE if told else b"10000\r\n" + _PIECE + b"\r\n"
    for _ in range(_LARGE // len(_PIECE)):
        peer[1].write(piece)
        await peer[1].drain()
    return await _answer(peer)


async def log_in(peer: Peer) -> str:
    """A log-in with a guessed password."""
    body = json.dumps({"name": random.choice(("ann", "benchmark", "root")), "password": str(random.random())})
    peer[1].write(f"{_HEAD}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
    return await _answer(peer)


async def idle(peer: Peer) -> str:
    """A connection that says nothing."""
    return await _answer(peer)


async def headers(peer: Peer) -> str:
    """Headers that have no end."""
    return await _dripped(peer, f"{_HEAD}X-Long: ")


async def body(peer: Peer) -> str:
    """A body that comes byte by byte."""
    return await _dripped(peer, f"{_HEAD}Content-Length: 16000\r\n\r\n")


async def _dripped(peer: Peer, first: str) -> str:
    peer[1].write(first.encode())
    answer = asyncio.ensure_future(_answer(peer))
    while not answer.done():
        peer[1].write(b"x")
        await asyncio.wait([answer], timeout=0.5)
    return await answer


#: Of each kind, how many at once, and how many seconds each waits before the next.
ATTACKS: dict[str, tuple[Attack, int, float]] = {
    "log-ins of 60 MB": (large, 4, 0.5),
    "log-ins": (log_in, 120, 1.0),
    "idle connections": (idle, 300, 0.1),
    "dripping headers": (headers, 50, 0.1),
    "dripping bodies": (body, 50, 0.1),
}


async def _attacked(port: int, seconds: float) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in ATTACKS}

    async def one(name: str, attack: Attack, pause: float) -> None:
        await asyncio.sleep(random.random() * pause)
        while True:
            source = f"127.{random.randint(1, 250)}.{random.randint(0, 250)}.{random.randint(1, 250)}"
            answer = "refused"
            with suppress(OSError):
                peer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
                answer = "cut off"
                with suppress(OSError):
                    answer = await attack(peer)
                peer[1].close()
            found[name][answer] += 1
            await asyncio.sleep(pause)

    going = [
        asyncio.ensure_future(one(k, attack, pause)) for k, (attack, n, pause) in ATTACKS.items() for _ in range(n)
    ]
    await asyncio.sleep(seconds)
    for attack in going:
        attack.cancel()
    await asyncio.gather(*going, return_exceptions=True)
    return found


if __name__ == "__main__":
    # A real one works on another machine; here it takes what the others leave.
    os.nice(10)
    print(json.dumps(asyncio.run(_attacked(int(sys.argv[1]), float(sys.argv[2])))))
