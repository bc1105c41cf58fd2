"""The bytes that reports were read from, files and pages: what the custody log is told of them, and whether they are
kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dateline.custody import warc
from dateline.custody.originals import Originals
from dateline.ledger.custody import Origin
from dateline.model import Report
from dateline.readers.given import Fetched
from dateline.version import CODER, VERSION

#: What stands between a file's name and the place of a report in it.
_MARKS = (":", "!", "#")
#: Bytes of a file that is hashed and kept; what is larger is told by its name alone.
_MOST = 1 << 30
#: Reports of which the bytes are remembered until they are added: far more than are being coded at a time.
_COMING = 50_000
#: Headers that the log does not keep: they are the reader's own.
_PRIVATE = ("set-cookie",)


@dataclass(frozen=True, slots=True)
class Answered:
    """What an address answered, and when (ISO 8601, UTC)."""

    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    data: bytes
    at: str

    def origin(self, tool: str) -> Origin:
        """What the custody log is told of it."""
        told = tuple((name, value) for name, value in self.headers if name.lower() not in _PRIVATE)
        digest = hashlib.sha256(self.data).hexdigest()
        return Origin(self.url, tool, self.at, digest, len(self.data), self.status, told)

    def record(self) -> bytes:
        """It as a WARC record."""
        return warc.response(self.url, self.at, self.status, self.headers, self.data)


class FileOrigins:
    """Tells of each report which bytes it is from: a file's or a page's; keeps them where a folder is given.

    `tool` is what brings the reports in ("add"). Bytes are kept when their report is added, and not before: until then
    pages lie in a folder that is deleted with this object. Without `looks`, no file is looked for by a report's URI:
    whoever sends a report from elsewhere chooses its URI, and is to learn nothing of this machine's files.
    """

    def __init__(self, originals: Originals | None = None, tool: str = "add", looks: bool = True) -> None:
        self._originals, self._tool, self._looks = originals, f"{CODER} {VERSION} {tool}", looks
        self._of = lru_cache(maxsize=64)(self._of_file)
        self._page = lru_cache(maxsize=4)(self._of_page)
        self._pages = tempfile.TemporaryDirectory(prefix="dateline-pages-") if originals else None
        #: Address and text of a report -> its file, or what is known of its page: a wire's text comes under several
        #: addresses.
        self._coming: dict[tuple[str, str], str | Origin] = {}

    def came(self, report: Report, file: str | Fetched) -> None:
        """Remember which file, or page, a report is from: its URI may be an address of its own."""
        self._remember(report, file if isinstance(file, str) else self._page(file))

    def sent(self, report: Report, data: bytes) -> None:
        """Remember which bytes a report is from that somebody sent."""
        self._remember(report, Origin(report.uri, self._tool, None, hashlib.sha256(data).hexdigest(), len(data)))

    def _remember(self, report: Report, found: str | Origin) -> None:
        if len(self._coming) >= _COMING:
            del self._coming[next(iter(self._coming))]
        self._coming[report.uri, report.id] = found

    def __call__(self, report: Report) -> Origin | None:
        """Where a report is from; None where neither whoever read it nor its URI says."""
        known = self._coming.pop((report.uri, report.id), None)
        if isinstance(known, Origin):
            return self._kept(known)
        if not self._looks:
            return None
        path = file_of(report.uri) if known is None else Path(known)
        return None if path is None else self._of(path)

    def _of_file(self, path: Path) -> Origin | None:
        try:
            if path.stat().st_size > _MOST:
                return None
            data = path.read_bytes()
            at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
        except OSError:
            return None
        kept = self._originals.keep(data, path.suffix.lower()) if self._originals else None
        digest = hashlib.sha256(data).hexdigest()
        return Origin(str(path), self._tool, at, digest, len(data), kept=kept)

    def _of_page(self, page: Fetched) -> Origin:
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        answered = Answered(page.url, page.status, page.headers, page.data, at)
        origin = answered.origin(self._tool)
        if self._pages is not None:
            Path(self._pages.name, f"{origin.sha256}").write_bytes(answered.record())
        return origin

    def _kept(self, page: Origin) -> Origin:
        if self._originals is None or self._pages is None or page.sha256 is None:
            return page
        record = Path(self._pages.name, page.sha256).read_bytes()
        return replace(page, kept=self._originals.keep_page(record, page.sha256))


def file_of(uri: str) -> Path | None:
    """The file that a report's URI names, or that holds it."""
    names = [uri, *(uri.rpartition(mark)[0] for mark in _MARKS), *(uri.partition(mark)[0] for mark in _MARKS)]
    names += [str(parent) for parent in Path(uri.partition("\0")[0]).parents]  # A file in an archive.
    for name in filter(None, names):
        try:
            if Path(name).is_file():
                return Path(name)
        except (OSError, ValueError):
            continue
    return None
