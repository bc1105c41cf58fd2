"""The bytes of reports that were read from files: what the custody log is told of them, and whether they are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from pathlib import Path

from dateline.custody.originals import Originals
from dateline.ledger.custody import Origin
from dateline.model import Report
from dateline.version import CODER, VERSION

#: What stands between a file's name and the place of a report in it.
_MARKS = (":", "!", "#")
#: Bytes of a file that is hashed and kept; what is larger is told by its name alone.
_MOST = 1 << 30
#: Reports of which the file is remembered until they are added: far more than are being coded at a time.
_COMING = 50_000


class FileOrigins:
    """Tells of each report the file that it is from: size and SHA-256; keeps the bytes where a folder is given."""

    def __init__(self, originals: Originals | None = None) -> None:
        self._originals = originals
        self._of = lru_cache(maxsize=64)(self._of_file)
        #: Address and text of a report -> its file: a wire's text comes under several addresses.
        self._coming: dict[tuple[str, str], str] = {}

    def came(self, report: Report, path: str) -> None:
        """Remember which file a report is from: its URI may be an address of its own."""
        if len(self._coming) >= _COMING:
            del self._coming[next(iter(self._coming))]
        self._coming[report.uri, report.id] = path

    def __call__(self, report: Report) -> Origin | None:
        """Where a report is from; None where neither whoever read it nor its URI names a file."""
        known = self._coming.pop((report.uri, report.id), None)
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
        return Origin(str(path), f"{CODER} {VERSION} add", at, digest, len(data), kept=kept)


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
