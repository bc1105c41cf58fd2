"""Damage of a ledger: revisions or rows that are missing."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select

from dateline.ledger.damage import Problem
from dateline.ledger.digests import COUNTED, NUMBERED
from dateline.ledger.store import newest
from dateline.ledger.tables import judged, judgements, removals, revisions, versions


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
