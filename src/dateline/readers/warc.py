"""Archives of web pages: WARC, WARC.gz (fastwarc) and WACZ, read record by record, so that memory does not grow.

Pages, texts, PDFs and feeds with status 200 are read. Pictures, styles and scripts are only parts of pages and skipped.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from dateline.model import Origin, RejectedReport, Report, Span
from dateline.model.rejections import BrokenArchive, TooLong
from dateline.readers import page
from dateline.readers.decoding import decoded
from dateline.readers.given import Given, Reader, part
from dateline.readers.knowing import Story, chosen, known_day
from dateline.readers.packed import unpacked_head
from dateline.readers.said import iso

#: The most bytes of a record.
MAX_RECORD = 50_000_000
_PAGES, _TEXTS = ("text/html", "application/xhtml+xml"), ("text/plain",)
_OTHERS = ("application/pdf", "application/rss+xml", "application/atom+xml", "application/xml", "text/xml",
           "application/rtf", "message/rfc822",
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document")  # fmt: skip
_INSIDE = re.compile(r"(?:^|/)archive/[^/]{1,200}\.warc(?:\.gz)?$")


def _owns_warc(head: bytes, name: str) -> bool:
    return head.startswith(b"WARC/") or unpacked_head(head).startswith(b"WARC/")


def _owns_wacz(head: bytes, name: str) -> bool:
    if not head.startswith(b"PK\x03\x04"):
        return False
    return name.lower().endswith(".wacz") or (b"archive/" in head and b".warc" in head and b"datapackage.json" in head)


def _read_warc(given: Given) -> Iterator[Report | RejectedReport]:
    yield from _records(given.stream, given)


def _read_wacz(given: Given) -> Iterator[Report | RejectedReport]:
    """The pages of all archives of a WACZ, each read as a stream."""
    try:
        package = zipfile.ZipFile(given.seekable())
    except Exception as error:  # zipfile passes on the errors of many modules when a file is damaged.
        raise BrokenArchive(f"It cannot be read ({error or type(error).__name__}).", where=given.name) from None
    with package:
        inside = [info for info in package.infolist() if _INSIDE.search(info.filename)]
        if sum(info.compress_size for info in inside) > package.start_dir:
            raise BrokenArchive("Its files lie in one another.", where=given.name)
        for info in inside:
            name = f"{given.name}/{info.filename}"
            try:
                with package.open(info) as stream:
                    yield from _records(stream, replace(given, name=name))
            except RejectedReport as rejected:
                yield rejected
            except Exception as error:  # Each compression method raises its own errors.
                yield BrokenArchive(f"The file cannot be read ({error or type(error).__name__}).", where=name)


def _records(stream: IO[bytes], given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of a WARC file's records; where the file breaks off, the last row is a rejection that says so."""
    warc = part("fastwarc.warc", "warc", given.name)
    kinds = warc.WarcRecordType
    number = 0
    try:
        told = kinds.response | kinds.resource | kinds.conversion
        records = warc.ArchiveIterator(_Counted(stream), record_types=told, parse_http=True, auto_decode="all")
        for number, record in enumerate(records, 1):
            yield from _of_record(record, number, given)
    except RejectedReport:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # A panic of Rust code is a BaseException, not an Exception.
        yield BrokenArchive(f"It breaks off ({error or type(error).__name__}).", where=given.name)
        return
    if not number:
        yield BrokenArchive("It holds no pages.", where=given.name)


class _Counted:
    """A stream that can be read once and knows its position, as fastwarc requires."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """Read a piece."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """The number of bytes that were read."""
        return self._at


def _of_record(record: Any, number: int, given: Given) -> Iterator[Report | RejectedReport]:
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<>") or f"{given.name}@{record.stream_pos}"
    # A file that was put into the archive (`dateline export --wacz`) is read as the file is, whatever its type.
    kind = "file" if uri.startswith("file:") else _content_type(record)
    if kind not in (*_PAGES, *_TEXTS, *_OTHERS, "file") or not _is_good(record):
        return
    try:
        data = record.reader.read(MAX_RECORD + 1)
        if len(data) > MAX_RECORD:
            raise TooLong(f"The page has more than {MAX_RECORD:,} bytes.", where=uri)
        for one in _reports(data, kind, uri, given):
            yield _placed(one, record, number) if isinstance(one, Report) else one
    except RejectedReport as rejected:
        rejected.where = rejected.where or uri
        yield rejected


def _reports(data: bytes, kind: str, uri: str, given: Given) -> Iterator[Report | RejectedReport]:
    if kind in _PAGES:
        yield page.report_in(data, uri, given.max_chars)
    elif kind in _TEXTS:
        read = decoded(data, uri)
        yield Story(read.text, uri, notes=read.notes).report(given.max_chars)
    else:
        yield from given.inside(uri, data, packed=True)


def _placed(report: Report, record: Any, number: int) -> Report:
    """The report with its record's number (records with content are counted) and, not chosen as the day of publication,
    the day on which the page was fetched."""
    place = Origin(Span(0, len(report.text)), "row", number, number)
    fetched = known_day(iso(record.headers.get("WARC-Date") or ""), "record: WARC-Date", chosen=False)
    return replace(report, origins=(place, *report.origins), known=chosen((*report.known, *fetched)))


def _content_type(record: Any) -> str:
    told = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (told or "").split(";")[0].strip().lower()


def _is_good(record: Any) -> bool:
    status = record.http_headers.status_code if record.is_http and record.http_headers else None
    return status in (None, 200)


WARC = Reader("warc", "an archive of web pages", _read_warc, _owns_warc, (".warc",), packs=True)
WACZ = Reader("wacz", "an archive of web pages", _read_wacz, _owns_wacz, (".wacz",), packs=True)
