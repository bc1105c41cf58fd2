"""A ledger's file that stays open as long as it is served.

SQLite tidies up whenever its last connection goes: it writes the log of changes into the file and deletes it; whoever
comes meanwhile waits, asleep. Requests have connections of their own, so between two of them that would be each time.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from dateline.ledger.store import Store


class Holding:
    """One more connection, on which nothing is asked. With PostgreSQL there is none."""

    def __init__(self, store: Store) -> None:
        self._path = store.path
        self._connection: sqlite3.Connection | None = None
        if self._path is not None:
            self._connection = sqlite3.connect(self._path, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            self._file = self._path.stat().st_ino
            store.keep_connections()

    def close(self) -> None:
        """Let the file go, unless another stands in its place (`dateline ledger restore`): then the log is the other's,
        and must not be deleted. The system closes ours when the process ends."""
        if self._connection is None or self._path is None:
            return
        with suppress(FileNotFoundError):
            if self._path.stat().st_ino == self._file:
                self._connection.close()
