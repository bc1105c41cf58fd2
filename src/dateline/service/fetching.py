"""Fetching a page for a user, without being led into the server's own network.

The host is resolved once, every address it has must be public, and the connection goes to that address: neither a
name that resolves otherwise the second time nor a redirect leads elsewhere. Size, time and redirects are limited.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from dateline.service.errors import BadAddress
from dateline.version import VERSION

#: Bytes of a page, seconds for all of it, redirects.
MAX_BYTES, _SECONDS, _REDIRECTS = 10_000_000, 20.0, 5
_PORTS = {"http": 80, "https": 443}
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "text/csv": ".csv",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address: where it was in the end, the bytes, and the ending that its kind of content has."""

    url: str
    data: bytes
    suffix: str


def fetch(url: str) -> Fetched:
    """A page by its address. Raises BadAddress (DL-S006)."""
    deadline = time.monotonic() + _SECONDS
    for _ in range(_REDIRECTS + 1):
        parts = _checked(url)
        addresses = _public(parts)
        try:
            found = _asked(parts, addresses[0], deadline)
        except (OSError, http.client.HTTPException) as error:
            raise BadAddress(f"It does not answer ({error or type(error).__name__}).", where=url) from None
        if isinstance(found, Fetched):
            return found
        url = urljoin(url, found)
    raise BadAddress(f"It redirects more than {_REDIRECTS} times.", where=url)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress("This is no address.", where=url) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadAddress("Only http and https addresses are fetched.", where=url)
    if parts.username is not None or parts.password is not None:
        raise BadAddress("An address with a password is not fetched.", where=url)
    if port is not None and port not in _PORTS.values():
        raise BadAddress("Only the ports 80 and 443 are asked.", where=url)
    if any(ord(c) < 33 or ord(c) == 127 for c in url):
        raise BadAddress("The address has blanks or control characters in it.", where=url)
    return parts


def _public(parts: SplitResult) -> list[str]:
    """The addresses of a host, all of them public."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadAddress("The host is not known.", where=host) from None
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not addresses or not all(is_public(address) for address in addresses):
        raise BadAddress("The host lies in a private network.", where=host)
    return addresses


def is_public(address: str) -> bool:
    """Is it an address on the open internet: not private, loopback, link-local, multicast, reserved, nor one of these
    inside an IPv6 form (mapped, 6to4, NAT64, Teredo)?"""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inner += [one for one in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if one is not None]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast for one in inner)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, in the name of its host."""

    def __init__(self, parts: SplitResult, address: str, timeout: float) -> None:
        super().__init__(parts.hostname or "", _port(parts), timeout=timeout)
        self._address = address
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        """Connect to the address; with TLS the certificate must be the host's."""
        sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        self.sock = sock


def _asked(parts: SplitResult, address: str, deadline: float) -> Fetched | str:
    """What an address gives: a page, or where it redirects to."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Pinned(parts, address, _left(deadline))
    url = parts.geturl()
    try:
        agent = {"User-Agent": f"dateline/{VERSION}"}
        headers = {**agent, "Accept": "text/html, text/plain", "Accept-Encoding": "identity"}
        connection.request("GET", path.encode("ascii", "backslashreplace").decode(), headers=headers)
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308):
            where = answer.headers.get("Location")
            if not where:
                raise BadAddress("It redirects nowhere.", where=url)
            return where
        if answer.status != 200:
            raise BadAddress(f"It answers with {answer.status}.", where=url)
        kind = answer.headers.get_content_type()
        if kind not in _KINDS:
            raise BadAddress(f"It is {kind}, and no page or text.", where=url)
        return Fetched(url, _body(connection, answer, url, deadline), _KINDS[kind])
    finally:
        connection.close()


def _body(connection: _Pinned, answer: http.client.HTTPResponse, url: str, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        part = answer.read1(65_536)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > MAX_BYTES:
            raise BadAddress(f"It is larger than {MAX_BYTES:,} bytes.", where=url)
        parts.append(part)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left
