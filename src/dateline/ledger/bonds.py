"""Judgements of analysts on accounts: which are one event, which are not, and what was accepted, rejected,
corrected."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.digests import said_of
from dateline.ledger.rows import chunks
from dateline.ledger.tables import judged, judgements

#: Kinds of judgements that say which accounts are of one event, and which are not.
LINKING = ("same", "different", "split")
#: Kinds of judgements that say whether an event is right.
VERDICTS = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement in force: its kind and value, its accounts (by key, in parts), and who made it."""

    num: int
    kind: str
    by: str
    value: Any
    parts: tuple[tuple[str, ...], ...]


@dataclass
class Bonds:
    """Pairs of accounts (by key) that judgements put together or apart. Where two judgements contradict each other, the
    later one counts."""

    together: list[tuple[str, str]] = field(default_factory=list)
    apart: set[tuple[str, str]] = field(default_factory=set)

    @staticmethod
    def of(found: Iterable[Judgement]) -> Bonds:
        """The bonds of all judgements in force on the accounts of a chain."""
        bonds, groups = Bonds(), _Groups()
        for one in sorted((j for j in found if j.kind in LINKING), key=lambda j: -j.num):
            if one.kind != "different":
                for part in one.parts:
                    bonds.together += [(part[0], other) for other in part[1:] if groups.join(part[0], other)]
            for part, other_part in itertools.combinations(one.parts, 2):
                for pair in itertools.product(part, other_part):
                    if groups.part(*pair):
                        bonds.apart |= {pair, pair[::-1]}
        return bonds


class _Groups:
    """Groups of keys that are together. A join is refused if two of the keys were put apart before; putting two keys
    apart is refused if they are together already."""

    def __init__(self) -> None:
        self._group: dict[str, set[str]] = {}
        self._apart: list[tuple[str, str]] = []

    def _of(self, key: str) -> set[str]:
        return self._group.setdefault(key, {key})

    def join(self, a: str, b: str) -> bool:
        one, two = self._of(a), self._of(b)
        if any((x in one and y in two) or (x in two and y in one) for x, y in self._apart):
            return False
        if one is not two:
            one |= two
            for key in two:
                self._group[key] = one
        return True

    def part(self, a: str, b: str) -> bool:
        if self._of(a) is self._of(b):
            return False
        self._apart.append((a, b))
        return True


def judgements_on(connection: Connection, keys: Iterable[str]) -> list[Judgement]:
    """All judgements in force that name one of the accounts, in the order in which they were made."""
    nums: set[int] = set()
    for some in chunks(keys):
        query = select(judged.c.judgement).join(judgements, judgements.c.num == judged.c.judgement)
        nums |= set(
            connection.execute(query.where(judged.c.account.in_(some), judgements.c.withdrawn.is_(None))).scalars()
        )
    return read(connection, sorted(nums))


def read(connection: Connection, nums: Sequence[int]) -> list[Judgement]:
    """Judgements by number."""
    parts: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    found: list[Judgement] = []
    for some in chunks(nums):
        query = select(*said_of(judged)).where(judged.c.judgement.in_(some)).order_by(judged.c.account)
        for num, account, part in connection.execute(query):
            parts[num][part].append(account)
        rows = connection.execute(select(judgements).where(judgements.c.num.in_(some)).order_by(judgements.c.num))
        for row in rows.mappings():
            value = json.loads(row["value"]) if row["value"] is not None else None
            own = tuple(tuple(accounts) for _, accounts in sorted(parts[row["num"]].items()))
            found.append(Judgement(row["num"], row["kind"], row["by"], value, own))
    return found


def verdicts(found: Iterable[Judgement]) -> dict[str, str]:
    """The latest verdict on each account, by key."""
    told: dict[str, str] = {}
    for one in found:
        if one.kind in VERDICTS:
            told |= {key: one.kind for part in one.parts for key in part}
    return told
