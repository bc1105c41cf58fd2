"""Ask sites politely: one request at a time for each host, no faster than it allows, nothing that it forbids."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from dateline.service.dialling import Answer, Manner
from dateline.service.errors import BadAddress
from dateline.service.fetching import ask
from dateline.watch import robots
from dateline.watch.robots import CLOSED, FREE, Robots
from dateline.watch.settings import Settings
from dateline.watch.state import Job, State

#: Seconds for which a host's robots.txt is kept; seconds after which one that could not be fetched is asked for again;
#: the longest wait in seconds.
_HOLDS, _HOLDS_FAILED, DAY = 86_400.0, 1_800.0, 86_400.0
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, text/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Got:
    """The result of a job: an answer, or why there is none. `barred`: the site's robots.txt forbids it. `learned`:
    status and text of the host's robots.txt, if it was fetched for this job."""

    job: Job
    answer: Answer | None = None
    error: str | None = None
    barred: bool = False
    learned: tuple[int, str] | None = None


def host_of(url: str) -> str:
    """The host of an address, with its port."""
    return urlsplit(url).netloc


class Asker:
    """Fetches in threads. Only the watch's own thread reads and changes what is known of hosts; a job gets a copy of
    what it needs."""

    def __init__(self, settings: Settings, state: State) -> None:
        self._polling, self._limits, self._state = settings.polling, settings.limits, state
        self._own = frozenset(settings.polling.own_hosts)
        self._robots: dict[str, tuple[Robots, float]] = {}
        self._free_at: dict[str, float] = {}
        self._busy: set[str] = set()

    def is_free(self, url: str) -> bool:
        """May the host of this address be asked now?"""
        host = host_of(url)
        return host not in self._busy and self._free_at.get(host, 0.0) <= time.monotonic()

    def begin(self, job: Job, now: float) -> Robots | None:
        """Note that the job's host is being asked. Returns its robots.txt's rules; None where they are unknown."""
        host = host_of(job.url)
        self._busy.add(host)
        if not self._polling.robots:
            return FREE
        known = self._robots.get(host)
        if known is None and (row := self._state.robots(host)) is not None:
            known = self._learned(host, row["status"], row["body"], row["at"])
        return known[0] if known is not None and abs(now - known[1]) < _holds(known[0]) else None

    def end(self, got: Got, now: float) -> None:
        """Note that the host's answer has come, keep its robots.txt, and set when the host may be asked next."""
        host = host_of(got.job.url)
        self._busy.discard(host)
        if got.learned is not None:
            self._learned(host, *got.learned, now)
            self._state.set_robots(host, *got.learned, now)
        known = self._robots.get(host, (FREE, 0.0))[0]
        self._free_at[host] = time.monotonic() + max(self._polling.host_delay, min(known.delay, 600.0))

    def _learned(self, host: str, status: int, body: str, at: float) -> tuple[Robots, float]:
        found = robots.parsed(body, self._polling.agent) if status == 200 else FREE if 400 <= status < 500 else CLOSED
        self._robots[host] = (found, at)
        return self._robots[host]

    # ------------------------------------------------------------ in a thread

    def fetch(self, job: Job, known: Robots | None) -> Got:
        """Do a job: fetch robots.txt if `known` is None, then the address."""
        manner = self._manner(job)
        learned = None
        if known is None:
            learned = self._ask_robots(job, manner)
            status, body = learned
            known = robots.parsed(body, self._polling.agent) if status == 200 else (
                FREE if 400 <= status < 500 else CLOSED
            )  # fmt: skip
            time.sleep(min(self._polling.host_delay, 5.0))
        if not known.allows(job.url):
            what = "its robots.txt cannot be had" if known is CLOSED else "its robots.txt bars it"
            return Got(job, error=what, barred=known is not CLOSED, learned=learned)
        try:
            return Got(job, ask(job.url, manner), learned=learned)
        except BadAddress as error:
            return Got(job, error=error.what, learned=learned)
        except Exception as error:  # A site may cause any error; only this job fails.
            return Got(job, error=f"It cannot be read ({type(error).__name__}).", learned=learned)

    def _ask_robots(self, job: Job, manner: Manner) -> tuple[int, str]:
        parts = urlsplit(job.url)
        plain = replace(manner, headers=(), max_bytes=robots.MOST)
        try:
            found = ask(f"{parts.scheme}://{parts.netloc}/robots.txt", plain)
        except Exception:  # Treated like a server that fails.
            return 599, ""
        return found.status, found.data.decode("utf-8", "replace") if found.status == 200 else ""

    def _manner(self, job: Job) -> Manner:
        marks: Mapping[str, str | None] = {"If-None-Match": job.etag, "If-Modified-Since": job.modified}
        # A story may lie in our own network only if the feed that names it lies there, too.
        own = self._own if host_of(job.source) in self._own else frozenset()
        return Manner(
            agent=self._polling.agent,
            accept=_ACCEPT,
            headers=tuple((name, value) for name, value in marks.items() if value),
            max_bytes=self._limits.bytes,
            seconds=self._limits.seconds,
            redirects=self._limits.redirects,
            own=own,
        )


def _holds(known: Robots) -> float:
    return _HOLDS_FAILED if known is CLOSED else _HOLDS


def retry_after(answer: Answer, now: float) -> float:
    """The seconds that an answer asks us to wait (`Retry-After`), at most a day; 0 where it asks for none."""
    told = (answer.header("retry-after") or "").strip()
    if told.isdecimal():
        return min(float(told), DAY)
    try:
        return max(0.0, min(parsedate_to_datetime(told).timestamp() - now, DAY))
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
