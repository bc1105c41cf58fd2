"""Write codings into the ledger. Each row is written once; a coding that is there already is skipped."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from dateline.ledger.batching import Batch, coder_of
from dateline.ledger.cases import relate
from dateline.ledger.facts import Facts
from dateline.ledger.keys import Known, keys_of
from dateline.ledger.rows import (
    REPORT,
    account_row,
    as_json,
    body_of,
    chunks,
    claim_rows,
    coded,
    coding_of,
    evidence,
    hashed,
    insert,
    next_number,
)
from dateline.ledger.search import index_words
from dateline.ledger.tables import accounts, bands, claims, codings, compared, reports
from dateline.linking.copies import Signature, are_copies, signature
from dateline.linking.copies import bands as bands_of
from dateline.linking.facts import compared as compared_of
from dateline.model import Coding, Report
from dateline.model.record import as_record

# ---------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Written:
    """The numbers of new accounts, and of accounts that a new coding replaced."""

    fresh: list[int]
    retired: list[int]


def write(connection: Connection, revision: int, batch: Batch, facts: Facts) -> Written:
    """Write a batch: reports, codings, accounts, claims, and the indexes that searches use."""
    sources = _write_reports(connection, revision, batch.new)
    retired = retire(connection, revision, [coding for _, coding, _, _ in batch.again if coding is not None])
    rows = [(sources[key][0], key, sources[key][1], coding) for key, coding in batch.new]
    rows += _again(connection, batch.again)
    return Written(_write_codings(connection, revision, rows, batch, facts), retired)


def _write_reports(
    connection: Connection, revision: int, new: Sequence[tuple[str, Coding]]
) -> dict[str, tuple[int, str]]:
    """Key -> number and source of each new report."""
    first = next_number(connection, reports)
    signed = [signature(coding.report) for _, coding in new]
    sources = _sources(connection, first, [key for key, _ in new], signed)
    rows, banded = [], []
    for num, ((key, coding), sign, source) in enumerate(zip(new, signed, sources, strict=True), first):
        rows.append({**_report_row(coding.report), "num": num, "key": key, "signature": sign.tobytes(),
                     "source": source, "revision": revision})  # fmt: skip
        banded += band_rows(num, sign)
    insert(connection, reports, rows)
    insert(connection, bands, banded)
    return {key: (first + k, source) for k, ((key, _), source) in enumerate(zip(new, sources, strict=True))}


def _report_row(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ("id", "uri", "title", "publisher", "lang", "text")}


def band_rows(num: int, sign: Signature[int]) -> list[dict[str, int]]:
    """The rows of the table `bands` for a report (by number), each once."""
    return [{"band": band, "report": num} for band in sorted({hashed(b) for b in bands_of(sign)})]


def signature_of(row: bytes) -> Signature[int]:
    """Read a signature from the bytes of a row."""
    return array("I", row)


def _sources(connection: Connection, first: int, keys: list[str], signed: list[Signature[int]]) -> list[str]:
    """For each new report, the key of the first report that it is a copy of; its own key where it is no copy."""
    own = [[hashed(b) for b in bands_of(sign)] for sign in signed]
    near: dict[int, set[int]] = defaultdict(set)
    for some in chunks(sorted({band for row in own for band in row})):
        for band, report in connection.execute(select(bands.c.band, bands.c.report).where(bands.c.band.in_(some))):
            near[band].add(report)
    seen: dict[int, tuple[Signature[int], str]] = {}
    for some in chunks(sorted({num for nums in near.values() for num in nums})):
        query = select(reports.c.num, reports.c.signature, reports.c.source).where(reports.c.num.in_(some))
        seen |= {num: (signature_of(sign), source) for num, sign, source in connection.execute(query)}
    found = []
    for num, (key, sign, row) in enumerate(zip(keys, signed, own, strict=True), first):
        shared = sorted({n for band in row for n in near[band]})
        source = next((seen[n][1] for n in shared if are_copies(sign, seen[n][0])), key)
        seen[num] = (sign, source)
        for band in row:
            near[band].add(num)
        found.append(source)
    return found


def retire(connection: Connection, revision: int, numbers: Sequence[int]) -> list[int]:
    """End codings and their accounts; returns the numbers of the accounts."""
    found: list[int] = []
    for some in chunks(numbers):
        own = accounts.c.coding.in_(some) & accounts.c.retired.is_(None)
        found += connection.execute(select(accounts.c.num).where(own)).scalars()
        connection.execute(update(accounts).where(own).values(retired=revision))
        connection.execute(update(codings).where(codings.c.num.in_(some)).values(retired=revision))
    return sorted(found)


_Row = tuple[int, str, str, Coding]


def _again(connection: Connection, again: Sequence[tuple[int, int | None, str, Coding]]) -> list[_Row]:
    """For reports that were coded before: number, key, source, and the new coding with the report as it is stored."""
    stored: dict[int, RowMapping] = {}
    for some in chunks(num for num, _, _, _ in again):
        query = select(reports.c.num, reports.c.source, *REPORT).where(reports.c.num.in_(some))
        stored |= {row["num"]: row for row in connection.execute(query).mappings()}
    return [(num, key, stored[num]["source"], coding_of(stored[num], body_of(coding))) for num, _, key, coding in again]


def _write_codings(
    connection: Connection, revision: int, rows: Sequence[_Row], batch: Batch, facts: Facts
) -> list[int]:
    number, num, claim = (next_number(connection, t) for t in (codings, accounts, claims))
    known, ever = known_of(connection, [report for report, _, _, _ in rows])
    bodies: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    words: list[tuple[int, str]] = []
    kept: list[dict[str, Any]] = []
    numbered: list[tuple[Coding, dict[str, int]]] = []
    for coding_num, (report, key, source, coding) in enumerate(rows, number):
        coder = batch.coder or batch.coders.get(report) or coder_of(coding)
        bodies.append({"num": coding_num, "report": report, "coder": coder[0], "version": coder[1],
                      "body": body_of(coding), "revision": revision})  # fmt: skip
        own, taken = batch.heirs.get(key, (known.get(report, []), ever.get(report, set())))
        keys = keys_of(key, coding.accounts, own, taken | ever.get(report, set()))
        named: dict[str, int] = {}
        for account, record, account_key in zip(coding.accounts, as_record(coding)["accounts"], keys, strict=True):
            named[account.id] = num
            told.append({**account_row(account), "num": num, "coding": coding_num, "report": report,
                         "key": account_key, "revision": revision})  # fmt: skip
            for row in claim_rows(record):
                said.append({**row, "num": claim + len(said), "account": num})
            words.append((num, evidence(account, coding.report.text)))
            num += 1
        record = compared_of(coding, source)
        facts.add(coding_num, record, named)
        kept.append({"coding": coding_num, "body": as_json(record)})
        numbered.append((coding, named))
    insert(connection, codings, bodies)
    insert(connection, compared, kept)
    insert(connection, accounts, told)
    insert(connection, claims, said)
    index_words(connection, words)
    relate(connection, numbered)
    return [row["num"] for row in told]


def known_of(connection: Connection, nums: Sequence[int]) -> tuple[dict[int, list[Known]], dict[int, set[str]]]:
    """Report -> the accounts of its last coding; and report -> all account keys that it ever had."""
    known: dict[int, list[Known]] = defaultdict(list)
    ever: dict[int, set[str]] = defaultdict(set)
    latest: dict[int, int] = {}
    for some in chunks(nums):
        query = select(accounts.c.report, accounts.c.coding, accounts.c.key).where(accounts.c.report.in_(some))
        for report, coding, key in connection.execute(query):
            ever[report].add(key)
            latest[report] = max(coding, latest.get(report, 0))
    for some in chunks(sorted(latest.values())):
        for report, own in _accounts_of(connection, some):
            known[report] = own
    return known, ever


def _accounts_of(connection: Connection, numbers: list[int]) -> Iterable[tuple[int, list[Known]]]:
    keys = {
        (coding, name): key
        for coding, name, key in connection.execute(
            select(accounts.c.coding, accounts.c.name, accounts.c.key).where(accounts.c.coding.in_(numbers))
        )
    }
    for row in connection.execute(coded(codings.c.report).where(codings.c.num.in_(numbers))).mappings():
        coding = coding_of(row, row["body"])
        yield (
            row["report"],
            [Known(keys[row["coding"], a.id], a.type, a.scope, a.trigger, a.sentences) for a in coding.accounts],
        )
