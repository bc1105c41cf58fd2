"""Original bytes, kept beside the ledger if the user wants so. Each is named by its SHA-256, so equal bytes are kept
once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dateline.ledger import Ledger
from dateline.model.errors import CannotWrite
from dateline.model.files import whole_file

#: The ending that is added to a ledger's name to name the folder of its originals.
_TAIL = ".originals"


def beside(ledger: str) -> Path:
    """The folder for a ledger's originals: beside the ledger's file; for a ledger on a server, in the working
    folder."""
    return Path("originals") if "://" in ledger else Path(f"{ledger}{_TAIL}")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The result for the original bytes of purged reports: how many were deleted, how many stay because they also
    belong to another report, and how many are not in the folder."""

    deleted: int
    shared: int
    elsewhere: int


class Originals:
    """A folder of originals."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes, ending: str = "") -> str:
        """Keep bytes; returns their name, the SHA-256 and the ending. Raises CannotWrite (DL-E007)."""
        name = f"{hashlib.sha256(data).hexdigest()}{ending}"
        self._put(name, data)
        return name

    def keep_page(self, record: bytes, digest: str) -> str:
        """Keep a page as a WARC record, under the SHA-256 of the page's own bytes. Raises CannotWrite (DL-E007)."""
        name = f"{digest}.warc.gz"
        self._put(name, record)
        return name

    def _put(self, name: str, data: bytes) -> None:
        path = self._path(name)
        if path.exists():
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path, "wb") as stream:
                stream.write(data)
        except OSError as error:
            raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(path)) from None

    def read(self, name: str) -> bytes | None:
        """The bytes with this name; None where they are not kept."""
        path = self._path(name)
        return path.read_bytes() if path.is_file() else None

    def forget(self, name: str) -> None:
        """Delete bytes for good."""
        self._path(name).unlink(missing_ok=True)

    def forget_purged(self, ledger: Ledger, revision: int) -> Forgotten:
        """Delete the bytes of the reports that were purged in a revision, unless they are also another report's."""
        names = ledger.purged_originals(revision)
        here = [name for name in names if self._path(name).is_file()]
        gone = [name for name in here if not names[name]]
        for name in gone:
            self.forget(name)
        return Forgotten(len(gone), len(here) - len(gone), len(names) - len(here))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / Path(name).name
