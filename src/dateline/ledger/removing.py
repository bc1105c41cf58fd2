"""Delete (purge) a report for good. Nothing else changes the past of a ledger."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, select, text

from dateline.ledger.digests import rewrite
from dateline.ledger.rows import as_json, chunks, coded, coding_of, evidence
from dateline.ledger.search import forget_words
from dateline.ledger.tables import (
    accounts,
    actors,
    claims,
    codings,
    judged,
    judgements,
    members,
    places,
    readings,
    removals,
    reports,
    versions,
)


def purge(connection: Connection, report: int, key: str) -> None:
    """Delete a report's words: its text and title, the contents of its codings, its claims, and versions that quote
    them."""
    own = list(connection.execute(select(accounts.c.num).where(accounts.c.report == report)).scalars())
    _forget(connection, report)
    for some in chunks(own):
        connection.execute(delete(claims).where(claims.c.account.in_(some)))
        quoting = set(connection.execute(select(members.c.version).where(members.c.account.in_(some))).scalars())
        for nums in chunks(sorted(quoting)):
            _delete_versions(connection, nums)
    for table in (codings, readings):
        for num, body in connection.execute(select(table.c.num, table.c.body).where(table.c.report == report)).all():
            rewrite(connection, table, table.c.num == num, body=_emptied(body))
    _forget_choices(connection, report)
    rewrite(connection, reports, reports.c.num == report, text="", title=None, publisher=None)
    rewrite(connection, removals, removals.c.report == key, purged=True)


def _forget(connection: Connection, report: int) -> None:
    """Take the report's accounts out of the index of words."""
    for row in connection.execute(coded().where(reports.c.num == report)).mappings().all():
        coding = coding_of(row, row["body"])
        nums = dict(
            connection.execute(select(accounts.c.name, accounts.c.num).where(accounts.c.coding == row["coding"])).all()
        )
        forget_words(connection, [(nums[a.id], evidence(a, coding.report.text)) for a in coding.accounts])


def _forget_choices(connection: Connection, report: int) -> None:
    """Delete the values of choices between the report's coders, because they quote it."""
    own = select(accounts.c.key).where(accounts.c.report == report)
    query = select(judgements.c.num, judgements.c.value).join(judged, judged.c.judgement == judgements.c.num)
    for num, value in connection.execute(query.where(judgements.c.kind == "choose", judged.c.account.in_(own))).all():
        emptied = as_json({**json.loads(value), "value": None})
        rewrite(connection, judgements, judgements.c.num == num, value=emptied)


def _delete_versions(connection: Connection, nums: list[int]) -> None:
    if connection.dialect.name == "sqlite":
        inside = connection.execute(select(places.c.num).where(places.c.version.in_(nums))).scalars().all()
        for num in inside:
            connection.execute(text("DELETE FROM boxes WHERE id = :num"), {"num": num})
    for table in (members, places, actors):
        connection.execute(delete(table).where(table.c.version.in_(nums)))
    connection.execute(delete(versions).where(versions.c.num.in_(nums)))


def _emptied(body: str) -> str:
    record = json.loads(body)
    return as_json({**record, "report": {"published": None}, "accounts": [], "links": [], "entities": [],
                    "affiliations": [], "warnings": ["purged"]})  # fmt: skip
