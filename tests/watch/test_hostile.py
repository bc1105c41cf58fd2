"""Sites that mean harm, or are broken: each is cut by a limit that the settings name, and the other feeds go on."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dateline.coding import code_or_reject
from dateline.ledger import Ledger
from dateline.watch import Watcher, read_settings

BOMB = "MOSUL - A bomb killed twelve people at the Zaytun market in Mosul on Tuesday, police said. Nobody claimed it."
RAID = "KABUL - Gunmen killed two teachers in Kabul on Monday, the ministry said. A café nearby was closed at once."
PAGE = "<html><head><title>A story</title></head><body><article><p>{}</p></article></body></html>"
Send = Callable[[bytes], None]


def _items(*paths: str, title: str = "t") -> bytes:
    items = "".join(f"<item><title>{title}</title><link>{path}</link></item>" for path in paths)
    return f"<rss><channel>{items}</channel></rss>".encode()


def _whole(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _for_ever(start: bytes, piece: bytes, pause: float = 0.0) -> Callable[[Send], None]:
    def send_all(send: Send) -> None:
        send(start)
        while True:
            send(piece)
            time.sleep(pause)

    return send_all


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
_BOMB = b'<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]><rss><channel><item><title>&j;</title><link>/bomb</link></item></channel></rss>"  # fmt: skip
#: What is at each path: bytes, or what sends them.
PATHS: dict[str, bytes | Callable[[Send], None]] = {
    "/bomb": _whole(PAGE.format(BOMB).encode(), "Content-Type: text/html"),
    "/circle": _whole(b"", "Location: /circle2", status="302 Found"),
    "/circle2": _whole(b"", "Location: /circle", status="302 Found"),
    "/out": _whole(b"", "Location: http://10.0.0.1/", status="302 Found"),
    "/nothing": lambda send: time.sleep(5),
    "/stalls": _for_ever(_HEAD + b"\r\n<rss>", b" ", 5),
    "/drips": _for_ever(_HEAD + b"\r\n<rss>", b" ", 0.1),
    "/forever": _for_ever(_HEAD + b"\r\n<rss><channel>", _items("/bomb") * 500),
    "/chunks": _for_ever(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\n<rss>\r\n"),
    "/heads": _for_ever(_HEAD, b"X-More: of the same\r\n"),
    "/short": _whole(_items("/bomb"))[:-20],
    "/shortstory": _items("/half"),
    "/packedbomb": _whole(gzip.compress(b" " * 50_000_000), "Content-Encoding: gzip"),
    "/cutpack": _whole(gzip.compress(_items("/bomb"))[:-12], "Content-Encoding: gzip"),
    "/noise": _whole(bytes(range(256)) * 9),
    "/bomb.xml": _whole(_BOMB),
    "/deep": _whole(b"<rss>" + b"<a>" * 60_000),
}
CUT = {
    "/circle": ("DL-W004", "redirects more than 3 times"), "/out": ("DL-W004", "private network"),
    "/forever": ("DL-W004", "larger than 200,000"), "/chunks": ("DL-W004", "larger than 200,000"),
    "/heads": ("DL-W004", "does not answer"), "/short": ("DL-W004", "before its end"),
    "/packedbomb": ("DL-W004", "larger than 200,000"), "/cutpack": ("DL-W004", "before its end"),
    "/noise": ("DL-W006", ""), "/deep": ("DL-W006", ""), "/bomb.xml": ("DL-W006", ""),
}  # fmt: skip
#: Feeds that are cut by the limit of time.
SLOW = ("/nothing", "/stalls", "/drips")
_TOLD = b'<?xml version="1.0" encoding="utf-8"?>'
#: Feeds whose encoding is another than they say, or that nobody asked for: they are read all the same.
READ = {
    "/utf16": _whole((_TOLD + _items("/bomb")).decode().encode("utf-16")),
    "/latin": _whole((_TOLD + _items("/bomb", title="caf\u00e9")).decode().encode("cp1252")),
    "/nosuch": _whole(b'<?xml version="1.0" encoding="x-none"?>' + _items("/bomb")),
    "/packed": _whole(gzip.compress(_items("/bomb")), "Content-Encoding: gzip"),
    "/lies": _whole(_items("/bomb"), "Content-Encoding: gzip", "Content-Type: image/png; charset=utf-32"),
}  # fmt: skip


@pytest.fixture
def host() -> Iterator[str]:
    """A server that sends bytes as they stand in PATHS."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def answer(sock: socket.socket) -> None:
        with suppress(OSError), sock:
            path = sock.recv(65_536).partition(b" ")[2].partition(b" ")[0].decode()
            found = {**PATHS, **READ}.get(path, _whole(b"", status="404 Not Found"))
            if isinstance(found, bytes):
                sock.sendall(found)
            else:
                found(sock.sendall)

    def serve() -> None:
        while not ended.is_set():
            with suppress(OSError):
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    ended.set()
    listening.close()


