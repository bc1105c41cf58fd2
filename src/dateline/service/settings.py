"""The settings of a service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.engines import LIMIT
from dateline.service.offering import Offered

#: The most bytes of a request's body, by default.
MAX_UPLOAD = 64_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a service.

    `ledger`: its address. `by`: who signs where nobody logs in. `basemap`: a .pmtiles file. `max_upload`: bytes.
    `time_limit`: seconds that one report may take (0: no limit). `separate`: code reports in a separate process, so
    that the page stays quick. `host`: the address on which the service listens. `proxies`: addresses or blocks of
    trusted proxies in front of it, which state who asks; with a proxy, everybody must log in. `offered`: a coder of new
    reports besides the rules.
    """

    ledger: str
    by: str | None = None
    basemap: Path | None = None
    max_upload: int = MAX_UPLOAD
    time_limit: float = LIMIT
    separate: bool = True
    host: str = "127.0.0.1"
    proxies: tuple[str, ...] = ()
    offered: Offered | None = None

    def is_for_this_machine(self) -> bool:
        """Can only this machine reach the service, because it listens on no other address and has no proxy?"""
        return self.host in LOOPBACK and not self.proxies
