"""The table of what happened to stories at their addresses: corrected, gone, back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from dateline.ledger.digests import rewrite, said_of
from dateline.ledger.rows import chunks, insert, next_number
from dateline.ledger.tables import successions


def succeed(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write what happened to a story."""
    insert(connection, successions, [{"num": next_number(connection, successions), **row}])


def superseded(connection: Connection, keys: Iterable[str]) -> set[str]:
    """The reports (by key) among these that a later version has replaced."""
    latest: dict[str, bool] = {}
    for some in chunks(sorted(set(keys))):
        own = or_(successions.c.before.in_(some), successions.c.after.in_(some))
        query = select(successions.c.before, successions.c.after).where(own).order_by(successions.c.num)
        for before, after in connection.execute(query):
            latest[before] = after not in (None, before)
            if after is not None:
                latest[after] = False
    return {key for key, gone in latest.items() if gone} & set(keys)


def line_of(connection: Connection, key: str) -> list[dict[str, Any]]:
    """What happened to a report (by key) and to the versions before and after it, the oldest first."""
    known = {key}
    rows: dict[int, dict[str, Any]] = {}
    while True:
        own = or_(successions.c.before.in_(known), successions.c.after.in_(known))
        found = connection.execute(select(*said_of(successions)).where(own)).mappings().all()
        rows |= {row["num"]: dict(row) for row in found}
        reached = known | {k for row in found for k in (row["before"], row["after"]) if k}
        if reached == known:
            return [rows[num] for num in sorted(rows)]
        known = reached


def forget_words(connection: Connection, keys: Iterable[str]) -> None:
    """Delete the stored differences of purged versions, because they quote their texts."""
    for key in keys:
        rewrite(connection, successions, or_(successions.c.before == key, successions.c.after == key), diff=None)
