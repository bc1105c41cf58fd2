"""The custody log: for each report, who or what brought it in and what was done to it since, in chains of hashes.

A report has two chains: its life (all that changed it, written with the change) and its use (exports, time stamps). An
entry holds the hash of the entry before it in its chain, and of the entry before it in the whole log. So an entry
cannot be removed, changed or inserted without breaking the hashes. Somebody could still write the whole log anew. Time
stamps of its newest hash, kept elsewhere, protect against that (dateline.custody).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, func, select

from dateline.ledger.access import Access
from dateline.ledger.damage import Problem
from dateline.ledger.digests import said_of
from dateline.ledger.rows import as_json, chunks, insert, next_number
from dateline.ledger.store import newest
from dateline.ledger.tables import custody, removals, reports, revisions
from dateline.model import Report
from dateline.version import CODER, VERSION

Chain = Literal["life", "use"]
#: The columns of an entry that are hashed, in this order.
_HASHED = ("num", "report", "chain", "place", "at", "by", "act", "body", "before", "log", "revision")
#: Rows that are read at once.
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of a report came from: path or address, tool, time, HTTP status and headers. `sha256` and `bytes`
    (size) are of the original bytes, None where these were not available; `kept` is their name, if they are kept.
    `access` says who may read the report; None: everybody."""

    source: str
    tool: str = f"{CODER} {VERSION}"
    at: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    kept: str | None = None
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done to a report (by key), and the details that the log records."""

    report: str
    act: str
    told: Mapping[str, Any] = field(default_factory=dict)


def brought(report: Report, origin: Origin | None) -> dict[str, Any]:
    """The details in a report's first entry: its origin, and the hash of its text."""
    found = asdict(replace(origin or Origin(report.uri), access=None))
    told = {name: value for name, value in found.items() if value not in (None, ())}
    return {**told, "text": hash_of(report.text), "characters": len(report.text)}


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


# ---------------------------------------------------------------- writing


def note(
    connection: Connection,
    entries: Sequence[Entry],
    at: str,
    by: str,
    chain: Chain = "life",
    revision: int | None = None,
) -> None:
    """Write entries, in their order. Only within a write transaction, because entries are numbered without gaps."""
    if not entries:
        return
    heads = _heads(connection, {entry.report for entry in entries}, chain)
    number, log = next_number(connection, custody), _newest(connection)
    revision = newest(connection) if revision is None else revision
    rows = []
    for num, entry in enumerate(entries, number):
        place, before = heads.get(entry.report, (0, ""))
        row: dict[str, Any] = {
            "num": num, "report": entry.report, "chain": chain, "place": place + 1, "at": at, "by": by,
            "act": entry.act, "body": as_json(entry.told), "before": before, "log": log, "revision": revision,
        }  # fmt: skip
        row["hash"] = log = entry_hash(row)
        heads[entry.report] = (place + 1, log)
        rows.append(row)
    for some in chunks(rows, _BATCH):
        insert(connection, custody, some)


def entry_hash(row: Mapping[str, Any]) -> str:
    """The hash of an entry: of all its columns, also of the hashes of the entries before it."""
    return hash_of(as_json([row[name] for name in _HASHED]))


def _heads(connection: Connection, keys: Iterable[str], chain: Chain) -> dict[str, tuple[int, str]]:
    """Report -> place and hash of the newest entry of its chain."""
    found: dict[str, tuple[int, str]] = {}
    for some in chunks(sorted(keys)):
        last = (
            select(custody.c.report, func.max(custody.c.place).label("place"))
            .where(custody.c.report.in_(some), custody.c.chain == chain)
            .group_by(custody.c.report)
            .subquery()
        )
        own = (custody.c.report == last.c.report) & (custody.c.place == last.c.place) & (custody.c.chain == chain)
        query = select(custody.c.report, custody.c.place, custody.c.hash).join_from(last, custody, own)
        found |= {report: (place, digest) for report, place, digest in connection.execute(query)}
    return found


def _newest(connection: Connection) -> str:
    found = connection.execute(select(custody.c.hash).order_by(custody.c.num.desc()).limit(1)).scalar()
    return found or ""


def begin_all(connection: Connection) -> None:
    """Begin the logs of all reports in a ledger of an older version of dateline, with what is known of them."""
    query = select(reports.c.key, reports.c.uri, reports.c.text, revisions.c.at, revisions.c.by, reports.c.revision)
    query = query.join_from(reports, revisions, revisions.c.number == reports.c.revision).order_by(reports.c.num)
    for row in connection.execute(query).all():
        told = {"source": row.uri, "text": hash_of(row.text), "characters": len(row.text), "before_the_log": True}
        note(connection, [Entry(row.key, "added", told)], row.at, row.by, revision=row.revision)


