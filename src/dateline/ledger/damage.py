"""Find damage in a ledger: missing tables, changed rows, missing rows, and rows with an impossible end.

Each problem says how to repair it. Damage never stops the check: a row that cannot be read is a problem, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dateline.ledger.digests import SEALED, digest_of
from dateline.ledger.tables import (
    metadata,
)

#: How to repair: rows that were written (RESTORE), rows that are made from these (REMAKE), and users (USERS).
RESTORE = (
    "Restore the last backup that is whole: `dateline ledger restore BACKUP` (the damaged ledger is kept aside), and "
    "add again what came after it. Without a backup, take the report out and add it again."
)
REMAKE = (
    "Nothing that was written is lost: `dateline ledger export --out all.jsonl`, then `dateline ledger import "
    "all.jsonl --ledger NEW` makes it anew."
)
USERS = "Give the user a role and a password again (`dateline users add NAME`), and new tokens (`users token NAME`)."


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a ledger: where it is, what it is, and how to repair it."""

    where: str
    what: str
    mend: str = RESTORE

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


Part = Callable[[Connection], Iterator[Problem]]


def guarded(connection: Connection, name: str, found: Iterator[Problem], mend: str = RESTORE) -> Iterator[Problem]:
    """The problems that a part of the check finds. A row that it cannot read or understand is a problem, too.

    Each part runs in a savepoint, because PostgreSQL accepts no further query after an error.
    """
    try:
        with connection.begin_nested():
            yield from understood(name, found, mend)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        yield Problem(name, f"cannot be read ({_first_line(error.orig)})", mend)


def understood(name: str, found: Iterator[Problem], mend: str = RESTORE) -> Iterator[Problem]:
    """Do what `guarded` does, for a single row that was read: any error, except one of the database, is a problem."""
    try:
        yield from found
    except DBAPIError:
        raise
    except Exception as error:
        yield Problem(name, f"cannot be understood ({type(error).__name__}: {_first_line(error)})", mend)


def _first_line(error: object) -> str:
    return next(iter(str(error).strip().splitlines()), "")[:200]


def missing_tables(connection: Connection) -> Iterator[Problem]:
    """Problems where tables or columns are missing."""
    there = inspect(connection)
    names = set(there.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in names:
            yield Problem(f"table {table.name}", "is missing")
            continue
        lost = {column.name for column in table.columns} - {c["name"] for c in there.get_columns(table.name)}
        if lost:
            yield Problem(f"table {table.name}", f"lacks {', '.join(sorted(lost))}")


def file_problems(connection: Connection) -> Iterator[Problem]:
    """Problems that SQLite itself finds in its file: in pages and indices, and foreign keys without a row."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield Problem("file", said)
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem(f"{row[0]}, row {row[1]}", f"names a row of {row[2]} that is not there")


# ---------------------------------------------------------------- rows that are not what was written

#: Table -> a function that names a row of it for people.
_CALLED: dict[str, Callable[[Any], str]] = {
    "revisions": lambda r: f"revision {r['number']} ({r['kind']}, by {r['by']}, {r['at']})",
    "reports": lambda r: f"report {r['uri']}",
    "codings": lambda r: f"what was read in report number {r['report']} (coding {r['num']})",
    "accounts": lambda r: f"account {r['key']}",
    "judgements": lambda r: f"judgement {r['num']} ({r['kind']}, by {r['by']}, {r['at']})",
    "judged": lambda r: f"judgement {r['judgement']}, of account {r['account']}",
    "rules": lambda r: f"rules of revision {r['revision']}",
    "weights": lambda r: f"weights of revision {r['revision']}",
    "coders": lambda r: f"the coder chosen in revision {r['revision']}",
    "readings": lambda r: f"what {r['coder']} read in report number {r['report']} (reading {r['num']})",
    "removals": lambda r: f"removal of report {r['report']}",
    "successions": lambda r: f"what became of {r['uri']} ({r['at']})",
    "access": lambda r: f"access to report {r['report']} ({r['at']}, by {r['by']})",
    "custody": lambda r: f"entry {r['num']} of the custody log (report {r['report']}, {r['act']}, {r['at']})",
    "versions": lambda r: f"event {r['event']}, as of revision {r['revision']}",
    "redirects": lambda r: f"event {r['event']}, which leads to {r['into']}",
    "compared": lambda r: f"what is compared of coding {r['coding']}",
    "pairs": lambda r: f"pair of accounts number {r['a']} and {r['b']}",
    "related": lambda r: f"accounts number {r['a']} and {r['b']} of a report",
    "users": lambda r: f"user {r['name']}",
    "keys": lambda r: f"{r['kind']} {r['name']!r} of user {r['user']}",
    "audit": lambda r: f"line {r['num']} of the audit log ({r['at']}, {r['user']})",
    "saved": lambda r: f"saved query {r['name']!r}",
}
_MENDS = {
    "compared": REMAKE, "pairs": REMAKE, "related": REMAKE,
    "users": USERS, "keys": USERS, "saved": "Save the query again on the page.",
    "audit": "Restore the last backup that is whole; the audit log is kept nowhere else.",
}  # fmt: skip


def changed_rows(connection: Connection) -> Iterator[Problem]:
    """Problems where a row has changed since it was written: its digest does not fit (digests.py)."""
    for table in SEALED:
        mend = _MENDS.get(table.name, RESTORE)
        yield from guarded(connection, f"table {table.name}", _changed(connection, table), mend)


def _changed(connection: Connection, table: Table) -> Iterator[Problem]:
    mend = _MENDS.get(table.name, RESTORE)
    for key, row in _rows(connection, table):
        if row is None:
            yield Problem(f"table {table.name}, row {key}", "cannot be read", mend)
        elif row["digest"] is None:
            yield Problem(_called(table, row), "bears no digest, so nobody can tell whether it was changed", mend)
        elif row["digest"] != _digest(table, row):
            yield Problem(_called(table, row), "is not what was written", mend)


def _called(table: Table, row: RowMapping) -> str:
    return " ".join(_CALLED[table.name](row).split())[:200]


def _digest(table: Table, row: RowMapping) -> int | None:
    try:
        return digest_of(table, dict(row))
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None  # A value has another type than its column.


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, RowMapping | None]]:
    """All rows of a table, with their keys. If they cannot be read together, they are read one by one, to find the bad
    ones."""
    own = list(table.primary_key.columns)
    read = 0
    try:
        with connection.begin_nested():
            query = select(table).order_by(*own).execution_options(yield_per=500)
            for row in connection.execute(query).mappings():
                read += 1
                yield None, row
            return
    except SQLAlchemyError:
        keys = connection.execute(select(*own).order_by(*own)).all()[read:]
    for key in keys:
        query = select(table).where(and_(*(column == value for column, value in zip(own, key, strict=True))))
        found: RowMapping | None = None
        with suppress(SQLAlchemyError), connection.begin_nested():
            found = connection.execute(query).mappings().first()
        yield key[0] if len(key) == 1 else tuple(key), found


# ---------------------------------------------------------------- rows that are missing


# ---------------------------------------------------------------- ends
