"""The address that a request comes from: its peer's, or the one that a trusted proxy (`--trusted-proxy`) states.

Forwarding headers (X-Forwarded-For and the like) count only where a trusted proxy wrote them. Anybody can send such
headers, and could so mislead the limit of log-ins and the audit log. Requests with such headers from elsewhere are
refused, not just read without them: behind a proxy that was not named, all users would have the proxy's address.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from fastapi import Request

from dateline.service.errors import UntrustedProxy

_FORWARDED = frozenset((
    "forwarded", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip", "cf-connecting-ip",
    "fastly-client-ip", "x-original-host", "x-original-url", "x-rewrite-url",
))  # fmt: skip


def through_proxy(request: Request) -> str | None:
    """The sign that a request came through a proxy; None where there is no sign.

    A sign is a header that proxies add, or HTTP/1.0: nginx uses it by default, and no browser does.
    """
    if request.scope.get("http_version") == "1.0":
        return "HTTP/1.0"
    return "via" if "via" in request.headers else _forwarding(request)


def _forwarding(request: Request) -> str | None:
    return next((n for n in request.headers if n in _FORWARDED or n.startswith("x-forwarded-")), None)


def look_behind(request: Request, trusted: tuple[str, ...]) -> None:
    """Set the request's address and scheme to those that a trusted proxy states. Raises UntrustedProxy (DL-S015)."""
    peer = request.client.host if request.client else ""
    if not _is_trusted(peer, trusted):
        if sign := _forwarding(request):
            raise UntrustedProxy(f"The header {sign} comes from {peer or 'a peer'}, which is no trusted proxy.")
        return
    way = [one.strip() for line in request.headers.getlist("x-forwarded-for") for one in line.split(",")]
    if way:
        request.scope["client"] = (_nearest(way, trusted), 0)
    if (scheme := request.headers.get("x-forwarded-proto", "")) in ("http", "https"):
        request.scope["scheme"] = scheme


def _nearest(way: list[str], trusted: tuple[str, ...]) -> str:
    """The last address in X-Forwarded-For that is not a trusted proxy. Those before it can be written by anybody."""
    for one in reversed(way):
        address = _address(one)
        if address is None:
            raise UntrustedProxy(f"X-Forwarded-For holds {one[:60]!r}, which is no address.")
        if not _is_trusted(address, trusted):
            return address
    return _address(way[0]) or ""


def _address(told: str) -> str | None:
    """An IP address without brackets and port; None where it is not valid."""
    bare = told[1:].partition("]")[0] if told.startswith("[") else told
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    ip = _ip(bare)
    return str(ip) if ip else None


def _ip(told: str) -> IPv4Address | IPv6Address | None:
    try:
        ip = ip_address(told)
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip


def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    ip = _ip(address)
    return ip is not None and any(ip in block for block in _blocks(trusted))


@cache
def _blocks(trusted: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(block, strict=False) for block in trusted)
