"""Tar archives (.tar, .tar.gz) and single packed files (.gz): read as a stream, never unpacked to disk."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, cast

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BrokenArchive
from dateline.readers.given import Given, Reader

#: The most files of an archive, the most bytes of one file, and the most bytes of all files.
MAX_FILES, MAX_FILE, MAX_BYTES = 500_000, 50_000_000, 50_000_000_000
_GZIP = b"\x1f\x8b"
#: Types of the tar entries that stand before a file and hold its long name or more metadata; the most bytes of one.
_REMARKS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_MAX_REMARK = 1_000_000
#: The errors that reading a damaged archive raises.
_DAMAGE = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError)


def unpacked_head(head: bytes, limit: int = 1_024) -> bytes:
    """The first unpacked bytes of a gzip file, given its first bytes; empty where it is no gzip file."""
    if not head.startswith(_GZIP):
        return b""
    try:
        return zlib.decompressobj(31).decompress(head, limit)
    except zlib.error:
        return b""


def _owns_tar(head: bytes, name: str) -> bool:
    return head[257:262] == b"ustar" or unpacked_head(head)[257:262] == b"ustar"


def _owns_gzip(head: bytes, name: str) -> bool:
    return head.startswith(_GZIP)


def _read_tar(given: Given) -> Iterator[Report | RejectedReport]:
    from dateline.readers.formats import is_hidden

    for name, data in _members(given.stream, given.name):
        if isinstance(data, RejectedReport):
            yield data
        elif not is_hidden(name.removeprefix(f"{given.name}/").split("/")):
            yield from given.inside(name, data, packed=True)


class _Modest(tarfile.TarInfo):
    """A tar entry that refuses names and metadata of a huge size: Python reads them whole, whatever size they state."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _REMARKS and self.size > _MAX_REMARK:
            raise tarfile.ReadError(f"a head of {self.size:,} bytes")
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return found


def _members(stream: IO[bytes], name: str) -> Iterator[tuple[str, bytes | BrokenArchive]]:
    """The files of an archive; where the archive breaks off, the last one is the reason."""
    total = count = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|*", tarinfo=_Modest) as archive:
            for info in archive:
                count, total = count + 1, total + info.size
                if count > MAX_FILES or total > MAX_BYTES:
                    yield name, BrokenArchive("It holds too many files, or too much.", where=name)
                    return
                if not info.isfile():
                    continue
                yield f"{name}/{_shown(info.name)}", _member(archive, info, name)
    except _DAMAGE as error:
        yield name, BrokenArchive(f"It breaks off ({error or type(error).__name__}).", where=name)


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> bytes | BrokenArchive:
    where = f"{name}/{_shown(info.name)}"
    if info.size > MAX_FILE:
        return BrokenArchive(f"The file has {info.size:,} bytes; the limit is {MAX_FILE:,}.", where=where)
    file = archive.extractfile(info)
    return file.read() if file is not None else BrokenArchive("The file cannot be read.", where=where)


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")[:500]


def _read_gzip(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of the one packed file, whatever its format; JSON lines are yielded while the file is unpacked."""
    from dateline.readers.formats import of_stream

    name = given.name[:-3] if given.name.lower().endswith(".gz") else given.name
    unpacked = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=given.stream)))
    try:
        yield from of_stream(replace(given, name=name, stream=unpacked, packed=True))
    except _DAMAGE as error:
        yield BrokenArchive(f"It breaks off ({error or type(error).__name__}).", where=given.name)


TAR = Reader("tar", "a tar archive", _read_tar, _owns_tar, (".tar", ".tgz"), packs=True)
GZIP = Reader("gzip", "gzip", _read_gzip, _owns_gzip, (".gz",), packs=True)
