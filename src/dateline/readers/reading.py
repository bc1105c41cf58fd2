"""Paths to reports: files, folders, and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.model import RejectedReport, Report
from dateline.model.errors import NoReports, NoSuchPath
from dateline.model.rejections import OddCharacters, UnreadableFile
from dateline.readers import parquet
from dateline.readers.addresses import fetched
from dateline.readers.dates import dated, given_day
from dateline.readers.formats import check_size, found_kind, is_hidden, never_silent, of_stream, reports_in
from dateline.readers.given import HEAD, Fetch, Fetched, Given, Web
from dateline.readers.kinds import SUFFIXES, kind_of, suffix_of
from dateline.readers.registry import readers
from dateline.readers.text import MAX_CHARS, is_unicode, shown

Rejected = RejectedReport
#: The largest file, in bytes, of which the lines are counted before it is read (for the progress bar).
_COUNTED = 500_000_000
#: Endings of files that may hold many reports, or none.
_MANY = (".csv", ".zip", ".json", ".xml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, by the name that the user gave; `-` is standard input. `named`: the user named the file itself,
    not its folder. `barred`: why the system does not allow reading the file (or folder)."""

    path: str
    bytes: int
    named: bool = True
    barred: str | None = None


def sources(paths: Sequence[str]) -> list[Source]:
    """The files that the paths stand for. Files in folders come in order of name; system files are skipped.

    Raises NoSuchPath (DL-E001) and NoReports (DL-E002) before anything is read.
    """
    found: list[Source] = []
    for name in paths:
        path = Path(name)
        try:
            if name == "-":
                found.append(Source("-", 0))
            elif is_address(name):
                found.append(Source(name, 0))
            elif path.is_dir():
                found.extend(_in_folder(path, name))
            elif path.exists():
                found.append(Source(name, path.stat().st_size))
            else:
                raise NoSuchPath("There is no such file or folder.", where=name)
        except OSError as error:
            found.append(Source(name, 0, barred=error.strerror))
    return found


def is_address(name: str) -> bool:
    """Is it a web address and not a path?"""
    return name.lower().startswith(("http://", "https://"))


def _in_folder(folder: Path, name: str) -> list[Source]:
    """The files of a folder and its subfolders. A folder that may not be read comes as a source of its own, so that it
    is reported."""
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
        return True  # Reading it will give the reason.


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
    """The number of reports in the paths, for the progress bar; None where it is known only after reading them."""
    total = 0
    for source in sources(paths):
        suffix = suffix_of(source.path)
        if suffix == ".parquet" and _is_regular(source):
            total += parquet.count_in(Path(source.path)) or 0
            continue
        if (
            suffix in _MANY
            or _holds_many(suffix)
            or is_address(source.path)
            or source.bytes > _COUNTED
            or not _is_regular(source)
        ):
            return None
        total += _lines(source.path) if suffix in (".jsonl", ".ndjson") else 1
    return total


def _holds_many(suffix: str) -> bool:
    return any(suffix in reader.suffixes for reader in readers())


def _lines(path: str) -> int:
    try:
        with Path(path).open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 1


def read_paths(
    paths: Sequence[str],
    published: str | None = None,
    max_chars: int = MAX_CHARS,
    fetch: Fetch | None = None,
    lists: bool = False,
    told: Callable[[Report, str | Fetched], None] | None = None,
) -> Iterator[Report | Rejected]:
    """The reports of all paths, in order. `published` is the date for reports that have no date of their own.

    `fetch` fetches the addresses among the paths; with `lists`, also the addresses that files list. Without it
    addresses are rejected (DL-R019). `told` is called with each report and the file or fetched page that it came from,
    because the URI of a report need not say that.
    """
    when = given_day(published)
    web = None if fetch is None else Web(fetch, told)
    for source in sources(paths):
        asked = web if lists or is_address(source.path) else None
        for row in _of_source(source, max_chars, asked):
            report = dated(row, when) if isinstance(row, Report) else row
            fetched_one = web is not None and isinstance(report, Report) and web.knows(report)
            if told is not None and isinstance(report, Report) and not fetched_one and _is_regular(source):
                told(report, source.path)
            yield report


def _is_regular(source: Source) -> bool:
    """Can it be read more than once? Standard input, pipes and addresses cannot."""
    return (
        source.path != "-"
        and not is_address(source.path)
        and (source.barred is not None or _is_there(Path(source.path)))
    )


def _of_source(source: Source, max_chars: int, web: Web | None) -> Iterable[Report | Rejected]:
    try:
        yield from never_silent(_read(source, max_chars, web), source.path)
    except RejectedReport as rejected:
        yield rejected
    except OSError as error:
        yield UnreadableFile(f"It cannot be read ({error.strerror or error}).", where=source.path)


def _read(source: Source, max_chars: int, web: Web | None) -> Iterable[Report | Rejected]:
    path = Path(source.path)
    if not is_unicode(source.path):
        raise OddCharacters("The file's name is no UTF-8.", where=shown(source.path), remedy="Rename the file.")
    if source.barred is not None:
        raise UnreadableFile(f"It cannot be read ({source.barred}).", where=source.path)
    if is_address(source.path):
        yield from fetched(source.path, Given.of(b"", source.path, max_chars, web))
        return
    if source.path == "-":
        yield from of_stream(Given("-", sys.stdin.buffer, max_chars, web=web))
        return
    with path.open("rb") as stream:
        given = Given(source.path, stream, max_chars, web=web)
        if not _is_regular(source):
            yield from of_stream(given)
            return
        kind = (kind_of if source.named else found_kind)(given.head(), source.path)
        if kind in ("text", "page", "table", "json"):
            check_size(kind, source.bytes, source.path, max_chars)
        yield from reports_in(given, kind)
