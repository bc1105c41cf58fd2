"""Check that a ledger is whole: every span is compared with its text again, and every rule of the tables is tested."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, func, select

from dateline.coding.coder import report_id
from dateline.ledger.asking import weights_of
from dateline.ledger.custody import broken_chains
from dateline.ledger.damage import (
    REMAKE,
    RESTORE,
    Part,
    Problem,
    changed_rows,
    file_problems,
    guarded,
    missing_tables,
    understood,
)
from dateline.ledger.ends import wrong_ends
from dateline.ledger.events import other_cases
from dateline.ledger.facts import Facts
from dateline.ledger.linker import Island
from dateline.ledger.missing import is_purged, missing_rows
from dateline.ledger.remade import REMADE, REMADE_DEEP
from dateline.ledger.rows import chunks, claim_rows, coding_of
from dateline.ledger.standing import standing
from dateline.ledger.tables import (
    accounts,
    claims,
    codings,
    compared,
    members,
    redirects,
    removals,
    reports,
    versions,
)
from dateline.linking.facts import report_key
from dateline.model.record import as_record

_BATCH = 200


def problems(connection: Connection, deep: bool = False) -> Iterator[Problem]:
    """All problems of a ledger; empty where all is well. With `deep`, the tables behind linking and searching are also
    made again and compared, and all links are computed again."""
    missing = list(guarded(connection, "tables", missing_tables(connection)))
    if missing:
        yield from missing
        return
    for name, part, mend in (*_PARTS, *(_DEEP if deep else ())):
        yield from guarded(connection, name, part(connection), mend)


# ---------------------------------------------------------------- claims and spans


_Claim = tuple[str, str, int | None, int | None, str | None]


def _claims(connection: Connection) -> Iterator[Problem]:
    purged = set(connection.execute(select(removals.c.report).where(removals.c.purged)).scalars())
    nums = list(connection.execute(select(codings.c.num).order_by(codings.c.num)).scalars())
    for some in chunks(nums, _BATCH):
        query = select(codings.c.num.label("coding"), codings.c.body, reports).join_from(codings, reports)
        rows = connection.execute(query.where(codings.c.num.in_(some)).order_by(codings.c.num)).mappings().all()
        stored = _stored(connection, some)
        for row in rows:
            if row["key"] not in purged:
                own = {name: claim for (coding, name), claim in stored.items() if coding == row["coding"]}
                yield from understood(f"report {row['uri']}", _coding(row, own))


def _coding(row: RowMapping, stored: dict[str, list[_Claim]]) -> Iterator[Problem]:
    """Check a coding against its report's text, and the stored claims against the coding."""
    coding = coding_of(row, row["body"])
    if report_key(replace(coding.report, id=report_id(row["text"]))) != row["key"]:
        yield Problem(f"report {row['uri']}", "the text is not the one that was read")
    for record in as_record(coding)["accounts"]:
        told = [(c["field"], c["value"], c["start"], c["end"], c["said_by"]) for c in claim_rows(record)]
        yield from _claims_of(f"{row['uri']}#{record['id']}", row["text"], stored.get(record["id"], []), told)


def _stored(connection: Connection, numbers: list[int]) -> dict[tuple[int, str], list[_Claim]]:
    c = claims.c
    query = (
        select(accounts.c.coding, accounts.c.name, c.field, c.value, c.start, c.end, c.said_by)
        .join_from(claims, accounts)
        .where(accounts.c.coding.in_(numbers))
        .order_by(c.num)
    )
    found: dict[tuple[int, str], list[_Claim]] = {}
    for coding, name, *claim in connection.execute(query):
        found.setdefault((coding, name), []).append(tuple(claim))
    return found


def _claims_of(where: str, words: str, stored: list[_Claim], told: list[_Claim]) -> Iterator[Problem]:
    if stored != told:
        yield Problem(where, "its claims are not those of its coding", REMAKE)
    for field, value, start, end, _ in stored:
        if start is None or end is None:
            continue
        if not 0 <= start <= end <= len(words):
            yield Problem(where, f"the span of its {field} ({start}-{end}) lies outside the text", REMAKE)
            continue
        quoted = json.loads(value).get("text")
        if quoted is not None and words[start:end] != quoted:
            yield Problem(where, f"the text at {start}-{end} is {words[start:end]!r}, and its {field} says {quoted!r}")


