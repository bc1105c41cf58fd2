"""Paths to reports: files, folders, and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.model import RejectedReport, Report
from dateline.model.errors import NoReports, NoSuchPath, TooLong, UnreadableFile
from dateline.readers import archive, jsonl
from dateline.readers.dates import dated, given_day
from dateline.readers.formats import SUFFIXES, in_archive, reports_of
from dateline.readers.text import MAX_CHARS

Rejected = RejectedReport


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, by the name it was given under; `-` is standard input."""

    path: str
    bytes: int


def sources(paths: Sequence[str]) -> list[Source]:
    """The files that the paths stand for, folders in order of name.

    Raises NoSuchPath (DL-E001) and NoReports (DL-E002) before anything is read.
    """
    found: list[Source] = []
    for name in paths:
        path = Path(name)
        if name == "-":
            found.append(Source("-", 0))
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not inside:
                raise NoReports("The folder holds no reports.", where=name)
            found.extend(Source(str(p), p.stat().st_size) for p in inside)
        elif path.exists():
            found.append(Source(name, path.stat().st_size))
        else:
            raise NoSuchPath("There is no such file or folder.", where=name)
    return found


def read_paths(
    paths: Sequence[str], published: str | None = None, max_chars: int = MAX_CHARS
) -> Iterator[Report | Rejected]:
    """The reports of all paths, in order. `published` is given to reports that bring no date of their own."""
    when = given_day(published)
    for source in sources(paths):
        for report in _of_source(source, max_chars):
            yield dated(report, when) if isinstance(report, Report) else report


def _of_source(source: Source, max_chars: int) -> Iterable[Report | Rejected]:
    try:
        if source.path == "-":
            yield from _of_stream(sys.stdin.buffer, max_chars)
        elif source.path.lower().endswith(".jsonl"):
            with Path(source.path).open("rb") as lines:
                yield from jsonl.reports_in(lines, source.path, max_chars)
        elif source.path.lower().endswith(".zip"):
            yield from in_archive(archive.members(Path(source.path), source.path), max_chars)
        else:
            yield from _of_file(Path(source.path), source.path, max_chars)
    except RejectedReport as rejected:
        yield rejected
    except OSError as error:
        yield UnreadableFile(f"It cannot be read ({error.strerror}).", where=source.path)


def _of_file(path: Path, name: str, max_chars: int) -> Iterable[Report | Rejected]:
    size = path.stat().st_size
    if size > 4 * max_chars:
        raise TooLong(f"The file has {size:,} bytes; the limit is {max_chars:,} characters.", where=name)
    return reports_of(path.read_bytes(), name, max_chars)


def _of_stream(stream: IO[bytes], max_chars: int) -> Iterable[Report | Rejected]:
    """Standard input: JSON lines where its first line is a JSON object, else one text."""
    first = stream.readline()
    if first.lstrip().startswith(b"{"):
        yield from jsonl.reports_in(_chained(first, stream), "-", max_chars)
    else:
        yield from reports_of(first + stream.read(4 * max_chars), "-", max_chars)


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