# ---------------------------------------------------------------- reading


def entries_of(
    connection: Connection, keys: Iterable[str], chain: Chain | None = None, as_of: int | None = None
) -> Iterator[dict[str, Any]]:
    """The entries of reports (by key), report by report, in order; `body` has the details of an entry."""
    query = select(*said_of(custody)).order_by(custody.c.report, custody.c.chain, custody.c.place)
    query = query if chain is None else query.where(custody.c.chain == chain)
    query = query if as_of is None else query.where(custody.c.revision <= as_of)
    for some in chunks(sorted(set(keys)), 500):
        for row in connection.execute(query.where(custody.c.report.in_(some))).mappings().all():
            yield {**row, "body": json.loads(row["body"])}


def purged_originals(connection: Connection, revision: int) -> dict[str, bool]:
    """Name -> whether another report, not purged, has the same bytes; for the original bytes of all reports that were
    purged in a revision."""
    own = select(custody.c.report).where(custody.c.act == "purged", custody.c.revision == revision)
    purged = set(connection.execute(select(removals.c.report).where(removals.c.purged)).scalars())
    names = {one["body"].get("kept") for one in entries_of(connection, connection.execute(own).scalars())} - {None}
    return {name: not _naming(connection, name) <= purged for name in sorted(names)}


def purged_since(connection: Connection, revision: int) -> list[str]:
    """The reports (by key) that were purged after a revision."""
    own = select(custody.c.report).where(custody.c.act == "purged", custody.c.revision > revision)
    return sorted(set(connection.execute(own).scalars()))


def _naming(connection: Connection, name: str) -> set[str]:
    """The reports (by key) that have original bytes of this name in the log."""
    query = select(custody.c.report).where(custody.c.body.contains(name, autoescape=True))
    return set(connection.execute(query).scalars())


def hash_at(connection: Connection, number: int | None) -> tuple[int, str] | None:
    """Number and hash of an entry of the log: the one with this number, else the newest; None where there is none."""
    query = select(custody.c.num, custody.c.hash).order_by(custody.c.num.desc()).limit(1)
    row = connection.execute(query if number is None else query.where(custody.c.num == number)).first()
    return None if row is None else (row.num, row.hash)


# ---------------------------------------------------------------- checking


def broken_chains(connection: Connection) -> Iterator[Problem]:
    """Problems of the log: entries with hashes that do not fit the entries before, missing entries, reports without a
    log."""
    log, number = "", 0
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    told: dict[str, str] = {}
    query = select(custody).order_by(custody.c.num).execution_options(yield_per=_BATCH)
    for row in connection.execute(query).mappings():
        number += 1
        for what in _wrong(row, number, log, heads.get((row["report"], row["chain"]), (0, ""))):
            yield Problem(f"custody of report {row['report']}, entry {row['num']} ({row['act']})", what)
        number, log = row["num"], row["hash"]
        heads[row["report"], row["chain"]] = (row["place"], row["hash"])
        if row["chain"] == "life" and (text := json.loads(row["body"]).get("text")):
            told[row["report"]] = text
    yield from _cut_off(connection, number)
    yield from _texts(connection, told)


def _wrong(row: RowMapping, number: int, log: str, head: tuple[int, str]) -> Iterator[str]:
    if row["hash"] != entry_hash(dict(row)):
        yield "its hash is not that of what it says"
    if row["num"] != number:
        yield f"follows entry {number - 1}: entries between them are missing"
    if row["log"] != log:
        yield "does not hold the hash of the entry before it in the log"
    if (row["place"], row["before"]) != (head[0] + 1, head[1]):
        yield "does not hold the hash of the report's entry before it"


def _cut_off(connection: Connection, number: int) -> Iterator[Problem]:
    query = select(revisions.c.upto).where(revisions.c.upto.is_not(None)).order_by(revisions.c.number.desc()).limit(1)
    upto = json.loads(connection.execute(query).scalar() or "{}").get("custody", 0)
    if number < upto:
        yield Problem("custody log", f"ends with entry {number}, and the newest revision left {upto}")


def _texts(connection: Connection, told: Mapping[str, str]) -> Iterator[Problem]:
    """Problems where a report has no log, or its log has not the hash of its text."""
    purged = set(connection.execute(select(removals.c.report).where(removals.c.purged)).scalars())
    query = select(reports.c.key, reports.c.uri, reports.c.text).order_by(reports.c.num)
    for row in connection.execute(query.execution_options(yield_per=_BATCH)):
        if row.key not in told:
            yield Problem(f"report {row.uri}", "has no custody log")
        elif row.key not in purged and hash_of(row.text) != told[row.key]:
            yield Problem(f"report {row.uri}", "its text is not the one of which its custody log has the hash")
