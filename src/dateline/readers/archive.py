"""Zip archives: the files inside are read without unpacking them to disk. Limits keep out archive bombs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dateline.model.rejections import BrokenArchive, RejectedReport

#: The most files in an archive, and the most bytes that they may hold together.
MAX_FILES, MAX_BYTES = 20_000, 500_000_000
#: The highest ratio of unpacked to packed size: no text is packed better, only small files of repeated lines are.
_RATIO = 200
_SMALL = 10_000
#: Endings of office documents, which are archives, too: for a damaged one the remedy is to save it again.
_SAVED = (".docx", ".xlsx", ".xlsm", ".odt", ".pptx")
_SAVE_AGAIN = "It is damaged: save it anew with the program that made it."


def members(source: Path | IO[bytes], name: str) -> Iterator[tuple[str, bytes | RejectedReport]]:
    """The files of an archive: each with its name ("news.zip/monday/a.txt"), and its bytes or why it is rejected.

    Raises BrokenArchive (DL-R009) where it is no archive or exceeds the limits.
    """
    with opened(source, name) as archive:
        for info in archive.infolist():
            if not _is_folder(info):
                yield f"{name}/{info.filename}", read_member(archive, info, f"{name}/{info.filename}")


def opened(source: Path | IO[bytes], name: str) -> zipfile.ZipFile:
    """An archive, opened, after its limits were checked. Raises BrokenArchive (DL-R009)."""
    try:
        archive = zipfile.ZipFile(source)
    except Exception as error:  # zipfile passes on the errors of many modules when a file is damaged.
        remedy = _SAVE_AGAIN if Path(name).suffix.lower() in _SAVED else None
        raise BrokenArchive(f"It cannot be read ({_why(error)}).", where=name, remedy=remedy) from None
    try:
        _check([info for info in archive.infolist() if not _is_folder(info)], archive.start_dir, name)
    except BrokenArchive:
        archive.close()
        raise
    return archive


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """The same as `info.is_dir()`, which fails where a damaged archive names a file with no letters (Python 3.11)."""
    return info.filename.endswith("/")


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__


def _check(inside: list[zipfile.ZipInfo], size: int, name: str) -> None:
    if len(inside) > MAX_FILES:
        raise BrokenArchive(f"It holds {len(inside):,} files; the limit is {MAX_FILES:,}.", where=name)
    total = sum(info.file_size for info in inside)
    if total > MAX_BYTES:
        raise BrokenArchive(f"It holds {total:,} bytes; the limit is {MAX_BYTES:,}.", where=name)
    if sum(info.compress_size for info in inside) > size:
        raise BrokenArchive("Its files lie in one another.", where=name)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes | BrokenArchive:
    """The bytes of one file of an archive, or why it is rejected."""
    if info.flag_bits & 1:
        return BrokenArchive("The file is encrypted.", where=name)
    if info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1):
        return BrokenArchive("The file is packed too well to be text.", where=name)
    try:
        with archive.open(info) as stream:
            # The size that the archive states may be wrong: one more byte shows that the file is longer.
            data = stream.read(info.file_size + 1)
    except Exception as error:  # Each compression method raises its own errors.
        return BrokenArchive(f"The file cannot be read ({_why(error)}).", where=name)
    return data if len(data) <= info.file_size else BrokenArchive("The file is larger than it says.", where=name)
