"""Turn codings into rows of the database, and rows into codings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, func, select

from dateline.ledger.digests import sealed
from dateline.ledger.tables import accounts, codings, reports
from dateline.model import Account, Coding
from dateline.model.batches import batches
from dateline.model.record import as_read, as_record

T = TypeVar("T")
#: The most values (parameters) in one statement to the database.
_CHUNK = 5_000
#: Fields of a report's record that have columns of their own.
_COLUMNS = ("id", "uri", "title", "publisher", "lang", "text")
REPORT = tuple(reports.c[name] for name in _COLUMNS)


def next_number(connection: Connection, table: Table) -> int:
    """The next free number of a table. Only for use within a write transaction, because only one can run at a time."""
    return int(connection.execute(select(func.max(table.c.num))).scalar() or 0) + 1


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows, if there are any, with their digests if the table has digests (digests.py)."""
    if rows:
        connection.execute(table.insert(), sealed(table, rows) if "digest" in table.c else rows)


def chunks(values: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    """Values in lists of at most `size`; by default few enough for one statement."""
    return batches(values, size)


def hashed(name: bytes) -> int:
    """The first 63 bits of a name's SHA-256: a number that fits the signed 64 bits of any database."""
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") >> 1


def account_numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key -> number, for accounts in force."""
    found: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        query = select(accounts.c.key, accounts.c.num).where(accounts.c.key.in_(some), accounts.c.retired.is_(None))
        found |= dict(connection.execute(query).all())
    return found


def as_json(value: object) -> str:
    """JSON as the ledger stores it: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def body_of(coding: Coding) -> str:
    """A coding as JSON, without the fields that its report's row holds."""
    record = as_record(coding)
    record["report"] = {"published": record["report"]["published"], **as_read(coding.report)}
    return as_json(record)


def coded(*also: ColumnElement[Any]) -> Select[Any]:
    """A SELECT of codings: number (`coding`), body, the columns of the report that `coding_of` needs, and those in
    `also`."""
    columns = (codings.c.num.label("coding"), codings.c.body, *REPORT, *also)
    return select(*columns).join_from(codings, reports)


def coding_of(report: RowMapping, body: str) -> Coding:
    """The coding made from a report's row and a body (body_of)."""
    record = json.loads(body)
    record["report"] = {**{name: report[name] for name in _COLUMNS}, **record["report"]}
    return Coding.from_record(record)


def account_row(account: Account) -> dict[str, Any]:
    """The columns of an account that are searched."""
    return {
        "name": account.id, "type": account.type, "status": account.status, "scope": account.scope,
        "confidence": account.confidence, "start": account.trigger.start, "end": account.trigger.end,
    }  # fmt: skip


_FIELDS = {"where": "place", "actors": "actor", "counts": "count", "items": "item", "said_by": "said_by"}


def claim_rows(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each value of an account's record, with its span and who said it. The caller adds `account` and
    `num`."""
    trigger = {key: record[key] for key in ("type", "method", "status", "scope")}
    yield _claim("what", trigger, record["trigger"])
    if record["when"] is not None:
        yield _claim("when", record["when"], record["when"]["span"])
    for field, name in _FIELDS.items():
        for value in record[field]:
            yield _claim(name, value, value["span"], value.get("said_by"))


def _claim(
    field: str, value: Mapping[str, Any], span: Mapping[str, int] | None, said_by: str | None = None
) -> dict[str, Any]:
    rest = {key: one for key, one in value.items() if key not in ("span", "said_by")}
    return {
        "field": field, "value": as_json(rest), "start": span and span["start"], "end": span and span["end"],
        "said_by": said_by,
    }  # fmt: skip


def evidence(account: Account, text: str) -> str:
    """The text that a search for words uses: the sentences of an account, and words elsewhere that its values come
    from."""
    values = {p.span for p in account.where} | {a.span for a in account.actors} | {c.span for c in account.counts}
    beside = [v for v in sorted(values) if not any(s.covers(v) for s in account.sentences)]
    return "\n".join(text[s.start : s.end] for s in (*account.sentences, *beside))
