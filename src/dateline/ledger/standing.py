"""Versions of events that are in force, found by their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dateline.ledger.rows import chunks
from dateline.ledger.tables import members, versions


@dataclass(frozen=True, slots=True)
class Standing:
    """A version in force, without its body. `accounts` are all accounts of its event, by number, in order."""

    num: int
    event: str
    revision: int
    review: str
    case: str | None
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
    columns = (versions.c[name] for name in ("num", "event", "revision", "review", "case"))
    query = select(*columns).where(versions.c.num.in_(nums)).order_by(versions.c.num)
    return [
        Standing(row.num, row.event, row.revision, row.review, row.case, tuple(held[row.num]))
        for row in connection.execute(query)
    ]


def bodies(connection: Connection, found: Iterable[Standing]) -> dict[int, str]:
    """The bodies of versions, by their numbers."""
    read: dict[int, str] = {}
    for some in chunks(version.num for version in found):
        query = select(versions.c.num, versions.c.body).where(versions.c.num.in_(some))
        read |= dict(connection.execute(query).all())
    return read
