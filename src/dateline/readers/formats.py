"""The reports in bytes, whatever the format."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, cast

from dateline.model import RejectedReport, Report
from dateline.model.rejections import EmptyReport, NotRead, ReaderFailed, TooDeep, TooLong
from dateline.readers import archive, jsonl, page, table
from dateline.readers.decoding import by_mark, decoded, is_wide
from dateline.readers.given import DEEPEST, HEAD, Given, Reader
from dateline.readers.kinds import SUFFIXES, Kind, kind_of, suffix_of
from dateline.readers.registry import named, readers
from dateline.readers.text import MAX_CHARS, report_of

#: How many bytes a file may have for each character that a report may have (UTF-32 needs 4; so does a page's markup).
_BYTES = 4
#: The most bytes of a file of many reports that is read as a whole (a table, a JSON document).
WHOLE = 50_000_000
#: The most bytes that are asked of a stream at once: the piece is in memory twice, beside the bytes read so far.
_PIECE = 1_000_000
#: Files that operating systems make; they are no reports.
_SYSTEMS = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
#: Endings of common files that are not read -> what such a file is called in a message.
_UNREAD = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".pages"), "a document of a word processor"), ".rtf": "RTF",
    **dict.fromkeys((".eml", ".msg", ".mbox"), "mail"), **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet"),
}  # fmt: skip


def reports_of(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports in a file's bytes; what cannot be read is yielded as a rejection."""
    given = Given.of(data, name, max_chars)
    try:
        yield from never_silent(reports_in(given, kind_of(data[:HEAD], name)), name)
    except RejectedReport as rejected:
        yield rejected


def never_silent(rows: Iterable[Report | RejectedReport], name: str) -> Iterator[Report | RejectedReport]:
    """The rows of a file; where there are none (an empty list, a table with only a header), a rejection."""
    nothing = True
    for row in rows:
        nothing = False
        yield row
    if nothing:
        yield EmptyReport("It holds no reports.", where=name)


def reports_in(given: Given, kind: Kind) -> Iterable[Report | RejectedReport]:
    """The reports in a file of a known format. Raises RejectedReport where there is none."""
    if (reader := named(kind)) is not None:
        return read_by(reader, given)
    if kind == "archive":
        return _in_archive(given)
    if kind == "lines":
        return _in_lines(given)
    name, max_chars = given.name, given.max_chars
    data = given.stream.read(_most(kind, max_chars) + 1)
    check_size(kind, len(data), name, max_chars)
    if kind == "table":
        return table.reports_in(data, name, max_chars)
    if kind == "json":
        return jsonl.reports_of_document(data, name, max_chars)
    if kind == "page":
        return [page.report_in(data, name, max_chars)]
    found = decoded(data, name)
    return [report_of(found.text, name, max_chars=max_chars, notes=found.notes)]


def read_by(reader: Reader, given: Given) -> Iterator[Report | RejectedReport]:
    """The reports that a reader finds in a file. If the reader itself fails, only this file is rejected (DL-R022)."""
    try:
        yield from reader.read(given)
    except RejectedReport as rejected:
        rejected.where = rejected.where or given.name
        raise
    except OSError:
        raise
    except Exception as mistake:  # Any error of a reader concerns this file only.
        what = f"The reader of {reader.what} failed ({type(mistake).__name__}: {str(mistake)[:200]})."
        raise ReaderFailed(what, where=given.name) from mistake


