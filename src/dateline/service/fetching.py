"""Fetching a page for a user, so that the user cannot reach the server's own network (SSRF).

The host name is resolved once, all its addresses must be public, and the connection goes to one of these addresses. So
neither a name that resolves to another address the second time nor a redirect can lead into the own network. Size and
redirects are limited. One deadline holds for everything: resolving the name, connecting, and each piece of the headers
and of the body.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from dateline.readers.given import Fetched
from dateline.service.errors import BadAddress
from dateline.service.networks import is_public
from dateline.version import VERSION

#: Limits for fetching a page: its bytes, the seconds for everything, the redirects.
MAX_BYTES, _SECONDS, _REDIRECTS = 10_000_000, 20.0, 5
_PORTS = {"http": 80, "https": 443}
#: The Content-Encoding values of compressed answers; the `wbits` with which zlib takes either its own format or gzip.
_PACKED, _ZLIB_OR_GZIP = ("gzip", "x-gzip", "deflate"), 47
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "text/csv": ".csv", "application/pdf": ".pdf", "application/xml": ".xml",
    "text/xml": ".xml", "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


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


def fetch(url: str) -> Fetched:
    """Fetch a page by its address. Raises BadAddress (DL-S006)."""
    found = ask(url, Manner(kinds=frozenset(_KINDS)))
    if found.status != 200:
        raise BadAddress(f"It answers with {found.status}.", where=found.url)
    return Fetched(found.url, found.data, suffix_of(found), found.status, found.headers)


def require_public(url: str) -> None:
    """Raises BadAddress (DL-S006) where the host of an address is not on the open internet."""
    _public(urlsplit(url), time.monotonic() + _SECONDS)


def suffix_of(found: Answer) -> str:
    """The file ending for an answer's content type; "" where dateline does not read that type."""
    return _KINDS.get((found.header("content-type") or "").partition(";")[0].strip().lower(), "")


def ask(url: str, manner: Manner, body: bytes | None = None) -> Answer:
    """Ask an address (GET), or send a body to it (POST). Raises BadAddress (DL-S006) where the address may not be asked
    or does not answer within the limits."""
    deadline = time.monotonic() + (manner.seconds or _SECONDS)
    own = manner.own if manner.own and _checked(url, manner.own).netloc in manner.own else frozenset()
    for _ in range(manner.redirects + 1):
        parts = _checked(url, own)
        try:
            found = _asked(parts, _allowed(parts, deadline, own), deadline, manner, body)
        except (OSError, http.client.HTTPException) as error:
            raise BadAddress(f"It does not answer ({error or type(error).__name__}).", where=url) from None
        if isinstance(found, Answer):
            return found
        url = _led(url, found)
    raise BadAddress(f"It redirects more than {manner.redirects} times.", where=url)


def _led(url: str, where: str) -> str:
    """The address that a redirect leads to. Raises BadAddress (DL-S006)."""
    try:
        return urljoin(url, where)
    except ValueError:  # The address is malformed ("http://[x").
        raise BadAddress("It redirects to what is no address.", where=url) from None


def _allowed(parts: SplitResult, deadline: float, own: frozenset[str]) -> str:
    """The IP address to connect to. Raises BadAddress (DL-S006) where it is not public, unless the host is in `own`."""
    if parts.netloc not in own:
        return _public(parts, deadline)[0]
    found = _looked_up(parts.hostname or "", _port(parts), deadline)
    if not found:
        raise BadAddress("The host is not known.", where=parts.hostname)
    return found[0]


def _checked(url: str, own: frozenset[str] = frozenset()) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress("This is no address.", where=url) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadAddress("Only http and https addresses are fetched.", where=url)
    if parts.username is not None or parts.password is not None:
        raise BadAddress("An address with a password is not fetched.", where=url)
    if port is not None and port not in _PORTS.values() and parts.netloc not in own:
        raise BadAddress("Only the ports 80 and 443 are asked.", where=url)
    if any(ord(c) < 33 or ord(c) == 127 for c in url):
        raise BadAddress("The address has blanks or control characters in it.", where=url)
    return parts


def _public(parts: SplitResult, deadline: float) -> list[str]:
    """The IP addresses of a host. Raises BadAddress (DL-S006) where one of them is not public."""
    host = parts.hostname or ""
    addresses = _looked_up(host, _port(parts), deadline)
    if not addresses:
        raise BadAddress("The host is not known.", where=host)
    if not all(is_public(address) for address in addresses):
        raise BadAddress("The host lies in a private network.", where=host)
    return addresses


def _looked_up(host: str, port: int, deadline: float) -> list[str]:
    """The IP addresses of a host name; an empty list where the name is not known.

    The look-up runs in a thread, because the system's look-up cannot be interrupted. When the time is up, the thread is
    left alone.
    """
    found: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            rows = []
        found.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))

    threading.Thread(target=look_up, name="dateline-look-up", daemon=True).start()
    try:
        return found.get(timeout=_left(deadline))
    except queue.Empty:
        raise TimeoutError("too slow") from None


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


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
        self._sock.settimeout(_left(self._deadline))
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
        super().__init__(parts.hostname or "", _port(parts), timeout=_left(deadline))
        self._address, self._deadline = address, deadline
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        """Connect to the IP address; with TLS, the certificate must be for the host's name."""
        sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            sock.settimeout(_left(self._deadline))
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        sock.settimeout(_left(self._deadline))
        self.sock = sock

    def response_class(self, sock: socket.socket, *rest: Any, **named: Any) -> _Hasty:  # type: ignore[override]
        """The answer that comes, read until the deadline."""
        return _Hasty(sock, *rest, **named).until(sock, self._deadline)


def _asked(parts: SplitResult, address: str, deadline: float, manner: Manner, body: bytes | None) -> Answer | str:
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


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left
