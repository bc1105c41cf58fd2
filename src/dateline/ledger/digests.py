"""Digests of rows: whether what stands in a table is what was written into it.

Each row of a table in `SEALED` bears 63 bits of the SHA-256 of what it says, made when it is written (rows.insert).
Whoever changes a row on purpose makes its digest anew (`rewrite`); what time alone adds (`ended`, `retired`,
`withdrawn`) is left out, and is checked against other rows. What is quickly made of these rows (claims, places, ...)
bears none: `dateline ledger check` makes it again and compares (remade.py).

That no row is missing is seen by the numbers: a revision keeps the highest number of each table (`upto`).
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

#: `members` says what the bodies of versions say: it is compared with them.
SEALED = tuple(t for t in (*WRITTEN, compared, pairs, related, users, keys, audit, saved) if t is not members)
#: Columns that seal, and that are set when something ends.
SEALS, _LATER = ("digest", "upto"), ("ended", "retired", "withdrawn")
#: Rows that are sealed at once.
_BATCH = 500
#: Tables whose rows are numbered from 1 on, without gaps but for what was purged.
NUMBERED = (reports, codings, accounts, judgements, readings, successions, access, versions, redirects)
#: Rows of this one are written between revisions, too: custody.py looks at them.
LOG = custody
#: Other tables of which no row ever goes.
COUNTED = (judged, rules, weights, coders, removals)


def said_of(table: Table) -> list[ColumnElement[Any]]:
    """The columns of a table, without those that seal it."""
    return [column for column in table.columns if column.name not in SEALS]


def digest_of(table: Table, row: Mapping[str, Any]) -> int:
    """The digest of a row; the same on both databases, and for a row that is still to be written."""
    said = [table.name]
    for name, plain, default in _lasting(table):
        value = row.get(name, default)
        if value is not None:  # A column that a later version adds changes no digest.
            said += [name, plain(value)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


@cache
def _lasting(table: Table) -> list[tuple[str, Callable[[Any], Any], Any]]:
    """Name, form and default of each column that is written once, in order of the names."""
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
    """Rows with their digests; those that bring one (from an export) keep it."""
    return [row if row.get("digest") is not None else {**row, "digest": digest_of(table, row)} for row in rows]


def rewrite(connection: Connection, table: Table, which: ColumnElement[bool], **values: Any) -> None:
    """Change what rows say, and their digests with it."""
    for row in connection.execute(select(table).where(which)).mappings().all():
        own = and_(*(column == row[column.name] for column in table.primary_key.columns))
        digest = digest_of(table, {**row, **values})
        connection.execute(update(table).where(own).values(**values, digest=digest))


# ---------------------------------------------------------------- numbers


def tables_there(connection: Connection) -> set[str]:
    """The tables that there are: while an older ledger is brought to this version, the later ones are missing."""
    return set(inspect(connection).get_table_names())


def numbers(connection: Connection) -> dict[str, int]:
    """The highest number of each numbered table, and how many rows the other tables have that only grow."""
    there = tables_there(connection)
    numbered = [t for t in (*NUMBERED, LOG) if t.name in there]
    found = {t.name: int(connection.execute(select(func.max(t.c.num))).scalar() or 0) for t in numbered}
    counts = {t.name: select(func.count()).select_from(t) for t in COUNTED if t.name in there}
    return found | {name: connection.execute(query).scalar_one() for name, query in counts.items()}


def close_revision(connection: Connection) -> None:
    """Keep the highest numbers with the newest revision, if a write has just made it."""
    newest = select(revisions.c.number, revisions.c.upto).order_by(revisions.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is not None and row.upto is None:
        upto = json.dumps(numbers(connection))
        connection.execute(update(revisions).where(revisions.c.number == row.number).values(upto=upto))


def seal_all(connection: Connection) -> None:
    """Give all rows their digests, for a ledger of a version that knew none: what it holds now counts as written."""
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
