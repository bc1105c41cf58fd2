"""What a reader of a format gets, and what it is: the contract that every reader keeps, ours and others'.

A package of somebody else's adds a format by an entry point of the group `dateline.readers` that names a `Reader`;
`dateline.readers.contract` holds the tests that it must pass.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import IO, Any

from dateline.model import RejectedReport, Report
from dateline.model.errors import MissingPart, TooLong
from dateline.readers.text import MAX_CHARS

#: Bytes of a file that are looked at to tell its format.
HEAD = 1 << 14
#: Bytes of a document that is read as a whole.
WHOLE = 200_000_000
#: A message in a message in a message: so deep is looked.
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address: where it was in the end, the bytes, the ending that its kind of content has, status
    and headers."""

    url: str
    data: bytes = field(repr=False)
    suffix: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


#: Fetches an address with guards. Raises RejectedReport.
Fetch = Callable[[str], Fetched]
#: Addresses that are fetched for one command, lists in lists among them.
MAX_ADDRESSES = 50_000


@dataclass
class Web:
    """How addresses are fetched, and which were: each is once, so that lists that name one another come to an end.
    `came` is told of each report which page it came in; of pages that list pages, the innermost."""

    fetch: Fetch = field(repr=False)
    came: Callable[[Report, Fetched], None] | None = None
    seen: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set, repr=False)

    def tell(self, report: Report, page: Fetched) -> None:
        """Tell which page a report came in, unless it was told already."""
        if self.came is not None and not self.knows(report):
            self.told.add((report.uri, report.id))
            self.came(report, page)

    def knows(self, report: Report) -> bool:
        """Was it told which page a report came in?"""
        return (report.uri, report.id) in self.told

    def takes(self, address: str) -> bool:
        """Is it one that was not fetched yet, and are there not too many? It counts as fetched from now on."""
        if address in self.seen or len(self.seen) >= MAX_ADDRESSES:
            return False
        self.seen.add(address)
        return True


Rows = Iterable[Report | RejectedReport]


@dataclass(frozen=True, slots=True)
class Given:
    """A file to read: its name, its bytes from the first on, and what holds for the reports in it.

    `stream` may be one that can be read only once. `depth`: in how many files it lies. `packed`: one of them is an
    archive. `web`: how addresses are fetched; None where nobody asked for it.
    """

    name: str
    stream: IO[bytes] = field(repr=False)
    max_chars: int = MAX_CHARS
    depth: int = 0
    packed: bool = False
    web: Web | None = None

    @staticmethod
    def of(data: bytes, name: str, max_chars: int = MAX_CHARS, web: Web | None = None) -> Given:
        """Bytes that are there."""
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
        """Its first bytes; reading goes on where it was. Only for streams that can be read in any order."""
        at = self.stream.tell()
        head = self.stream.read(HEAD)
        self.stream.seek(at)
        return head


def _by_name_only(head: bytes, name: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name ("pdf"), what a file of it is called ("a PDF"), how its reports are read, whether the first
    bytes of a file say that it is one, and the endings that names of such files have.

    `read` yields reports and rejections in the order of the file; it raises RejectedReport where nothing can be read,
    and nothing else. `packs`: it holds files, and is not looked for in an archive.
    """

    name: str
    what: str
    read: Callable[[Given], Rows]
    owns: Callable[[bytes, str], bool] = _by_name_only
    suffixes: tuple[str, ...] = ()
    packs: bool = False


def part(module: str, extra: str, where: str) -> Any:
    """A module that an extra installs. Raises MissingPart (DL-R015), which names it."""
    try:
        return import_module(module)
    except ImportError:
        remedy = f"Install it: pip install 'dateline[{extra}]'."
        raise MissingPart(f"It is read by {module}, which is not installed.", where=where, remedy=remedy) from None