# ---------------------------------------------------------------- events


def _membership(connection: Connection) -> Iterator[Problem]:
    held = (
        select(members.c.account, func.count().label("times"))
        .join(versions, versions.c.num == members.c.version)
        .where(versions.c.ended.is_(None))
        .group_by(members.c.account)
        .subquery()
    )
    query = (
        select(accounts.c.key, accounts.c.retired, held.c.times)
        .join_from(accounts, held, held.c.account == accounts.c.num, isouter=True)
        .where(
            (accounts.c.retired.is_(None) & (func.coalesce(held.c.times, 0) != 1))
            | (accounts.c.retired.is_not(None) & held.c.times.is_not(None))
        )
    )
    for key, retired, times in connection.execute(query):
        what = "was taken out, and is in an event" if retired is not None else f"is in {times or 0} events, not in one"
        yield Problem(f"account {key}", what)
    double = (
        select(versions.c.event).where(versions.c.ended.is_(None)).group_by(versions.c.event).having(func.count() > 1)
    )
    for event in connection.execute(double).scalars():
        yield Problem(event, "has two versions at once")
    bare = (
        select(codings.c.num)
        .join_from(codings, compared, compared.c.coding == codings.c.num, isouter=True)
        .where(codings.c.retired.is_(None), compared.c.coding.is_(None))
        .where(select(accounts.c.num).where(accounts.c.coding == codings.c.num).exists())
    )
    for coding in connection.execute(bare).scalars():
        yield Problem(f"coding {coding}", "is in force, and linking cannot see it", REMAKE)


def _redirects(connection: Connection) -> Iterator[Problem]:
    leads = dict(
        connection.execute(select(redirects.c.event, redirects.c.into).where(redirects.c.ended.is_(None))).all()
    )
    live = set(connection.execute(select(versions.c.event).where(versions.c.ended.is_(None))).scalars())
    ever = set(connection.execute(select(versions.c.event).distinct()).scalars())
    purged = is_purged(connection)  # A purge also deletes all versions of events that the report told of.
    for event, into in sorted(leads.items()):
        if event in live:
            yield Problem(event, f"is there, and leads to {into}")
        if into not in leads and into not in ever and not purged:
            yield Problem(event, f"leads to {into}, which never was")


def _links(connection: Connection) -> Iterator[Problem]:
    nums = list(connection.execute(select(accounts.c.num).where(accounts.c.retired.is_(None))).scalars())
    query = select(members.c.version, members.c.account).join_from(members, versions).where(versions.c.ended.is_(None))
    held: dict[int, list[int]] = {}
    for version, account in connection.execute(query):
        held.setdefault(version, []).append(account)
    now = {tuple(sorted(group)) for group in held.values()}
    linked = Island(connection, nums).groups(connection, Facts(), weights_of(connection))
    anew = {tuple(group) for group in linked}
    for group in sorted(anew - now):
        yield Problem(
            f"accounts {', '.join(map(str, group))}", "are one event when linked anew, and are not in the ledger"
        )


def _cases(connection: Connection) -> Iterator[Problem]:
    nums = list(connection.execute(select(accounts.c.num).where(accounts.c.retired.is_(None))).scalars())
    for version, case in other_cases(connection, standing(connection, nums)):
        yield Problem(version.event, f"is of case {case} when cases are worked out anew, not of {version.case}")


#: The parts of the check: name, function, and how to repair rows that the part cannot read.
_PARTS: tuple[tuple[str, Part, str], ...] = (
    ("file", file_problems, RESTORE),
    ("rows", changed_rows, RESTORE),
    ("revisions", missing_rows, RESTORE),
    ("ends", wrong_ends, RESTORE),
    ("custody", broken_chains, RESTORE),
    ("claims", _claims, RESTORE),
    ("events", _membership, RESTORE),
    ("ids that lead on", _redirects, RESTORE),
    *((name, part, REMAKE) for name, part in REMADE),
)
_DEEP: tuple[tuple[str, Part, str], ...] = (
    *((name, part, REMAKE) for name, part in REMADE_DEEP),
    ("links", _links, REMAKE),
    ("cases", _cases, REMAKE),
)
