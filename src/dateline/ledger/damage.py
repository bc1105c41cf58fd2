"""Find damage in a ledger: missing tables, changed rows, missing rows, and rows with an impossible end.

Each problem says how to repair it. Damage never stops the check: a row that cannot be read is a problem, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, func, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dateline.ledger.digests import COUNTED, NUMBERED, SEALED, digest_of
from dateline.ledger.store import newest
from dateline.ledger.tables import (
    accounts,
    codings,
    judged,
    judgements,
    members,
    metadata,
    redirects,
    removals,
    revisions,
    versions,
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


def missing_rows(connection: Connection) -> Iterator[Problem]:
    """Problems where revisions or rows are missing."""
    count = connection.execute(select(func.count()).select_from(revisions)).scalar_one()
    last = newest(connection)
    if count != last:
        yield Problem("revisions", f"{last - count} of {last} are missing")
    purged = is_purged(connection)
    for table in NUMBERED:
        held, highest = connection.execute(select(func.count(), func.max(table.c.num)).select_from(table)).one()
        if held < (highest or 0) and not (purged and table is versions):
            yield Problem(f"table {table.name}", f"{highest - held} of {highest} rows are missing")
    kept = connection.execute(
        select(revisions.c.number, revisions.c.upto).where(revisions.c.upto.is_not(None)).order_by(revisions.c.number)
    ).all()
    for table in (*NUMBERED, *COUNTED):
        if not (purged and table is versions):
            yield from _reaching(connection, table, [(number, json.loads(upto)) for number, upto in kept])


def is_purged(connection: Connection) -> bool:
    """Was a report ever purged? Then past versions of events were deleted on purpose, too."""
    return connection.execute(select(removals.c.report).where(removals.c.purged).limit(1)).first() is not None


def _reaching(connection: Connection, table: Table, kept: list[tuple[int, dict[str, int]]]) -> Iterator[Problem]:
    """Problems where a table has more or fewer rows after a revision than the revision recorded (`upto`)."""
    of = judgements.c.revision if table is judged else table.c.revision
    size = func.max(table.c.num) if table in NUMBERED else func.count()
    source = table.join(judgements) if table is judged else table
    written = dict(connection.execute(select(of, size).select_from(source).group_by(of)).all())
    reached, at = 0, 0
    for number, upto in kept:
        for revision in range(at + 1, number + 1):
            one = written.get(revision, 0)
            reached = max(reached, one) if table in NUMBERED else reached + one
        at = number
        if reached != upto.get(table.name, reached):
            yield Problem(
                f"table {table.name}", f"has {reached} rows as of revision {number}, which left {upto[table.name]}"
            )
            return


# ---------------------------------------------------------------- ends


_ENDS = (codings.c.retired, accounts.c.retired, versions.c.ended, redirects.c.ended, judgements.c.withdrawn)


def wrong_ends(connection: Connection) -> Iterator[Problem]:
    """Problems where the end of a row contradicts other rows: ends of codings, accounts, judgements, versions and
    redirects."""
    for end in _ENDS:
        table = end.table
        for num in connection.execute(select(table.c.num).where(end <= table.c.revision)).scalars():
            yield Problem(f"{table.name}, row {num}", "ends before it begins")
    ends = func.coalesce(accounts.c.retired, 0) != func.coalesce(codings.c.retired, 0)
    for key in connection.execute(select(accounts.c.key).join_from(accounts, codings).where(ends)).scalars():
        yield Problem(f"account {key}", "ends at another revision than what was read with it")
    yield from _withdrawn(connection)
    yield from _led_on(connection)
    yield from _lives(connection)


def _led_on(connection: Connection) -> Iterator[Problem]:
    back = select(versions.c.num).where(versions.c.event == redirects.c.event, versions.c.revision == redirects.c.ended)
    lost = select(redirects).where(redirects.c.ended.is_not(None), ~back.exists())
    # After a purge no such problem is reported: the version that came back may have been deleted with the report.
    for row in () if is_purged(connection) else connection.execute(lost).mappings():
        yield Problem(
            f"event {row['event']}", f"led to {row['into']} until revision {row['ended']}, and nothing came back"
        )
    now = select(redirects.c.event).where(redirects.c.ended.is_(None)).group_by(redirects.c.event)
    for event in connection.execute(now.having(func.count() > 1)).scalars():
        yield Problem(f"event {event}", "leads to two others at once")


def _withdrawn(connection: Connection) -> Iterator[Problem]:
    by = judgements.alias("by")
    pairs = select(judgements.c.num, judgements.c.withdrawn, by.c.revision).join_from(
        judgements, by, by.c.withdraws == judgements.c.num, isouter=True
    )
    wrong = func.coalesce(judgements.c.withdrawn, 0) != func.coalesce(by.c.revision, 0)
    for num, withdrawn, revision in connection.execute(pairs.where(wrong)):
        said = f"says that it was withdrawn in revision {withdrawn}" if withdrawn else "is not withdrawn"
        told = f"revision {revision} withdraws it" if revision else "no judgement does so"
        yield Problem(f"judgement {num}", f"{said}, and {told}")


def _lives(connection: Connection) -> Iterator[Problem]:
    """Problems where an account is not in exactly one event at each revision from its first to its last."""
    purged = is_purged(connection)
    lives = {
        num: (key, begins, ends)
        for num, key, begins, ends in connection.execute(
            select(accounts.c.num, accounts.c.key, accounts.c.revision, accounts.c.retired)
        )
    }
    query = select(members.c.account, versions.c.revision, versions.c.ended).join_from(members, versions)
    reached: dict[int, int | None] = {num: begins for num, (_, begins, _) in lives.items()}
    told: set[int] = set()
    for account, begins, ends in connection.execute(query.order_by(members.c.account, versions.c.revision)):
        at = reached.get(account)
        reached[account] = ends
        if account in lives and account not in told and (at is None or begins < at or (begins > at and not purged)):
            told.add(account)
            when = "all of its life" if at is None else f"revisions {min(at, begins)} to {max(at, begins)}"
            yield Problem(f"account {lives[account][0]}", f"is in two events, or in none, in {when}")
    for num, end in reached.items():
        key, _, ends = lives[num]
        # The last versions with the account may have been deleted because they quoted a purged report.
        cut_short = purged and end is not None and ends is not None and end < ends
        if end != ends and num not in told and not cut_short:
            yield Problem(f"account {key}", "is in an event for longer, or not for as long, as it was there")