def of_stream(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of a stream that can be read only once: one by one if the format allows it, else after reading all
    bytes. Raises RejectedReport."""
    first = given.stream.readline(jsonl.BYTES * given.max_chars + 1)
    if len(first) < HEAD and not (kind_of(first, given.name) == "lines" and not is_wide(first)):
        first += given.stream.read(HEAD - len(first))
    stream: IO[bytes] = io.BufferedReader(cast(io.RawIOBase, _Chained(first, given.stream)))
    again = Given(given.name, stream, given.max_chars, given.depth, given.packed, given.web)
    kind = kind_of(first[:HEAD], given.name)
    if kind == "json" and jsonl.is_line(first):
        kind = "lines"
    if given.packed and _packs(kind) and kind != "warc":
        raise NotRead("It is an archive in an archive.", where=given.name, remedy="Unpack it first.")
    yield from never_silent(reports_in(again, kind), given.name)


class _Chained(io.RawIOBase):
    """A stream that begins with bytes that were read already, and goes on with the rest."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first, self._rest = memoryview(first), rest

    def readable(self) -> bool:
        """It is read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Read a piece."""
        if self._first:
            piece: bytes | memoryview = self._first[: len(buffer)]
            self._first = self._first[len(piece) :]
        else:
            piece = self._rest.readline(min(len(buffer), _PIECE))
        buffer[: len(piece)] = piece
        return len(piece)


def _in_lines(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of JSON lines, line by line; a file in UTF-16 or UTF-32 is read whole."""
    buffered = (
        given.stream if given.stream.seekable() else io.BufferedReader(cast(io.RawIOBase, _Chained(b"", given.stream)))
    )
    head = given.head() if given.stream.seekable() else buffered.peek(4)[:4]  # type: ignore[attr-defined]
    if not is_wide(head):
        return jsonl.reports_in(lines_of(buffered, given.max_chars), given.name, given.max_chars)
    data = buffered.read(WHOLE + 1)
    check_size("table", len(data), given.name, given.max_chars)
    lines = (by_mark(data, given.name) or "").encode("utf-8", "replace").splitlines(keepends=True)
    return jsonl.reports_in(lines, given.name, given.max_chars)


def lines_of(stream: IO[bytes], max_chars: int) -> Iterator[bytes]:
    """The lines of a file. Of a line that is too long only so many bytes come as show that it is."""
    longest = jsonl.BYTES * max_chars + 1
    while line := stream.readline(longest):
        yield line
        while len(line) == longest and not line.endswith(b"\n"):
            line = stream.readline(longest)


def _most(kind: Kind, max_chars: int) -> int:
    return WHOLE if kind in ("table", "json") else _BYTES * max_chars


def check_size(kind: Kind, size: int, name: str, max_chars: int) -> None:
    """Raise TooLong (DL-R004) for a file that is too large to be read as a whole."""
    if kind in ("table", "json"):
        if size > WHOLE:
            remedy = "Split it, or write it as JSON lines, which are read line by line."
            raise TooLong(f"The file has more than {WHOLE:,} bytes.", where=name, remedy=remedy)
    elif size > _BYTES * max_chars:
        raise TooLong(f"The file has more bytes than {max_chars:,} characters may have.", where=name)


def found_kind(head: bytes, name: str) -> Kind:
    """The format of a file that the user did not name (one in a folder or archive). Plain words count as a report only
    where the file's name says that it is text.

    Raises NotRead (DL-R011).
    """
    kind = kind_of(head, name)
    if kind == "text" and suffix_of(name) not in SUFFIXES:
        suffix = suffix_of(name)
        known = _UNREAD.get(suffix) or next((one.what for one in readers() if suffix in one.suffixes), None)
        raise NotRead(f"Its name is that of {known}." if known else "Its name says nothing of reports.", where=name)
    return kind


def is_hidden(parts: Iterable[str]) -> bool:
    """Does a path, given by its parts, belong to the system or a program (hidden files)?"""
    return any(part in _SYSTEMS or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _in_archive(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of an archive's files. Files of other formats and archives in archives are yielded as rejections."""
    for name, data in archive.members(given.seekable(archive.MAX_BYTES), given.name):
        if isinstance(data, RejectedReport):
            yield data
        elif not is_hidden(name.split("/")[-1:]) and "__MACOSX/" not in name:
            yield from given.inside(name, data, packed=True)


def inside(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of a file that lies in another file; what cannot be read is yielded as a rejection."""
    name = given.name
    try:
        if given.depth > DEEPEST:
            raise TooDeep("It lies in too many other files.", where=name)
        kind = found_kind(given.head(), name)
        if given.packed and _packs(kind):
            raise NotRead("It is an archive in an archive.", where=name, remedy="Unpack it first.")
        yield from never_silent(reports_in(given, kind), name)
    except RejectedReport as rejected:
        yield rejected


def _packs(kind: Kind) -> bool:
    reader = named(kind)
    return kind == "archive" or (reader is not None and reader.packs)
