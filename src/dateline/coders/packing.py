"""Files of lines, packed if their name ends in .gz or .zst. They can be read and added to, also after an interruption.

A process that is stopped while it writes leaves an incomplete last line. All lines before it count; it is cut off
before a line is added.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Protocol

from dateline.model.errors import NotInstalled


class _Packer(Protocol):
    """Packs lines. `packed` gives bytes from which all lines so far can be read; `ending` gives the bytes that close
    the packed file."""

    def packed(self, data: bytes) -> bytes: ...

    def ending(self) -> bytes: ...


class _Plain:
    def packed(self, data: bytes) -> bytes:
        return data

    def ending(self) -> bytes:
        return b""


class _Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(wbits=31)

    def packed(self, data: bytes) -> bytes:
        return self._made.compress(data) + self._made.flush(zlib.Z_SYNC_FLUSH)

    def ending(self) -> bytes:
        return self._made.flush(zlib.Z_FINISH)


class _Zstd:
    def __init__(self) -> None:
        self._made = _zstd().ZstdCompressor(level=10)

    def packed(self, data: bytes) -> bytes:
        return bytes(self._made.compress(data, self._made.FLUSH_BLOCK))

    def ending(self) -> bytes:
        return bytes(self._made.flush(self._made.FLUSH_FRAME))


def _zstd() -> Any:
    """The module for Zstandard: Python's own from 3.14 on, else that of a package."""
    with suppress(ImportError):
        return import_module("compression.zstd")
    try:
        return import_module("backports.zstd")
    except ImportError:
        what = "What packs files as .zst is not installed."
        raise NotInstalled(what, remedy="pip install 'dateline[model]', or name a file that ends in .gz.") from None


def _packer(path: Path) -> _Packer:
    if path.suffix == ".zst":
        return _Zstd()
    return _Gzip() if path.suffix == ".gz" else _Plain()


def lines_of(path: Path) -> list[bytes]:
    """The lines of a file with their line ends. An incomplete last line has none.

    Raises OSError, ValueError where it is damaged before its end, NotInstalled (DL-E010).
    """
    return _unpacked(path)[0].splitlines(keepends=True)


def _unpacked(path: Path) -> tuple[bytes, bool]:
    """The unpacked bytes of a file, and whether a packed file breaks off before its end."""
    raw = path.read_bytes()
    if path.suffix not in (".gz", ".zst"):
        return raw, False
    found: list[bytes] = []
    while raw:
        made = zlib.decompressobj(31) if path.suffix == ".gz" else _zstd().ZstdDecompressor()
        try:
            found.append(made.decompress(raw))
        except Exception as error:  # zlib and zstd have different error classes.
            raise ValueError(f"it is damaged: {error}") from None
        if not made.eof:
            return b"".join(found), True
        raw = made.unused_data
    return b"".join(found), False


class Appending:
    """A file to which lines are added; each is written out before the next. An incomplete end is repaired first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._packer: _Packer | None = None
        self._file: IO[bytes] | None = None

    def add(self, line: bytes) -> None:
        """Add a line. Raises OSError, ValueError, NotInstalled (DL-E010)."""
        if self._file is None or self._packer is None:
            _mend(self._path)
            self._packer = _packer(self._path)
            self._file = self._path.open("ab")
        self._file.write(self._packer.packed(line + b"\n"))
        self._file.flush()

    def close(self) -> None:
        """Close the file; a line that is added later opens it again."""
        if self._file is not None and self._packer is not None:
            self._file.write(self._packer.ending())
            self._file.close()
        self._file = self._packer = None


def _mend(path: Path) -> None:
    """Cut off an incomplete last line, so that the next line does not join it; repack a packed file that breaks off."""
    if not path.is_file() or not path.stat().st_size:
        return
    held, torn = _unpacked(path)
    lines, end, last = held.rpartition(b"\n")
    whole = lines + end + (last + b"\n" if last and _is_json(last) else b"")
    if whole == held and not torn:
        return
    packer = _packer(path)
    beside = path.with_name(f"{path.name}.mended")
    beside.write_bytes(packer.packed(whole) + packer.ending())
    beside.replace(path)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
