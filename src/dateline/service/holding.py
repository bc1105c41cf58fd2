"""Keeps a ledger's SQLite file open as long as the ledger is served.

When its last connection is closed, SQLite writes the log of changes (WAL) into the file and deletes the log; other
connections must wait meanwhile. Each request has a connection of its own, so without one more open connection this
would happen between any two requests.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from dateline.ledger.store import Store


class Holding:
    """One more connection to the SQLite file, which is never used for a query. With PostgreSQL there is none."""

    def __init__(self, store: Store) -> None:
        self._path = store.path
        self._connection: sqlite3.Connection | None = None
        if self._path is not None:
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            self._file = self._path.stat().st_ino
            store.keep_connections()

    def close(self) -> None:
        """Close the connection, unless another file has taken the place of ours (`dateline ledger restore`).

        In that case the log belongs to the other file and must not be deleted. The system closes our connection when
        the process ends.
        """
        if self._connection is None or self._path is None:
            return
        with suppress(FileNotFoundError):
            if self._path.stat().st_ino == self._file:
                self._connection.close()