def _once(folder: Path, host: str, feeds: list[str], seconds: int = 60) -> tuple[int, dict[str, str]]:
    """How many stories are new, and what was said of which address."""
    file = folder / "w.toml"
    file.write_text(
        f'[polling]\nhost_delay = "0s"\nown_hosts = ["{host}"]\n[limits]\nseconds = {seconds}\nbytes = 200000\n'
        "redirects = 3\n" + "".join(f'[[feed]]\nurl = "http://{host}{feed}"\n' for feed in feeds)
    )
    with Ledger.open(str(folder / "l.sqlite"), create=True) as ledger:
        watcher = Watcher(read_settings(file), ledger, code_or_reject)
        seen = watcher.once()
        watcher.close()
    return seen.new, {
        str(error.where).removeprefix(f"http://{host}"): f"{error.code} {error.what}" for error in seen.said
    }


def test_whatever_a_feed_does_it_is_cut_and_the_others_go_on(tmp_path: Path, host: str) -> None:
    new, said = _once(tmp_path, host, [*CUT, "/packed"])
    assert new == 1
    assert said.keys() == CUT.keys()
    for path, (code, what) in CUT.items():
        assert said[path].startswith(code) and what in said[path], (path, said[path])


def test_what_takes_too_long_is_cut_by_the_limit_of_time(tmp_path: Path, host: str) -> None:
    _, said = _once(tmp_path, host, [*SLOW], seconds=1)
    assert said.keys() == set(SLOW)
    assert all("does not answer" in one and one.startswith("DL-W004") for one in said.values())


@pytest.mark.parametrize("path", READ)
def test_a_feed_that_lies_about_its_encoding_is_read(tmp_path: Path, host: str, path: str) -> None:
    new, said = _once(tmp_path, host, [path])
    assert (new, said) == (1, {})


def test_half_a_story_is_none(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _whole(PAGE.format(RAID).encode(), "Content-Type: text/html; charset=utf-8")
    monkeypatch.setitem(PATHS, "/half", page[:-40])
    monkeypatch.setitem(PATHS, "/feed", _whole(_items("/half", "/bomb")))
    assert _once(tmp_path, host, ["/feed"]) == (1, {})  # It is asked for again later.
    with Ledger.open(str(tmp_path / "l.sqlite")) as ledger:
        assert [one.report.uri for one in ledger.stored(other_versions=False)] == [f"http://{host}/bomb"]


def test_addresses_in_other_scripts_are_asked_for_as_they_are_written(
    tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PATHS, "/%C3%BC", _whole(b"", "Location: /\u0628", status="302 Found"))
    monkeypatch.setitem(PATHS, "/%D8%A8", _whole(PAGE.format(RAID).encode(), "Content-Type: text/html; charset=utf-8"))
    monkeypatch.setitem(PATHS, "/feed", _whole(_items("/\u00fc")))
    assert _once(tmp_path, host, ["/feed"]) == (1, {})
