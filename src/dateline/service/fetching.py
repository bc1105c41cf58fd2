"""Fetching a page for a user, so that the user cannot reach the server's own network (SSRF).

The host name is resolved once, all its addresses must be public, and the connection goes to one of these addresses. So
neither a name that resolves to another address the second time nor a redirect can lead into the own network. Size and
redirects are limited. One deadline holds for everything: resolving the name, connecting, and each piece of the headers
and of the body.
"""

from __future__ import annotations

import http.client
import queue
import socket
import threading
import time
from urllib.parse import SplitResult, urljoin, urlsplit

from dateline.readers.given import Fetched
from dateline.service.dialling import PORTS, Answer, Manner, asked, left, port_of
from dateline.service.errors import BadAddress
from dateline.service.networks import is_public

#: The seconds that fetching a page may take, everything included.
_SECONDS = 20.0
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "text/csv": ".csv", "application/pdf": ".pdf", "application/xml": ".xml",
    "text/xml": ".xml", "application/rss+xml": ".rss", "application/atom+xml": ".atom", "application/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


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
            found = asked(parts, _allowed(parts, deadline, own), deadline, manner, body)
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
    found = _looked_up(parts.hostname or "", port_of(parts), deadline)
    if not found:
        raise BadAddress("The host is not known.", where=parts.hostname)
    return found[0]


def _checked(url: str, own: frozenset[str] = frozenset()) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress("This is no address.", where=url) from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadAddress("Only http and https addresses are fetched.", where=url)
    if parts.username is not None or parts.password is not None:
        raise BadAddress("An address with a password is not fetched.", where=url)
    if port is not None and port not in PORTS.values() and parts.netloc not in own:
        raise BadAddress("Only the ports 80 and 443 are asked.", where=url)
    if any(ord(c) < 33 or ord(c) == 127 for c in url):
        raise BadAddress("The address has blanks or control characters in it.", where=url)
    return parts


def _public(parts: SplitResult, deadline: float) -> list[str]:
    """The IP addresses of a host. Raises BadAddress (DL-S006) where one of them is not public."""
    host = parts.hostname or ""
    addresses = _looked_up(host, port_of(parts), deadline)
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
        return found.get(timeout=left(deadline))
    except queue.Empty:
        raise TimeoutError("too slow") from None
