"""Addresses by which a server is led into its own network: none is asked."""

from __future__ import annotations

import socket
from typing import Any
from unittest import mock

from dateline.service import fetching
from dateline.service.errors import BadAddress
from tests.attack.budget import Budget, Result

_HOSTS = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "localhost", "10.0.0.1",
    "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[2001:db8::1]", "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2002:a00:1::]", "[2001:0:7f00:1::]", "[100::1]", "[2001:20::1]",
)  # fmt: skip
_URLS = (
    "file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://127.0.0.1/", "http://user@127.0.0.1/", "http://u:p@8.8.8.8/",
    "http://8.8.8.8:22/", "http://8.8.8.8:6379/", "http://127.0.0.1#@8.8.8.8/", "http://8.8.8.8@127.0.0.1/",
    "http:///x", "//127.0.0.1/", "http://", "http://[::1", "http://\t127.0.0.1/", "http://127.0.0.1\r\nHost: x/",
    "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://%31%32%37.0.0.1/", "data:text/html,x", "http://a b/",
    "http://8.8.8.8:99999/", "http://8.8.8.8:x/",
)  # fmt: skip


def addresses(budget: Budget) -> Result:
    """Every form of every address that is not of the open internet; nothing is connected to, whatever comes."""
    result = Result()
    urls = [
        *_URLS,
        *(f"{scheme}://{host}{port}/" for host in _HOSTS for scheme in ("http", "https") for port in ("", ":80")),
    ]

    def refuse(where: Any, *_: object, **__: object) -> socket.socket:
        result.failed.append(f"{where} was connected to")
        raise OSError("no")

    with mock.patch.object(socket, "create_connection", refuse):
        for url in urls:
            try:
                fetching.fetch(url)
                result.expect(False, f"{url!r} was fetched")
            except BadAddress:
                result.expect(True, "")
            except Exception as error:
                result.expect(False, f"{url!r}: {error!r}")
    return result
