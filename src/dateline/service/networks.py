"""Which addresses are on the open internet, and which in a private or special network (`knowledge/networks.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from dateline.model.knowledge import load


@dataclass(frozen=True, slots=True)
class _Special:
    """The file's blocks. `ipv4`, `ipv6`: blocks without public sites; `ipv6_sites`: the block in which IPv6 has sites;
    `ipv4_inside`: blocks in which an IPv6 address ends in an IPv4 address."""

    ipv4: tuple[IPv4Network, ...]
    ipv6_sites: IPv6Network
    ipv6: tuple[IPv6Network, ...]
    ipv4_inside: tuple[IPv6Network, ...]


@cache
def _special() -> _Special:
    return load("dateline.service", "networks.yaml", _Special)


def is_public(address: str) -> bool:
    """Is an IP address (in any notation) one of the open internet? An address with a zone ("fe80::1%eth0") is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in block for block in _special().ipv4)
    if ip.scope_id is not None:
        return False
    return _is_public_6(ip)


def _is_public_6(ip: IPv6Address) -> bool:
    special = _special()
    if any(ip in block for block in special.ipv4_inside):
        return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip in special.ipv6_sites and not any(ip in block for block in special.ipv6)
