"""The reports in bytes, whatever the format."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from dateline.model import RejectedReport, Report
from dateline.model.errors import EmptyReport, NotRead, TooLong
from dateline.readers import archive, jsonl, page, table
from dateline.readers.decoding import by_mark, decoded, is_wide
from dateline.readers.kinds import HEAD, SUFFIXES, Kind, kind_of, suffix_of
from dateline.readers.text import MAX_CHARS, report_of

#: Bytes of a file for each character that a report may have (UTF-32, or a page's markup).
_BYTES = 4
#: Bytes of a file that holds many reports and is read as a whole: a table, or a JSON document.
WHOLE = 50_000_000
#: Files of systems and programs, which nobody means as reports.
_SYSTEMS = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
#: What files are by their names that many people have, and that are not read.
_UNREAD = {
    **dict.fromkeys((".doc", ".docx", ".odt", ".pages"), "a document of a word processor"), ".rtf": "RTF",
    **dict.fromkeys((".eml", ".msg", ".mbox"), "mail"), **dict.fromkeys((".xls", ".xlsx", ".ods"), "a spreadsheet"),
}  # fmt: skip


def reports_of(data: bytes, name: str, max_chars: int = MAX_CHARS) -> Iterator[Report | RejectedReport]:
    """The reports in a file's bytes; what cannot be read comes as its rejection."""
    try:
        yield from never_silent(reports_in(data, name, kind_of(data[:HEAD], name), max_chars), name)
    except RejectedReport as rejected:
        yield rejected


def never_silent(rows: Iterable[Report | RejectedReport], name: str) -> Iterator[Report | RejectedReport]:
    """The reports of a file, or that it holds none: an empty list, a table of which only the first line is there."""
    nothing = True
    for row in rows:
        nothing = False
        yield row
    if nothing:
        yield EmptyReport("It holds no reports.", where=name)


def reports_in(data: bytes, name: str, kind: Kind, max_chars: int) -> Iterable[Report | RejectedReport]:
    """The reports in bytes of a known format. Raises RejectedReport where there is none."""
    if kind == "archive":
        return in_archive(archive.members(io.BytesIO(data), name), max_chars)
    if kind == "lines":
        data = (by_mark(data, name) or "").encode("utf-8", "replace") if is_wide(data) else data
        return jsonl.reports_in(data.splitlines(keepends=True), name, max_chars)
    check_size(kind, len(data), name, max_chars)
    if kind == "table":
        return table.reports_in(data, name, max_chars)
    if kind == "json":
        return jsonl.reports_of_document(data, name, max_chars)
    if kind == "page":
        return [page.report_in(data, name, max_chars)]
    found = decoded(data, name)
    return [report_of(found.text, name, max_chars=max_chars, notes=found.notes)]


def check_size(kind: Kind, size: int, name: str, max_chars: int) -> None:
    """Raise TooLong (DL-R004) for a file that is too large to be read as a whole."""
    if kind in ("table", "json"):
        if size > WHOLE:
            remedy = "Split it, or write it as JSON lines, which are read line by line."
            raise TooLong(f"The file has {size:,} bytes; the limit is {WHOLE:,}.", where=name, remedy=remedy)
    elif size > _BYTES * max_chars:
        raise TooLong(f"The file has {size:,} bytes; the limit is {max_chars:,} characters.", where=name)


def found_kind(head: bytes, name: str) -> Kind:
    """The format of a file that nobody named: words count as a report only where its name says that it is text.

    Raises NotRead (DL-R011).
    """
    kind = kind_of(head, name)
    if kind == "text" and suffix_of(name) not in SUFFIXES:
        named = _UNREAD.get(suffix_of(name))
        raise NotRead(f"Its name is that of {named}." if named else "Its name says nothing of reports.", where=name)
    return kind


def is_hidden(parts: Iterable[str]) -> bool:
    """Is a file, by the parts of its path, one of the system's or a program's?"""
    return any(part in _SYSTEMS or (part.startswith(".") and part not in (".", "..")) for part in parts)


def in_archive(
    files: Iterable[tuple[str, bytes | RejectedReport]], max_chars: int = MAX_CHARS
) -> Iterator[Report | RejectedReport]:
    """The reports of an archive's files; files of other kinds, and archives in archives, come as rejections."""
    for name, data in files:
        if isinstance(data, RejectedReport):
            yield data
        elif not is_hidden(name.split("/")[-1:]) and "__MACOSX/" not in name:
            yield from _inside(data, name, max_chars)


def _inside(data: bytes, name: str, max_chars: int) -> Iterator[Report | RejectedReport]:
    try:
        kind = found_kind(data[:HEAD], name)
        if kind == "archive":
            raise NotRead("It is an archive in an archive.", where=name, remedy="Unpack it first.")
        yield from never_silent(reports_in(data, name, kind, max_chars), name)
    except RejectedReport as rejected:
        yield rejected
