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
from dateline.readers.formats import found_kind, in_archive, is_hidden, reports_in, reports_of
from dateline.readers.kinds import HEAD, SUFFIXES, Kind, kind_of, suffix_of
from dateline.readers.text import MAX_CHARS

Rejected = RejectedReport
#: Bytes of a file of JSON lines whose lines are counted before it is read.
_COUNTED = 500_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, by the name it was given under; `-` is standard input. `named`: it was given itself, and not the
    folder that holds it."""

    path: str
    bytes: int
    named: bool = True


def sources(paths: Sequence[str]) -> list[Source]:
    """The files that the paths stand for, folders in order of name; those of systems and programs are passed over.

    Raises NoSuchPath (DL-E001) and NoReports (DL-E002) before anything is read.
    """
    found: list[Source] = []
    for name in paths:
        path = Path(name)
        if name == "-":
            found.append(Source("-", 0))
        elif path.is_dir():
            found.extend(_in_folder(path, name))
        elif path.exists():
            found.append(Source(name, path.stat().st_size))
        else:
            raise NoSuchPath("There is no such file or folder.", where=name)
    return found


def _in_folder(folder: Path, name: str) -> list[Source]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not is_hidden(p.relative_to(folder).parts))
    if not any(_is_readable(p) for p in files):
        held = f": its {len(files)} files are of kinds that are not read" if files else ""
        raise NoReports(f"The folder holds no reports{held}.", where=name)
    return [Source(str(p), p.stat().st_size, named=False) for p in files]


def _is_readable(path: Path) -> bool:
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        found_kind(_head(path), str(path))
    except (RejectedReport, OSError):
        return False
    return True


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def expected(paths: Sequence[str]) -> int | None:
    """How many reports the paths hold, for a bar of progress; None where that is known only when they are read."""
    total = 0
    for source in sources(paths):
        suffix = suffix_of(source.path)
        if source.path == "-" or suffix in (".csv", ".zip", ".json") or source.bytes > _COUNTED:
            return None
        total += _lines(source.path) if suffix in (".jsonl", ".ndjson") else 1
    return total


def _lines(path: str) -> int:
    try:
        with Path(path).open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 1


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
        else:
            path = Path(source.path)
            kind = (kind_of if source.named else found_kind)(_head(path), source.path)
            yield from _of_file(path, source.path, kind, max_chars)
    except RejectedReport as rejected:
        yield rejected
    except OSError as error:
        yield UnreadableFile(f"It cannot be read ({error.strerror}).", where=source.path)


def _of_file(path: Path, name: str, kind: Kind, max_chars: int) -> Iterable[Report | Rejected]:
    if kind == "lines":
        with path.open("rb") as lines:
            yield from jsonl.reports_in(lines, name, max_chars)
    elif kind == "archive":
        yield from in_archive(archive.members(path, name), max_chars)
    else:
        size = path.stat().st_size
        if size > 4 * max_chars:
            raise TooLong(f"The file has {size:,} bytes; the limit is {max_chars:,} characters.", where=name)
        yield from reports_in(path.read_bytes(), name, kind, max_chars)


def _of_stream(stream: IO[bytes], max_chars: int) -> Iterable[Report | Rejected]:
    """Standard input: JSON lines as they come where its first line is a JSON object, else what its bytes are."""
    first = stream.readline()
    if kind_of(first, "-") == "lines":
        yield from jsonl.reports_in(_chained(first, stream), "-", max_chars)
    else:
        yield from reports_of(first + stream.read(4 * max_chars), "-", max_chars)


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
