"""A real HTTP server on loopback that speaks OpenAI's protocol as well or badly as a test wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One reply: a message of the model, or whatever else."""

    content: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    stall: float = 0.0
    #: Sent as it stands, in place of a message.
    raw: bytes | None = None
    #: Send only so many bytes and hang up.
    cut: int | None = None


@dataclass
class Served:
    """The server's address, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0


@contextmanager
def serving(reply: Callable[[int, dict[str, Any]], Reply]) -> Iterator[Served]:
    """Serve replies by the number of the request (from 0) and its body."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                number = len(served.asked)
                served.asked.append(body)
                served.headers.append({name.lower(): value for name, value in self.headers.items()})
                served.at_once += 1
                served.most_at_once = max(served.most_at_once, served.at_once)
            try:
                self._send(reply(number, body))
            except (BrokenPipeError, ConnectionResetError):
                pass
            finally:
                with lock:
                    served.at_once -= 1

        def _send(self, one: Reply) -> None:
            time.sleep(one.stall)
            data = one.raw if one.raw is not None else json.dumps(_body(one)).encode()
            self.send_response(one.status)
            for name, value in {"Content-Type": "application/json", **one.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data if one.cut is None else data[: one.cut])
            if one.cut is not None:
                self.wfile.flush()
                self.connection.close()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Served(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def _body(one: Reply) -> dict[str, Any]:
    if one.status != 200:
        return {"error": {"message": f"status {one.status}", "type": "x", "code": None}}
    message = {"role": "assistant", "content": one.content}
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": one.finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
    }  # fmt: skip
