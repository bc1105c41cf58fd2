"""A connection to an address that was checked, and its answer. One deadline holds for all; the size is limited."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote

from dateline.service.errors import BadAddress
from dateline.version import VERSION

#: Limits for fetching a page: its bytes, the redirects.
MAX_BYTES, _REDIRECTS = 10_000_000, 5
PORTS = {"http": 80, "https": 443}
#: The Content-Encoding values of compressed answers; the `wbits` with which zlib takes either its own format or gzip.
_PACKED, _ZLIB_OR_GZIP = ("gzip", "x-gzip", "deflate"), 47


@dataclass(frozen=True, slots=True)
class Manner:
    """How an address is asked: the user agent, the kinds of content to accept (None: any), further headers, and limits.

    `own` are hosts (with ports, as in an address) of our own network that may be asked, if the first address is already
    on one of them: a redirect from elsewhere does not lead there.
    """

    agent: str = f"dateline/{VERSION}"
    accept: str = "text/html, text/plain, */*;q=0.5"
    kinds: frozenset[str] | None = None
    headers: tuple[tuple[str, str], ...] = ()
    max_bytes: int | None = None
    seconds: float | None = None
    redirects: int = _REDIRECTS
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer, after redirects, whatever its status. `url` is the address that the redirects led to."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    data: bytes

    def header(self, name: str) -> str | None:
        """A header by its name; upper and lower case are the same."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def port_of(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


class _Hurried(io.RawIOBase):
    """Reads a socket until the deadline: each piece may take only the time that is left."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Always true: this stream is for reading."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read a piece. Raises TimeoutError."""
        self._sock.settimeout(left(self._deadline))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Release the socket."""
        self._raw.close()
        super().close()


class _Hasty(http.client.HTTPResponse):
    """An HTTP answer for which the deadline holds in all parts: headers, chunks and trailers."""

    def until(self, sock: socket.socket, deadline: float) -> _Hasty:
        """Read from the socket only until the deadline."""
        self.fp.close()
        self.fp = io.BufferedReader(_Hurried(sock, deadline))
        return self


class _Pinned(http.client.HTTPConnection):
    """A connection to an IP address that was checked, with a deadline. The host's name is used for TLS and headers."""

    def __init__(self, parts: SplitResult, address: str, deadline: float) -> None:
        super().__init__(parts.hostname or "", port_of(parts), timeout=left(deadline))
        self._address, self._deadline = address, deadline
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        """Connect to the IP address; with TLS, the certificate must be for the host's name."""
        sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            sock.settimeout(left(self._deadline))
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        sock.settimeout(left(self._deadline))
        self.sock = sock

    def response_class(self, sock: socket.socket, *rest: Any, **named: Any) -> _Hasty:  # type: ignore[override]
        """The answer that comes, read until the deadline."""
        return _Hasty(sock, *rest, **named).until(sock, self._deadline)


def asked(parts: SplitResult, address: str, deadline: float, manner: Manner, body: bytes | None) -> Answer | str:
    """What an address gives: an answer, or (as a string) the address that it redirects to."""
    path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    connection = _Pinned(parts, address, deadline)
    url = parts.geturl()
    try:
        agent = {"User-Agent": manner.agent}
        headers = {**agent, "Accept": manner.accept, "Accept-Encoding": "identity", **dict(manner.headers)}
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308) and body is None:
            where = answer.headers.get("Location")
            if not where:
                raise BadAddress("It redirects nowhere.", where=url)
            return _unmixed(where)
        if answer.status == 304:
            return Answer(url, 304, tuple(answer.headers.items()), b"")
        kind = answer.headers.get_content_type()
        if answer.status == 200 and manner.kinds is not None and kind not in manner.kinds:
            raise BadAddress(f"It is {kind}, and no page or text.", where=url)
        return Answer(url, answer.status, tuple(answer.headers.items()), _body(answer, url, manner))
    finally:
        connection.close()


def _body(answer: http.client.HTTPResponse, url: str, manner: Manner) -> bytes:
    most = MAX_BYTES if manner.max_bytes is None else manner.max_bytes
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        size += len(part)
        if size > most:
            raise BadAddress(f"It is larger than {most:,} bytes.", where=url)
        parts.append(part)
    if answer.length:  # http.client gives no error for a body that is shorter than its Content-Length.
        raise BadAddress(f"It ends {answer.length:,} bytes before its end.", where=url)
    return _unpacked(b"".join(parts), answer.headers.get("Content-Encoding") or "", most, url)


def _unpacked(data: bytes, told: str, most: int, url: str) -> bytes:
    """Decompress the bytes of a server that compressed its answer although it was not asked to. Bytes that are not
    compressed, although the server says so, are given back unchanged."""
    if told.strip().lower() not in _PACKED:
        return data
    opener = zlib.decompressobj(_ZLIB_OR_GZIP)
    try:
        found = opener.decompress(data, most + 1)
    except zlib.error:
        return data
    if len(found) > most:
        raise BadAddress(f"It is larger than {most:,} bytes.", where=url)
    if not opener.eof:
        raise BadAddress("What it packed ends before its end.", where=url)
    return found


def _plain(path: str) -> str:
    """A path and query as they are sent: characters outside ASCII are percent-encoded as UTF-8."""
    return "".join(c if c.isascii() else quote(c, errors="replace") for c in path)


def _unmixed(where: str) -> str:
    """Repair a header's value that was sent as UTF-8: http.client decodes headers as Latin-1."""
    try:
        return where.encode("latin-1").decode("utf-8")
    except ValueError:
        return where


def left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left
