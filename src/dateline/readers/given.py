"""The contract of readers: what a reader of a format is given, and what it must offer. It holds for all readers.

Another package adds a format with an entry point of the group `dateline.readers` that names a `Reader`. The tests that
it must pass are in `dateline.readers.contract`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import IO, Any

from dateline.model import RejectedReport, Report
from dateline.model.rejections import MissingPart, TooLong
from dateline.readers.text import MAX_CHARS

#: Bytes of a file that are looked at to tell its format.
HEAD = 1 << 14
#: The most bytes of a document that is read as a whole.
WHOLE = 200_000_000
#: The most files that may lie in one another (an attachment in a message in a message).
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of an address: the final address after redirects, the bytes, the file ending for its content type, the
    status and the headers."""

    url: str
    data: bytes = field(repr=False)
    suffix: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


#: Fetches an address with guards. Raises RejectedReport.
Fetch = Callable[[str], Fetched]
#: The most addresses that are fetched for one command, those of lists in lists included.
MAX_ADDRESSES = 50_000


@dataclass
class Web:
    """How addresses are fetched, and which were fetched. Each address is fetched once, so lists that name one another
    do not loop. `came` is called with each report and the page that it came from (the innermost, if pages list
    pages)."""

    fetch: Fetch = field(repr=False)
    came: Callable[[Report, Fetched], None] | None = None
    seen: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set, repr=False)

    def tell(self, report: Report, page: Fetched) -> None:
        """Call `came` for a report and its page, unless that was done already."""
        if self.came is not None and not self.knows(report):
            self.told.add((report.uri, report.id))
            self.came(report, page)

    def knows(self, report: Report) -> bool:
        """Is it known which page a report came from?"""
        return (report.uri, report.id) in self.told

    def takes(self, address: str) -> bool:
        """May this address be fetched: is it new, and are there not too many? From now on it counts as fetched."""
        if address in self.seen or len(self.seen) >= MAX_ADDRESSES:
            return False
        self.seen.add(address)
        return True


Rows = Iterable[Report | RejectedReport]


@dataclass(frozen=True, slots=True)
class Given:
    """A file to read: its name, a stream of its bytes, and the settings for its reports.

    `stream` may be readable only once. `depth`: how many files it lies in. `packed`: one of those is an archive. `web`:
    how addresses are fetched; None where the user did not ask for fetching.
    """

    name: str
    stream: IO[bytes] = field(repr=False)
    max_chars: int = MAX_CHARS
    depth: int = 0
    packed: bool = False
    web: Web | None = None

    @staticmethod
    def of(data: bytes, name: str, max_chars: int = MAX_CHARS, web: Web | None = None) -> Given:
        """A file made of bytes in memory."""
        return Given(name, io.BytesIO(data), max_chars, web=web)

    def data(self, limit: int = WHOLE) -> bytes:
        """All its bytes. Raises TooLong (DL-R004)."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise TooLong(f"The file has more than {limit:,} bytes.", where=self.name, remedy="Split it.")
        return data

    def seekable(self, limit: int = WHOLE) -> IO[bytes]:
        """Its bytes as a stream that can be read in any order. Raises TooLong (DL-R004)."""
        return self.stream if self.stream.seekable() else io.BytesIO(self.data(limit))

    def inside(self, name: str, data: bytes, packed: bool = False) -> Iterator[Report | RejectedReport]:
        """The reports of a file that lies in this one, whatever its format. `packed`: this one is an archive."""
        from dateline.readers.formats import inside

        lying = replace(self, name=name, stream=io.BytesIO(data), depth=self.depth + 1, packed=self.packed or packed)
        return inside(lying)

    def head(self) -> bytes:
        """The first bytes of the file; the position of the stream stays. Only for seekable streams."""
        at = self.stream.tell()
        head = self.stream.read(HEAD)
        self.stream.seek(at)
        return head


def _by_name_only(head: bytes, name: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name ("pdf"), what such a file is called ("a PDF"), the function that reads its reports, a test of
    a file's first bytes, and the usual endings of file names.

    `read` yields reports and rejections in the order of the file. It raises only RejectedReport, where nothing can be
    read. `packs`: files of this format hold other files; inside an archive they are rejected.
    """

    name: str
    what: str
    read: Callable[[Given], Rows]
    owns: Callable[[bytes, str], bool] = _by_name_only
    suffixes: tuple[str, ...] = ()
    packs: bool = False


def part(module: str, extra: str, where: str) -> Any:
    """Import a module that an extra of the package installs. Raises MissingPart (DL-R015), which names the extra."""
    try:
        return import_module(module)
    except ImportError:
        remedy = f"Install it: pip install 'dateline[{extra}]'."
        raise MissingPart(f"It is read by {module}, which is not installed.", where=where, remedy=remedy) from None
