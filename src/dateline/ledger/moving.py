"""Export a whole ledger as JSON lines, and import it again. The imported ledger equals the exported one."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from dateline.ledger.adding import band_rows, signature_of
from dateline.ledger.asking import weights_of
from dateline.ledger.cases import relate_all
from dateline.ledger.custody import begin_all
from dateline.ledger.differing import differ_all
from dateline.ledger.digests import close_revision
from dateline.ledger.errors import BadExport
from dateline.ledger.facts import Facts
from dateline.ledger.linker import relink
from dateline.ledger.rows import as_json, chunks, claim_rows, coding_of, evidence, insert
from dateline.ledger.search import index_places, index_words
from dateline.ledger.store import newest
from dateline.ledger.tables import (
    MADE,
    WRITTEN,
    accounts,
    actors,
    bands,
    claims,
    codings,
    compared,
    custody,
    places,
    removals,
    reports,
    versions,
)
from dateline.ledger.versions import count_killed, parsed, search_rows
from dateline.linking.facts import compared as compared_of
from dateline.model.record import as_record

SCHEMA = "dateline.ledger/1"
_BATCH = 500
#: The first bytes of a SQLite file, and of a gzip file.
_SQLITE, _GZIP = b"SQLite format 3\x00", b"\x1f\x8b"


# ---------------------------------------------------------------- export


def exported(connection: Connection) -> Iterator[str]:
    """The lines of an export (JSON): a head, all rows that were written, and a foot with the number of lines and their
    SHA-256."""
    digest, count = hashlib.sha256(), 0
    for line in _lines(connection):
        digest.update(line.encode() + b"\n")
        count += 1
        yield line
    yield as_json({"end": count, "sha256": digest.hexdigest()})


def _lines(connection: Connection) -> Iterator[str]:
    yield as_json({"schema": SCHEMA, "revision": newest(connection)})
    for table in WRITTEN:
        written = [column for column in table.columns if column not in set(MADE)]
        query = select(*written).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_BATCH).execute(query).mappings():
            yield as_json([table.name, {key: _plain(value) for key, value in row.items() if value is not None}])


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


# ---------------------------------------------------------------- import


def imported(connection: Connection, lines: Iterable[str]) -> int:
    """Read an export into an empty ledger, and make the other tables from it; returns the number of rows.

    Raises BadExport (DL-L011); the ledger is then still empty.
    """
    if newest(connection):
        raise BadExport("The ledger holds something already.", remedy="Import into a new ledger.")
    try:
        rows = _read(connection, lines)
        close_revision(connection)
        _rebuild(connection)
    except (StatementError, LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        if isinstance(error, DBAPIError) and not isinstance(error, (IntegrityError, DataError)):
            raise
        raise BadExport(f"Its rows contradict one another ({type(error).__name__}).") from error
    return rows


def _read(connection: Connection, lines: Iterable[str]) -> int:
    """Write the rows of an export as they are; returns their number."""
    tables = {table.name: table for table in WRITTEN}
    batch: list[dict[str, Any]] = []
    current: Table | None = None
    rows = 0
    for name, row in _checked(lines):
        table = tables.get(name)
        if table is None:
            raise BadExport(f"There is no table {name!r}.")
        if table is not current or len(batch) == _BATCH:
            _put(connection, current, batch)
            batch, current = [], table
        batch.append(row)
        rows += 1
    _put(connection, current, batch)
    return rows


def _checked(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of an export (table name and row), with a check of head and foot."""
    digest = hashlib.sha256()
    for number, line in enumerate(_readable(lines), 1):
        bare = line.rstrip("\n")
        try:
            value = json.loads(bare)
        except ValueError:
            raise BadExport("Not JSON.", where=f"line {number}") from None
        if number == 1:
            if not isinstance(value, dict) or value.get("schema") != SCHEMA:
                raise BadExport(f'The first line does not say "{SCHEMA}".')
        elif isinstance(value, dict) and "end" in value:
            if value != {"end": number - 1, "sha256": digest.hexdigest()}:
                raise BadExport("Lines were changed or are missing.", where=f"line {number}")
            return
        elif isinstance(value, list) and len(value) == 2 and isinstance(value[1], dict):
            yield str(value[0]), value[1]
        else:
            raise BadExport("This is no row.", where=f"line {number}")
        digest.update(bare.encode() + b"\n")
    raise BadExport("It ends before its end.")


def _readable(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a file; raises BadExport where it is cut off or damaged."""
    try:
        yield from lines
    except (UnicodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadExport(f"The file is damaged or cut off ({error}).") from None


def _put(connection: Connection, table: Table | None, batch: list[dict[str, Any]]) -> None:
    if table is not None and batch:
        names = [column.name for column in table.columns]
        binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
        insert(connection, table, [{n: _stored(row.get(n), n in binary) for n in names} for row in batch])


def _stored(value: Any, binary: bool) -> Any:
    return base64.b64decode(value) if binary and value is not None else value


def _rebuild(connection: Connection) -> None:
    """Make the tables that an export does not hold: they are made from the others."""
    signed = connection.execute(select(reports.c.num, reports.c.signature).order_by(reports.c.num)).all()
    for some in chunks(signed, _BATCH):
        insert(connection, bands, [row for num, sign in some for row in band_rows(num, signature_of(sign))])
    _rebuild_claims(connection)
    if connection.execute(select(custody.c.num).limit(1)).first() is None:
        begin_all(connection)  # The export is from an older version of dateline, without a custody log.
    relink(connection, Facts(), weights_of(connection))
    relate_all(connection)
    differ_all(connection)
    place = actor = 1
    numbers = connection.execute(select(versions.c.num).order_by(versions.c.num)).scalars().all()
    for nums in chunks(numbers, _BATCH):
        query = select(versions.c.num, versions.c.body).where(versions.c.num.in_(nums)).order_by(versions.c.num)
        where, who = search_rows([(num, parsed(body)) for num, body in connection.execute(query)], place, actor)
        insert(connection, places, where)
        index_places(connection, where)
        insert(connection, actors, who)
        count_killed(connection, nums)
        place, actor = place + len(where), actor + len(who)


def _rebuild_claims(connection: Connection) -> None:
    purged = set(connection.execute(select(removals.c.report).where(removals.c.purged)).scalars())
    number = 1
    for some in chunks(connection.execute(select(codings.c.num).order_by(codings.c.num)).scalars().all(), _BATCH):
        query = select(codings.c.num.label("coding"), codings.c.body, codings.c.retired, reports)
        query = query.join_from(codings, reports).where(codings.c.num.in_(some)).order_by(codings.c.num)
        named = {
            (coding, name): num
            for coding, name, num in connection.execute(
                select(accounts.c.coding, accounts.c.name, accounts.c.num).where(accounts.c.coding.in_(some))
            )
        }
        said: list[dict[str, Any]] = []
        words: list[tuple[int, str]] = []
        kept = []
        for row in connection.execute(query).mappings().all():
            if row["key"] in purged:
                continue
            coding = coding_of(row, row["body"])
            for account, record in zip(coding.accounts, as_record(coding)["accounts"], strict=True):
                num = named[row["coding"], account.id]
                said += [
                    {**claim, "num": number + len(said) + k, "account": num}
                    for k, claim in enumerate(claim_rows(record))
                ]
                words.append((num, evidence(account, row["text"])))
            if row["retired"] is None:
                kept.append({"coding": row["coding"], "body": as_json(compared_of(coding, row["source"]))})
        insert(connection, claims, said)
        insert(connection, compared, kept)
        index_words(connection, words)
        number += len(said)
