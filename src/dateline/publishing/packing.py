"""The files of a zip archive, each with its table, size and checksum. Equal files give equal bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from dateline.publishing import tables
from dateline.publishing.columns import Value

#: The time of all files in an edition: the earliest time that a zip file can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class _Hashed:
    """A stream that computes the SHA-256 and the length of what is written to it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._stream.write(data)

    def tell(self) -> int:
        return self.size

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self.closed = True


class Pack:
    """The files of a zip archive, each written as it is made. Of each file, its table, size and checksum are kept."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, tuple[str, int, str]] = {}

    @contextmanager
    def file(self, name: str, table: str = "") -> Iterator[Any]:
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as stream:
            hashed = _Hashed(stream)
            yield hashed
        self.files[name] = (table, hashed.size, hashed.digest.hexdigest())

    def table(self, name: str) -> Any:
        return self.file(f"{name}.csv", name)

    def rows(self, name: str, rows: Iterable[Sequence[Value]]) -> None:
        with self.table(name) as stream:
            tables.write_csv(stream, tables.head(name), rows)

    def write(self, name: str, text: str) -> None:
        with self.file(name) as stream:
            stream.write(text.encode())
