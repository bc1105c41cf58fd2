"""The state of a watch, in a SQLite file: when each source and story is due, and what it said last.

A story's row changes only after the ledger has the story. What was interrupted before that is done again, and the
ledger skips what it has. Only one process holds the file at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.watch.errors import BadState, WatchRuns
from dateline.watch.feeds import Entry

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sources (
  url TEXT PRIMARY KEY, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, etag TEXT, modified TEXT,
  last_ok REAL, error TEXT, gone INTEGER NOT NULL DEFAULT 0, polls INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS stories (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, due REAL, state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0, visits INTEGER NOT NULL DEFAULT 0, missing INTEGER NOT NULL DEFAULT 0,
  etag TEXT, modified TEXT, mark TEXT NOT NULL DEFAULT '', uri TEXT, text TEXT, day TEXT, title TEXT, error TEXT,
  seen REAL NOT NULL);
CREATE INDEX IF NOT EXISTS stories_due ON stories (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS robots (
  host TEXT PRIMARY KEY, status INTEGER NOT NULL, body TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (
  id TEXT NOT NULL, way TEXT NOT NULL, notice TEXT NOT NULL, body TEXT NOT NULL, due REAL NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0, error TEXT, done REAL, PRIMARY KEY (id, way));
"""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to fetch: a source, or a story of a source. `etag` and `modified` let the server answer that nothing is
    new; `mark` is what the feed gave the story."""

    url: str
    source: str
    is_story: bool
    etag: str | None
    modified: str | None
    mark: str | None = None


class State:
    """The state file. Raises WatchRuns (DL-W002), BadState (DL-W003)."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=1.0, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise WatchRuns("Another process watches by it.", where=path) from None
            raise BadState(f"It cannot be opened ({error}).", where=path) from None
        except (sqlite3.DatabaseError, OSError) as error:
            raise BadState(f"It cannot be opened ({error}).", where=path) from None
        if int(self.meta("version", str(_VERSION))) > _VERSION:
            raise BadState("A newer dateline made it.", where=path)
        self.set_meta("version", str(_VERSION))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # ------------------------------------------------------------ what is kept by name

    def meta(self, name: str, default: str = "") -> str:
        """A value by its name."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return default if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value by its name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # ------------------------------------------------------------ what is due

    def know(self, urls: Iterable[str]) -> None:
        """Enter the sources of the settings file that are new. Rows of sources that left the file stay; the watcher
        skips them."""
        self._db.executemany("INSERT OR IGNORE INTO sources (url) VALUES (?)", [(url,) for url in urls])

    def put_back(self, by: float) -> None:
        """Move all due times back by `by` seconds, because the clock was put back by so much."""
        for table in ("sources", "stories", "outbox"):
            self._db.execute(f"UPDATE {table} SET due = due - ? WHERE due IS NOT NULL", (by,))

    def due_sources(self, now: float, whatever: bool) -> list[Job]:
        """The sources to ask now. `whatever`: also those that are not due yet, unless they failed last time."""
        query = "SELECT * FROM sources WHERE gone = 0 AND (due <= ? OR (? AND failures = 0)) ORDER BY due, url"
        return [_job(row, row["url"], False) for row in self._db.execute(query, (now, whatever))]

    def due_stories(self, now: float, most: int, without: Sequence[str] = ()) -> list[Job]:
        """The stories to fetch now, the longest due first. Stories of the sources in `without` are left out."""
        kept = f"source NOT IN ({', '.join('?' * len(without))})"
        query = f"SELECT * FROM stories WHERE due <= ? AND url <> source AND {kept} ORDER BY due, seen, url LIMIT ?"
        return [_job(row, row["source"], True) for row in self._db.execute(query, (now, *without, most))]

    # ------------------------------------------------------------ sources

    def source(self, url: str) -> sqlite3.Row:
        """What is known of a source."""
        row: sqlite3.Row = self._db.execute("SELECT * FROM sources WHERE url = ?", (url,)).fetchone()
        return row

    def source_answered(self, url: str, now: float, due: float, etag: str | None, modified: str | None) -> None:
        """Note that a source gave a good answer, or said that nothing is new."""
        self._db.execute(
            "UPDATE sources SET due = ?, failures = 0, etag = ?, modified = ?, last_ok = ?, error = NULL, "
            "polls = polls + 1 WHERE url = ?",
            (due, etag, modified, now, url),
        )

    def source_failed(self, url: str, due: float, error: str, gone: bool = False) -> None:
        """Note that a source did not give a good answer."""
        self._db.execute(
            "UPDATE sources SET due = ?, failures = failures + 1, error = ?, gone = ?, polls = polls + 1 WHERE url = ?",
            (due, error, gone, url),
        )

    # ------------------------------------------------------------ stories

    def take(self, source: str, entries: Iterable[Entry], now: float) -> int:
        """Enter the stories of a source. New stories are due now, and so are stories that their feed marks as changed.
        Returns how many are new."""
        fresh = 0
        self._db.execute("BEGIN")
        for one in entries:
            row = self._db.execute("SELECT mark, state FROM stories WHERE url = ?", (one.url,)).fetchone()
            if row is None:
                fresh += 1
                self._db.execute(
                    "INSERT INTO stories (url, source, due, mark, day, title, seen) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (one.url, source, now, one.mark, one.day, one.title, now),
                )
            elif row["mark"] != one.mark:
                again = row["state"] in ("done", "silent", "failed", "rejected")
                self._db.execute(
                    "UPDATE stories SET mark = ?, title = ?, due = CASE WHEN ? THEN ? ELSE due END, tries = 0 "
                    "WHERE url = ?",
                    (one.mark, one.title, again, now, one.url),
                )
        self._db.execute("COMMIT")
        return fresh

    def story(self, url: str) -> sqlite3.Row | None:
        """What is known of a story; None where it is unknown."""
        row: sqlite3.Row | None = self._db.execute("SELECT * FROM stories WHERE url = ?", (url,)).fetchone()
        return row

    def set_story(self, url: str, **values: Any) -> None:
        """Keep what became of a story."""
        names = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(f"UPDATE stories SET {names} WHERE url = ?", (*values.values(), url))

    def counted(self) -> dict[str, int]:
        """The number of stories in each state."""
        query = "SELECT state, count(*) FROM stories GROUP BY state ORDER BY state"
        return {row[0]: row[1] for row in self._db.execute(query)}

    def all_sources(self) -> list[dict[str, Any]]:
        """What is known of all sources."""
        return [dict(row) for row in self._db.execute("SELECT * FROM sources ORDER BY url")]

    # ------------------------------------------------------------ robots, notices

    def robots(self, host: str) -> sqlite3.Row | None:
        """What a host's robots.txt said, and when."""
        row: sqlite3.Row | None = self._db.execute("SELECT * FROM robots WHERE host = ?", (host,)).fetchone()
        return row

    def set_robots(self, host: str, status: int, body: str, at: float) -> None:
        """Keep what a host's robots.txt said."""
        self._db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", (host, status, body, at))

    def put(self, rows: Iterable[tuple[str, str, str, str]], meta: tuple[str, str]) -> None:
        """Put notices (id, way, name of the notice, body) into the outbox, each once. `meta` (name, value) keeps up to
        which revision notices were made."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO outbox (id, way, notice, body) VALUES (?, ?, ?, ?)", rows)
        self.set_meta(*meta)
        self._db.execute("COMMIT")

    def to_send(self, now: float) -> list[sqlite3.Row]:
        """The notices to deliver now."""
        return self._db.execute(
            "SELECT * FROM outbox WHERE done IS NULL AND due <= ? ORDER BY rowid", (now,)
        ).fetchall()

    def sent(self, number: str, way: str, now: float) -> None:
        """Note that a notice was delivered."""
        self._db.execute("UPDATE outbox SET done = ?, error = NULL WHERE id = ? AND way = ?", (now, number, way))

    def not_sent(self, number: str, way: str, due: float, error: str) -> None:
        """Note that a notice was not delivered."""
        self._db.execute(
            "UPDATE outbox SET due = ?, tries = tries + 1, error = ? WHERE id = ? AND way = ?",
            (due, error, number, way),
        )

    def told(self, notice: str, most: int) -> list[sqlite3.Row]:
        """The newest notices of one kind, whether they were delivered or not."""
        query = "SELECT id, body FROM outbox WHERE notice = ? AND way = 'atom' ORDER BY rowid DESC LIMIT ?"
        return self._db.execute(query, (notice, most)).fetchall()


def _job(row: sqlite3.Row, source: str, is_story: bool) -> Job:
    return Job(row["url"], source, is_story, row["etag"], row["modified"], row["mark"] if is_story else None)
