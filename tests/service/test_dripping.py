"""A site that answers a few bytes at a time: whatever it drips, one deadline holds for the whole fetch."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dateline.service import dialling, fetching
from dateline.service.errors import BadAddress

#: Seconds that a fetch may take in these tests, and those that it may be late on a busy machine.
_SECONDS, _LATE = 0.6, 1.0
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#: What is sent at once, and what is then sent over and over, a piece each hundredth of a second.
_DRIPS = {
    "nothing": (b"", b""),
    "status line": (b"HTTP/1.1 200 ", b"O"),
    "one long header": (_OK + b"X-Long: ", b"x"),
    "many headers": (_OK, b"X-Next: 1\r\n"),
    "headers that announce others": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (_OK + b"Content-Length: 1000000\r\n\r\n", b"x"),
    "body without length": (_OK + b"\r\n", b"x"),
    "chunks": (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "length of a chunk": (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "what follows the chunks": (_OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Next: 1\r\n"),
    "redirects": (b"HTTP/1.1 302 Found\r\nLocation: /next\r\n", b"X-Next: 1\r\n"),
}


@pytest.fixture
def dripping(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes, bytes], str]]:
    """Starts a real server on this machine, which stands for a site; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip(peer: socket.socket, first: bytes, then: bytes) -> None:
        with peer:
            try:
                peer.sendall(first)
                while not ended.wait(0.01):
                    peer.sendall(then)
            except OSError:
                return

    def serve(first: bytes, then: bytes) -> str:
        def accept() -> None:
            while not ended.is_set():
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=drip, args=(peer, first, then), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return "http://127.0.0.1/"

    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    monkeypatch.setattr(dialling, "port_of", lambda parts: listening.getsockname()[1])
    monkeypatch.setattr(fetching, "_SECONDS", _SECONDS)
    yield serve
    ended.set()
    listening.close()


def _refused_in_time(url: str) -> None:
    began = time.monotonic()
    with pytest.raises(BadAddress, match=r"too slow|timed out"):
        fetching.fetch(url)
    assert time.monotonic() - began < _SECONDS + _LATE


@pytest.mark.parametrize("what", _DRIPS)
def test_a_site_that_drips_is_left_when_the_time_is_up(
    dripping: Callable[[bytes, bytes], str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    # A hundred headers are too many for Python: here they must take longer than the fetch may.
    monkeypatch.setattr("http.client._MAXHEADERS", 10_000)
    _refused_in_time(dripping(*_DRIPS[what]))


def test_a_site_that_never_shakes_hands_is_left_too(dripping: Callable[[bytes, bytes], str]) -> None:
    _refused_in_time(dripping(b"", b"").replace("http:", "https:"))


def test_a_name_that_nobody_answers_for_is_left_too(
    dripping: Callable[[bytes, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def never(*_: Any, **__: Any) -> Any:
        ended.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    _refused_in_time("http://site.example/")
    ended.set()


def test_a_slow_site_that_is_done_in_time_is_read(
    dripping: Callable[[bytes, bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 20.0)
    found = fetching.fetch(dripping(_OK + b"Content-Length: 20\r\n\r\n", b"x"))
    assert found.data == b"x" * 20
