"""Writes tables into an SQLite file, with the same bytes from every version of SQLite."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from dateline.publishing.columns import Column, tables
from dateline.publishing.levels import Table

#: The offset at which the header of an SQLite file holds the version that wrote it (sqlite.org/fileformat.html), and
#: the version that is written there in our files.
_VERSION_AT, _VERSION = 96, (3_040_000).to_bytes(4, "big")
_KINDS = {"number": "REAL", "day": "DATE"}


def filled(out: IO[bytes], fill: Callable[[sqlite3.Connection], int]) -> int:
    """Fill a new database in a temporary file and copy it to `out`; gives what `fill` gives."""
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        path = Path(folder) / "made.sqlite"
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA page_size = 4096")
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("BEGIN")
            count = fill(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
        with path.open("r+b") as made:
            made.seek(_VERSION_AT)
            made.write(_VERSION)
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)
    return count


def create(connection: sqlite3.Connection, table: Table, extra: str = "") -> None:
    """Make an empty table. Where its key is one column, that column is the primary key."""
    key = tables()[table.name].key if table.name in tables() else ()
    made = [f"{quoted(c.name)} {_kind(c)}" for c in table.columns]
    if len(key) == 1 and key[0] in {c.name for c in table.columns} and not extra:
        made.append(f"PRIMARY KEY ({quoted(key[0])})")
    body = ", ".join([extra, *made] if extra else made)
    connection.execute(f"CREATE TABLE {quoted(table.name)} ({body})")


def _kind(column: Column) -> str:
    return _KINDS.get(column.kind, "TEXT")


def quoted(name: str) -> str:
    """A name in quotes, for SQL."""
    return '"' + name.replace('"', '""') + '"'


def insert(connection: sqlite3.Connection, table: Table, rows: Iterable[tuple[object, ...]], extra: str = "") -> int:
    """Write rows into the table; gives their number."""
    names = [extra] * bool(extra) + [quoted(c.name) for c in table.columns]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {quoted(table.name)} ({', '.join(names)}) VALUES ({marks})"
    return connection.executemany(statement, rows).rowcount
