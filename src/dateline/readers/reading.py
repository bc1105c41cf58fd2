"""Paths to reports: files, folders, and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.model import RejectedReport, Report
from dateline.model.errors import NoReports, NoSuchPath, OddCharacters, TooLong, UnreadableFile
from dateline.readers import archive, jsonl
from dateline.readers.dates import dated, given_day
from dateline.readers.decoding import is_wide
from dateline.readers.formats import (
    WHOLE,
    check_size,
    found_kind,
    in_archive,
    is_hidden,
    never_silent,
    reports_in,
    reports_of,
)
from dateline.readers.kinds import HEAD, SUFFIXES, Kind, kind_of, suffix_of
from dateline.readers.text import MAX_CHARS, is_unicode, shown

Rejected = RejectedReport
#: Bytes of a file of JSON lines whose lines are counted before it is read.
_COUNTED = 500_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, by the name it was given under; `-` is standard input. `named`: it was given itself, and not the
    folder that holds it. `barred`: why the system does not let us read it, or the folder that it stands for."""

    path: str
    bytes: int
    named: bool = True
    barred: str | None = None


def sources(paths: Sequence[str]) -> list[Source]:
    """The files that the paths stand for, folders in order of name; those of systems and programs are passed over.

    Raises NoSuchPath (DL-E001) and NoReports (DL-E002) before anything is read.
    """
    found: list[Source] = []
    for name in paths:
        path = Path(name)
        try:
            if name == "-":
                found.append(Source("-", 0))
            elif path.is_dir():
                found.extend(_in_folder(path, name))
            elif path.exists():
                found.append(Source(name, path.stat().st_size))
            else:
                raise NoSuchPath("There is no such file or folder.", where=name)
        except OSError as error:
            found.append(Source(name, 0, barred=error.strerror))
    return found


def _in_folder(folder: Path, name: str) -> list[Source]:
    """The files of a folder and of those in it; a folder that may not be looked into stands for itself."""
    barred: list[OSError] = []
    inside = (Path(at) / file for at, _, files in os.walk(folder, onerror=barred.append) for file in files)
    files = sorted(p for p in inside if not is_hidden(p.relative_to(folder).parts) and _is_there(p))
    if not barred and not any(_is_readable(p) for p in files):
        one = (
            "its one file is of a kind that is" if len(files) == 1 else f"its {len(files)} files are of kinds that are"
        )
        held = f": {one} not read" if files else ""
        raise NoReports(f"The folder holds no reports{held}.", where=name)
    closed = [Source(str(e.filename), 0, named=False, barred=e.strerror) for e in barred]
    return [Source(str(p), _size(p), named=False) for p in files] + closed


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # it says why when it is read


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


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
        if suffix in (".csv", ".zip", ".json") or source.bytes > _COUNTED or not _is_regular(source):
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


def _is_regular(source: Source) -> bool:
    """Can it be read more than once? Standard input and pipes cannot."""
    return source.path != "-" and (source.barred is not None or _is_there(Path(source.path)))


def _of_source(source: Source, max_chars: int) -> Iterable[Report | Rejected]:
    try:
        yield from never_silent(_read(source, max_chars), source.path)
    except RejectedReport as rejected:
        yield rejected
    except OSError as error:
        yield UnreadableFile(f"It cannot be read ({error.strerror}).", where=source.path)


def _read(source: Source, max_chars: int) -> Iterable[Report | Rejected]:
    path = Path(source.path)
    if not is_unicode(source.path):
        raise OddCharacters("The file's name is no UTF-8.", where=shown(source.path), remedy="Rename the file.")
    if source.barred is not None:
        raise UnreadableFile(f"It cannot be read ({source.barred}).", where=source.path)
    if source.path == "-":
        yield from _of_stream(sys.stdin.buffer, "-", max_chars)
    elif not _is_regular(source):
        with path.open("rb") as stream:
            yield from _of_stream(stream, source.path, max_chars)
    else:
        kind = (kind_of if source.named else found_kind)(_head(path), source.path)
        yield from _of_file(path, source.path, kind, max_chars)


def _of_file(path: Path, name: str, kind: Kind, max_chars: int) -> Iterable[Report | Rejected]:
    if kind == "archive":
        yield from in_archive(archive.members(path, name), max_chars)
    elif kind == "lines" and not is_wide(_head(path)):
        with path.open("rb") as stream:
            yield from jsonl.reports_in(_lines_of(stream, max_chars), name, max_chars)
    else:
        check_size("table" if kind == "lines" else kind, path.stat().st_size, name, max_chars)
        yield from reports_in(path.read_bytes(), name, kind, max_chars)


def _of_stream(stream: IO[bytes], name: str, max_chars: int) -> Iterable[Report | Rejected]:
    """What can be read only once: JSON lines as they come where its first line is a JSON object, else what its bytes
    are."""
    first = stream.readline(jsonl.BYTES * max_chars + 1)
    if kind_of(first, name) == "lines" and not is_wide(first):
        yield from jsonl.reports_in(_chained(first, _lines_of(stream, max_chars)), name, max_chars)
        return
    data = first + stream.read(WHOLE)
    if stream.read(1):
        raise TooLong(f"It has more than {WHOLE:,} bytes.", where=name)
    yield from reports_of(data, name, max_chars)


def _lines_of(stream: IO[bytes], max_chars: int) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only as much as shows that it is."""
    longest = jsonl.BYTES * max_chars + 1
    while line := stream.readline(longest):
        yield line
        while len(line) == longest and not line.endswith(b"\n"):
            line = stream.readline(longest)


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
