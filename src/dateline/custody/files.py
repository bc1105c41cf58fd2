"""The original bytes of reports (files and pages): what the custody log records of them, and whether they are kept."""

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

#: Characters in a URI between a file's name and the position of a report in that file.
_MARKS = (":", "!", "#")
#: The largest file, in bytes, that is hashed and kept. Of a larger file nothing is recorded here.
_MOST = 1 << 30
#: The most reports with a remembered origin that are not yet added: far more than are being coded at a time.
_COMING = 50_000
#: HTTP headers that the log does not keep, because they belong to the session of the reader program.
_PRIVATE = ("set-cookie",)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of a web address, and when it was fetched (ISO 8601, UTC)."""

    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    data: bytes
    at: str

    def origin(self, tool: str) -> Origin:
        """What the custody log records of the answer."""
        told = tuple((name, value) for name, value in self.headers if name.lower() not in _PRIVATE)
        digest = hashlib.sha256(self.data).hexdigest()
        return Origin(self.url, tool, self.at, digest, len(self.data), self.status, told)

    def record(self) -> bytes:
        """The answer as a WARC record."""
        return warc.response(self.url, self.at, self.status, self.headers, self.data)


class FileOrigins:
    """Gives the origin of each report: the file or page that it was read from. Keeps the bytes if a folder is given.

    `tool` is the name of what brings the reports in ("add"). Bytes are kept when their report is added. Until then
    pages lie in a temporary folder that is deleted with this object. Without `looks`, no file is looked for by a
    report's URI: somebody who sends a report chooses its URI, and must not learn which files this machine has.
    """

    def __init__(self, originals: Originals | None = None, tool: str = "add", looks: bool = True) -> None:
        self._originals, self._tool, self._looks = originals, f"{CODER} {VERSION} {tool}", looks
        self._of = lru_cache(maxsize=64)(self._of_file)
        self._page = lru_cache(maxsize=4)(self._of_page)
        self._pages = tempfile.TemporaryDirectory(prefix="dateline-pages-") if originals else None
        #: (URI, id) of a report -> its file, or the origin of its page. Both are in the key because the same text of a
        #: news agency can come from several addresses.
        self._coming: dict[tuple[str, str], str | Origin] = {}

    def came(self, report: Report, file: str | Fetched) -> None:
        """Remember which file or page a report was read from. Its URI alone need not tell."""
        self._remember(report, file if isinstance(file, str) else self._page(file))

    def sent(self, report: Report, data: bytes) -> None:
        """Remember the bytes of a report that somebody sent."""
        self._remember(report, Origin(report.uri, self._tool, None, hashlib.sha256(data).hexdigest(), len(data)))

    def _remember(self, report: Report, found: str | Origin) -> None:
        if len(self._coming) >= _COMING:
            del self._coming[next(iter(self._coming))]
        self._coming[report.uri, report.id] = found

    def __call__(self, report: Report) -> Origin | None:
        """The origin of a report; None where neither its reader nor its URI tells it."""
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
    names += [str(parent) for parent in Path(uri.partition("\0")[0]).parents]  # The report may be a file in an archive.
    for name in filter(None, names):
        try:
            if Path(name).is_file():
                return Path(name)
        except (OSError, ValueError):
            continue
    return None
