"""What can be set of a service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.engines import LIMIT
from dateline.service.offering import Offered

#: Bytes of a request's body.
MAX_UPLOAD = 64_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """`ledger` its address; `by` who signs where nobody logs in; `basemap` a .pmtiles file; `max_upload` bytes;
    `time_limit` seconds that one report may take (0: any);
    `separate`: code reports in a process of its own, so that the page stays quick; `host` where it listens;
    `proxies` addresses or blocks of servers in front of it, whose word counts for who asks; with one, nobody comes in
    without a log-in; `offered` a coder of new reports besides the rules."""

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
        """Can only this machine come: neither does it listen to others, nor does a proxy bring them?"""
        return self.host in LOOPBACK and not self.proxies
