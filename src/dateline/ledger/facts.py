"""Accounts of the ledger ready to be compared (linking.facts), by their numbers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dateline.ledger.rows import chunks, coding_of
from dateline.ledger.tables import accounts, codings, reports
from dateline.linking.facts import Fact, facts_of
from dateline.model import Coding

#: Codings that are kept in memory.
_CODINGS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """An account: what linking looks at, its key, and the account (by name) of its report that it is part of."""

    num: int
    key: str
    report: str
    fact: Fact
    part_of: str | None


class Facts:
    """A window on the accounts of a ledger. What was read stays true: codings never change."""

    def __init__(self) -> None:
        self._accounts: dict[int, Linked] = {}
        self._codings: OrderedDict[int, list[int]] = OrderedDict()

    def add(self, number: int, coding: Coding, source: str, named: dict[str, tuple[int, str]]) -> None:
        """Take a coding in; `named` has the number and key of each of its accounts by name."""
        wholes = {k.source: k.target for k in coding.links if k.kind == "part_of"}
        for fact in facts_of(coding, source):
            num, key = named[fact.key.account_id]
            linked = Linked(num, key, fact.telling.key, fact, wholes.get(fact.key.account_id))
            self._accounts[num] = linked
        self._codings[number] = [num for num, _ in named.values()]

    def load(self, connection: Connection, nums: Iterable[int]) -> dict[int, Linked]:
        """These accounts. Those not in memory are read with the rest of their codings."""
        wanted = list(nums)
        missing = [num for num in wanted if num not in self._accounts]
        found: set[int] = set()
        for some in chunks(missing):
            found |= set(connection.execute(select(accounts.c.coding).where(accounts.c.num.in_(some))).scalars())
        for some in chunks(sorted(found)):
            self._read(connection, some)
        rows = {num: self._accounts[num] for num in wanted}
        self._forget()
        return rows

    def _read(self, connection: Connection, numbers: list[int]) -> None:
        named: dict[int, dict[str, tuple[int, str]]] = {number: {} for number in numbers}
        names = select(accounts.c.coding, accounts.c.name, accounts.c.num, accounts.c.key)
        for coding, name, num, key in connection.execute(names.where(accounts.c.coding.in_(numbers))):
            named[coding][name] = (num, key)
        query = select(codings.c.num.label("coding"), codings.c.body, *_REPORT).join_from(codings, reports)
        for row in connection.execute(query.where(codings.c.num.in_(numbers))).mappings():
            self.add(row["coding"], coding_of(row, row["body"]), row["source"], named[row["coding"]])

    def _forget(self) -> None:
        while len(self._codings) > _CODINGS:
            _, nums = self._codings.popitem(last=False)
            for num in nums:
                del self._accounts[num]


_REPORT = [reports.c[name] for name in ("id", "uri", "title", "publisher", "lang", "text", "source")]
