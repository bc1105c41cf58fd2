"""Backups: copy a ledger while others go on writing, and restore it without losing the old one."""

from __future__ import annotations

import gzip
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import text

from dateline.ledger.errors import BadExport, CorruptLedger, LedgerBusy, LedgerFull, told_plainly
from dateline.ledger.moving import exported, imported
from dateline.ledger.store import Store
from dateline.model.errors import CannotWrite, DatelineError
from dateline.model.files import drafted

#: The first bytes of a SQLite file, and of a gzip file.
_SQLITE, _GZIP = b"SQLite format 3\x00", b"\x1f\x8b"
#: Endings of the files that SQLite keeps beside a database: the write-ahead log and the journal. Committed data may be
#: in these files only.
_LOGS = ("-wal", "-journal")


def backup(store: Store, target: Path) -> None:
    """Copy a ledger as it is now, while others go on writing. The file appears whole or not at all.

    A SQLite file for SQLite, gzipped JSON lines for PostgreSQL. Raises CorruptLedger (DL-L002) where the ledger cannot
    be read, CannotWrite (DL-E007) where the backup cannot be written.
    """
    with store.reading():
        pass  # Opening it checks that the ledger exists and can be read.
    with _written_to(target), drafted(target) as draft:
        if store.is_sqlite:
            _copy(store, draft)
            return
        with store.reading() as connection, gzip.open(draft, "wt", encoding="utf-8", compresslevel=6) as out:
            out.writelines(f"{line}\n" for line in exported(connection))


def _copy(store: Store, draft: Path) -> None:
    """Copy a SQLite ledger, with the contents of its write-ahead log, into an empty file."""
    with told_plainly(store.name), store.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")  # VACUUM must run outside the transaction that our engine begins.
        connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))


@contextmanager
def _written_to(target: Path) -> Iterator[None]:
    """Turn errors of the disk into CannotWrite, which names the file that is written."""
    try:
        yield
    except LedgerFull as error:
        raise CannotWrite(error.what, where=str(target), remedy="Make room, or name another folder.") from None
    except OSError as error:
        raise CannotWrite(f"It cannot be written ({error.strerror}).", where=str(target)) from None


# ---------------------------------------------------------------- restore


def restore(source: Path, store: Store) -> Path | None:
    """Replace a ledger by a backup; returns where the old file was kept, if there was one.

    Raises CorruptLedger (DL-L002) where the backup itself is damaged, BadExport (DL-L011), CannotWrite (DL-E007); the
    ledger is then unchanged.
    """
    try:
        with source.open("rb") as head:
            first = head.read(len(_SQLITE))
    except OSError as error:
        raise BadExport(f"It cannot be read ({error.strerror}).", where=str(source)) from None
    if first == _SQLITE and store.path is not None:
        with _written_to(store.path):
            return _restore_file(source, store, store.path)
    if first == _SQLITE:
        raise BadExport("A SQLite file cannot be put into PostgreSQL.", remedy="Export it, and import that.")
    store.open(create=True)
    with _text(source, first) as lines, store.writing() as connection:
        imported(connection, lines)
    return None


def _text(source: Path, first: bytes) -> IO[str]:
    if first.startswith(_GZIP):
        return gzip.open(source, "rt", encoding="utf-8")
    return source.open(encoding="utf-8")


def _restore_file(source: Path, store: Store, path: Path) -> Path | None:
    found = Store(str(source))
    try:
        _check(found)
        with drafted(path) as draft:
            _copy(found, draft)
            _fold_in(store)
            return _set_aside(Path(os.path.realpath(path)))
    finally:
        found.close()


def _check(found: Store) -> None:
    """Check a backup; raises CorruptLedger (DL-L002) where it is damaged."""
    try:
        with found.reading() as connection:
            said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
    except CorruptLedger as error:
        said = error.what
    if said != "ok":
        raise CorruptLedger(f"The backup is damaged, too ({said}).", where=found.name, remedy="Try an older one.")


def _fold_in(store: Store) -> None:
    """Write the contents of the write-ahead log into the old ledger's file, if that is still possible.

    Raises LedgerBusy (DL-L004) while somebody is writing.
    """
    if store.path is not None and store.path.exists():
        try:
            with store.writing():
                pass  # Getting the lock shows that nobody else is writing.
            with told_plainly(store.name), store.engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except LedgerBusy:
            raise
        except DatelineError:
            pass  # The ledger is damaged: its log is kept beside it.
    store.close()


def _set_aside(path: Path) -> Path | None:
    """Rename a ledger's file, and the logs that belong to it; returns the new name, None where no file is there.

    The logs are renamed first. Otherwise SQLite would take them for the logs of the new ledger.
    """
    held = [tail for tail in (*_LOGS, "") if path.with_name(path.name + tail).exists()]
    kept = _free(path)
    for tail in held:
        path.with_name(path.name + tail).rename(kept.with_name(kept.name + tail))
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-shm").unlink()
    return kept if held else None


def _free(path: Path) -> Path:
    """A new name beside a file that no other file has, also no log."""
    for number in itertools.count(1):
        name = path.with_name(f"{path.name}.old-{number}")
        if not any(name.with_name(name.name + tail).exists() for tail in (*_LOGS, "")):
            break
    return name
