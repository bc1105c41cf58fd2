"""Which format bytes are in, by the name that they come under, and the reports in them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dateline.model import RejectedReport, Report
from dateline.model.errors import TooLong
from dateline.readers import archive, jsonl, page, table
from dateline.readers.text import MAX_CHARS, decoded, report_of

PAGES = (".html", ".htm", ".xhtml")
SUFFIXES = (".txt", ".jsonl", ".csv", *PAGES, ".zip")
#: Bytes of a file for each character that a report may have (UTF-32, or a page's markup).
_BYTES = 4


def suffix_of(name: str) -> str:
    """The ending that tells a file's format."""
    return PurePosixPath(name).suffix.lower()


def reports_of(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports in a file's bytes; the format is told by its name. What cannot be read comes as its rejection."""
    try:
        yield from _reports(data, name, max_chars)
    except RejectedReport as rejected:
        yield rejected


def _reports(data: bytes, name: str, max_chars: int) -> Iterable[Report | RejectedReport]:
    kind = suffix_of(name)
    if kind == ".zip":
        return in_archive(archive.members(io.BytesIO(data), name), max_chars)
    if kind == ".jsonl":
        return jsonl.reports_in(data.splitlines(keepends=True), name, max_chars)
    if kind == ".csv":
        return table.reports_in(data, name, max_chars)
    if len(data) > _BYTES * max_chars:
        raise TooLong(f"The file has {len(data):,} bytes; the limit is {max_chars:,} characters.", where=name)
    if kind in PAGES:
        return [page.report_in(data, name, max_chars)]
    return [report_of(decoded(data, name), name, max_chars=max_chars)]


def in_archive(
    files: Iterable[tuple[str, bytes | RejectedReport]], max_chars: int = MAX_CHARS
) -> Iterator[Report | RejectedReport]:
    """The reports of an archive's files; other files, and archives in archives, are passed over."""
    for name, data in files:
        if isinstance(data, RejectedReport):
            yield data
        elif suffix_of(name) in SUFFIXES and suffix_of(name) != ".zip":
            yield from reports_of(data, name, max_chars)
