"""Digests of rows: they show whether a row still is what was written.

Each row of a table in `SEALED` has a digest: 63 bits of the SHA-256 of its columns, made when it is written
(rows.insert). Code that changes a row on purpose computes the digest again (`rewrite`). Columns that are set later
(`ended`, `retired`, `withdrawn`) are left out of the digest, and are checked against other rows. Tables that are
quickly made from these rows (claims, places, ...) have no digests: `dateline ledger check` makes them again and
compares (remade.py).

Missing rows show by their numbers: each revision keeps the highest number of each table (`upto`).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Table,
    and_,
    bindparam,
    func,
    inspect,
    select,
    update,
)

from dateline.ledger.tables import (
    MADE,
    WRITTEN,
    access,
    accounts,
    audit,
    coders,
    codings,
    compared,
    custody,
    judged,
    judgements,
    keys,
    members,
    pairs,
    readings,
    redirects,
    related,
    removals,
    reports,
    revisions,
    rules,
    saved,
    successions,
    users,
    versions,
    weights,
)
from dateline.model.batches import batches

#: The tables with digests. `members` has none: it repeats what the bodies of versions say, and is compared with them.
SEALED = tuple(t for t in (*WRITTEN, compared, pairs, related, users, keys, audit, saved) if t is not members)
#: Columns that hold digests and highest numbers, and columns that are set when a row ends.
SEALS, _LATER = ("digest", "upto"), ("ended", "retired", "withdrawn")
#: Rows that are sealed at once.
_BATCH = 500
#: Tables with rows numbered from 1, without gaps except for purged rows.
NUMBERED = (reports, codings, accounts, judgements, readings, successions, access, versions, redirects)
#: This table is checked in custody.py, because rows are also written to it between revisions.
LOG = custody
#: Other tables from which no row is ever deleted.
COUNTED = (judged, rules, weights, coders, removals)


def said_of(table: Table) -> list[ColumnElement[Any]]:
    """The columns of a table, without SEALS."""
    return [column for column in table.columns if column.name not in SEALS]


def digest_of(table: Table, row: Mapping[str, Any]) -> int:
    """The digest of a row. It is the same on both databases, and before and after the row is written."""
    said = [table.name]
    for name, plain, default in _lasting(table):
        value = row.get(name, default)
        if value is not None:  # So a column that a later version adds (null in old rows) changes no digest.
            said += [name, plain(value)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


@cache
def _lasting(table: Table) -> list[tuple[str, Callable[[Any], Any], Any]]:
    """Name, conversion to JSON and default of each column that is written once, in order of the names."""
    found = []
    for column in sorted(table.columns, key=lambda c: c.name):
        if column.name not in (*SEALS, *_LATER) and column not in set(MADE):
            default = getattr(column.default, "arg", None)
            found.append((column.name, _form(column.type), default))
    return found


def _form(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, LargeBinary):
        return lambda value: base64.b64encode(value).decode()
    return bool if isinstance(kind, Boolean) else float if isinstance(kind, Float) else (
        int if isinstance(kind, Integer) else str
    )  # fmt: skip


def sealed(table: Table, rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows with their digests. A row that already has one (from an export) keeps it."""
    return [row if row.get("digest") is not None else {**row, "digest": digest_of(table, row)} for row in rows]


def rewrite(connection: Connection, table: Table, which: ColumnElement[bool], **values: Any) -> None:
    """Change values of rows, and compute the digests of these rows again."""
    for row in connection.execute(select(table).where(which)).mappings().all():
        own = and_(*(column == row[column.name] for column in table.primary_key.columns))
        digest = digest_of(table, {**row, **values})
        connection.execute(update(table).where(own).values(**values, digest=digest))


# ---------------------------------------------------------------- numbers


def tables_there(connection: Connection) -> set[str]:
    """The tables that exist. While an older ledger is upgraded, newer tables are missing."""
    return set(inspect(connection).get_table_names())


def numbers(connection: Connection) -> dict[str, int]:
    """The highest number in each table of NUMBERED, and the number of rows in each table of COUNTED."""
    there = tables_there(connection)
    numbered = [t for t in (*NUMBERED, LOG) if t.name in there]
    found = {t.name: int(connection.execute(select(func.max(t.c.num))).scalar() or 0) for t in numbered}
    counts = {t.name: select(func.count()).select_from(t) for t in COUNTED if t.name in there}
    return found | {name: connection.execute(query).scalar_one() for name, query in counts.items()}


def close_revision(connection: Connection) -> None:
    """Store the highest numbers with the newest revision, if the current write made this revision."""
    newest = select(revisions.c.number, revisions.c.upto).order_by(revisions.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is not None and row.upto is None:
        upto = json.dumps(numbers(connection))
        connection.execute(update(revisions).where(revisions.c.number == row.number).values(upto=upto))


def seal_all(connection: Connection) -> None:
    """Give all rows their digests, for a ledger of a version without digests. What it holds now counts as written."""
    there = tables_there(connection)
    for table in (one for one in SEALED if one.name in there):
        own = list(table.primary_key.columns)
        put = update(table).where(and_(*(c == bindparam(f"its_{c.name}") for c in own)))
        put = put.values(digest=bindparam("its_digest"))
        firsts = select(own[0]).distinct().order_by(own[0])
        for some in batches(connection.execute(firsts).scalars().all(), _BATCH):
            rows = connection.execute(select(table).where(own[0].in_(some))).mappings().all()
            found = [(row, digest_of(table, dict(row))) for row in rows]
            values = [{**{f"its_{c.name}": row[c.name] for c in own}, "its_digest": it} for row, it in found]
            connection.execute(put, values)
    close_revision(connection)
