"""Zip archives: the files inside, never unpacked to disk, within limits that no archive bomb passes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dateline.model.errors import BrokenArchive, RejectedReport

#: The most files in an archive, and the most bytes that they may hold together.
MAX_FILES, MAX_BYTES = 20_000, 500_000_000
#: A file that shrank to less than one in so many is no text.
_RATIO = 200
_SMALL = 1_000_000


def members(source: Path | IO[bytes], name: str) -> Iterator[tuple[str, bytes | RejectedReport]]:
    """The files of an archive by name ("news.zip/monday/a.txt"), each with its bytes or the reason against it.

    Raises BrokenArchive (DL-R009) where it is none or passes the limits.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir()]
            _check(inside, name)
            for info in inside:
                yield f"{name}/{info.filename}", _read(archive, info, f"{name}/{info.filename}")
    except (zipfile.BadZipFile, EOFError, ValueError, OSError) as error:
        raise BrokenArchive(f"It cannot be read ({error}).", where=name) from None


def _check(inside: list[zipfile.ZipInfo], name: str) -> None:
    if len(inside) > MAX_FILES:
        raise BrokenArchive(f"It holds {len(inside):,} files; the limit is {MAX_FILES:,}.", where=name)
    total = sum(info.file_size for info in inside)
    if total > MAX_BYTES:
        raise BrokenArchive(f"It holds {total:,} bytes; the limit is {MAX_BYTES:,}.", where=name)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes | RejectedReport:
    if info.flag_bits & 1:
        return BrokenArchive("The file is encrypted.", where=name)
    if info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1):
        return BrokenArchive("The file is packed too well to be text.", where=name)
    try:
        with archive.open(info) as stream:
            # What the archive says of a size need not be so.
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        return BrokenArchive(f"The file cannot be read ({error}).", where=name)
    return data if len(data) <= info.file_size else BrokenArchive("The file is larger than it says.", where=name)
