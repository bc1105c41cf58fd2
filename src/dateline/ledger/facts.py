"""Accounts of the ledger by number: their facts, which linking compares, and their contents."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.digests import said_of
from dateline.ledger.rows import as_json, chunks, coded, coding_of, insert
from dateline.ledger.tables import accounts, codings, compared, reports
from dateline.linking.facts import Fact, Told, facts_from
from dateline.linking.facts import compared as compared_of

#: The most codings with facts in memory; and how many codings `compare_anew` handles at once.
_KEPT, _BATCH = 4_000, 200


class Facts:
    """The facts of accounts (linking/facts.py), cached. The cache is never out of date, because codings never
    change."""

    def __init__(self) -> None:
        self._facts: dict[int, Fact] = {}
        self._codings: OrderedDict[int, list[int]] = OrderedDict()

    def add(self, coding: int, record: dict[str, Any], named: dict[str, int]) -> None:
        """Add the facts of a coding (`record` is what linking.facts.compared gave); `named` has the number of each of
        its accounts, by name."""
        for fact in facts_from(record):
            self._facts[named[fact.name]] = fact
        self._codings[coding] = list(named.values())

    def load(self, connection: Connection, nums: Iterable[int]) -> dict[int, Fact]:
        """The facts of these accounts. For an account that is not in memory, the facts of its whole coding are read."""
        wanted = list(nums)
        missing: set[int] = set()
        for some in chunks(num for num in wanted if num not in self._facts):
            missing |= set(connection.execute(select(accounts.c.coding).where(accounts.c.num.in_(some))).scalars())
        for some in chunks(sorted(missing)):
            self._read(connection, some)
        rows = {num: self._facts[num] for num in wanted}
        while len(self._codings) > _KEPT:
            for num in self._codings.popitem(last=False)[1]:
                del self._facts[num]
        return rows

    def _read(self, connection: Connection, numbers: list[int]) -> None:
        named: dict[int, dict[str, int]] = {number: {} for number in numbers}
        names = select(accounts.c.coding, accounts.c.name, accounts.c.num).where(accounts.c.coding.in_(numbers))
        for coding, name, num in connection.execute(names):
            named[coding][name] = num
        for coding, body in connection.execute(select(*said_of(compared)).where(compared.c.coding.in_(numbers))):
            self.add(coding, json.loads(body), named[coding])


def compare_anew(connection: Connection) -> None:
    """Write the table `compared` again, for all codings in force: a ledger of an older version stored other facts."""
    connection.execute(compared.delete())
    live = select(codings.c.num).where(codings.c.retired.is_(None)).order_by(codings.c.num)
    for some in chunks(connection.execute(live).scalars().all(), _BATCH):
        rows = connection.execute(coded(reports.c.source).where(codings.c.num.in_(some))).mappings().all()
        found = {row["coding"]: compared_of(coding_of(row, row["body"]), row["source"]) for row in rows}
        insert(connection, compared, [{"coding": num, "body": as_json(record)} for num, record in found.items()])


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """An account with its key, its report's key, and the name of the roll-up in its report that it is part of, if
    any."""

    num: int
    key: str
    report: str
    told: Told
    part_of: str | None


def linked(connection: Connection, facts: Facts, nums: Iterable[int]) -> dict[int, Linked]:
    """The accounts with these numbers, by number."""
    found: dict[int, Linked] = {}
    for some in chunks(nums, 2_000):
        own = facts.load(connection, some)
        keys: dict[int, dict[str, tuple[int, str]]] = {}
        columns = (accounts.c.coding, accounts.c.name, accounts.c.num, accounts.c.key)
        for coding, name, num, key in connection.execute(select(*columns).where(accounts.c.num.in_(some))):
            keys.setdefault(coding, {})[name] = (num, key)
        for row in connection.execute(coded(reports.c.key).where(codings.c.num.in_(sorted(keys)))).mappings():
            named = keys[row["coding"]]
            coding = coding_of(row, row["body"])
            wholes = {k.source: k.target for k in coding.links if k.kind == "part_of"}
            for account in coding.accounts:
                if account.id in named:
                    num, key = named[account.id]
                    told = Told(own[num], account)
                    found[num] = Linked(num, key, row["key"], told, wholes.get(account.id))
    return found
