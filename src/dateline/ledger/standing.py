"""Versions of events that are in force, found by their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dateline.ledger.rows import chunks
from dateline.ledger.tables import members, versions


@dataclass(frozen=True, slots=True)
class Standing:
    """A version in force, as far as writing needs it; `accounts` are all of its event, in order."""

    num: int
    event: str
    revision: int
    review: str
    case: str | None
    body: str
    accounts: tuple[int, ...]


def standing(connection: Connection, accounts: Iterable[int]) -> list[Standing]:
    """The versions in force that hold one of the accounts."""
    nums: set[int] = set()
    for some in chunks(sorted(accounts)):
        query = select(versions.c.num).join_from(members, versions)
        nums |= set(connection.execute(query.where(members.c.account.in_(some), versions.c.ended.is_(None))).scalars())
    return [one for some in chunks(sorted(nums)) for one in _read(connection, some)]


def _read(connection: Connection, nums: list[int]) -> list[Standing]:
    held: dict[int, list[int]] = {}
    inside = select(members).where(members.c.version.in_(nums)).order_by(members.c.version, members.c.account)
    for version, account in connection.execute(inside):
        held.setdefault(version, []).append(account)
    query = select(versions).where(versions.c.num.in_(nums)).order_by(versions.c.num)
    return [
        Standing(row.num, row.event, row.revision, row.review, row.case, row.body, tuple(held[row.num]))
        for row in connection.execute(query)
    ]
