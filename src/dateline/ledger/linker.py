"""Linking inside the ledger: what is new finds its partners, and only the chains that it touches are worked out anew.

The result is that of linking all accounts at once (linking/linking.py): whether two are partners hangs on the two
alone, and a chain of partners is an island.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, or_, select

from dateline.ledger.bonds import LINKING, Bonds, Judgement, judgements_on, verdicts
from dateline.ledger.facts import Facts, Linked
from dateline.ledger.rows import chunks, hashed, insert
from dateline.ledger.tables import accounts, blocks, ties
from dateline.linking.candidates import block_keys
from dateline.linking.clustering import chains, cluster
from dateline.linking.comparing import APART

#: Pairs that are weighed at once: their accounts are in memory together.
_WINDOW = 1_000


def tie(connection: Connection, facts: Facts, fresh: Sequence[int]) -> None:
    """Find the partners of new accounts among all live ones, and keep each pair whose weight is above zero."""
    rows = [
        {"block": hashed(name.encode("utf-8", "surrogatepass")), "account": account.num}
        for account in facts.load(connection, fresh).values()
        for name in block_keys(account.fact)
    ]
    insert(connection, blocks, rows)
    members: dict[int, list[int]] = defaultdict(list)
    for some in chunks(sorted({row["block"] for row in rows})):
        query = select(blocks.c.block, blocks.c.account).where(blocks.c.block.in_(some))
        for block, account in connection.execute(query.order_by(blocks.c.account)):
            members[block].append(account)
    new = set(fresh)
    pairs = {
        (a, b) for inside in members.values() for k, b in enumerate(inside) for a in inside[:k] if b in new or a in new
    }
    found = []
    for window in chunks(sorted(pairs), _WINDOW):
        loaded = facts.load(connection, {num for pair in window for num in pair})
        weighed = [(a, b, facts.weight(loaded[a], loaded[b])) for a, b in window]
        found += [{"a": a, "b": b, "weight": w} for a, b, w in weighed if w > 0]
    insert(connection, ties, found)


def untie(connection: Connection, gone: Sequence[int]) -> set[int]:
    """Take accounts out of all blocks and pairs; gives those that they were paired with."""
    near: set[int] = set()
    for some in chunks(gone):
        near |= _neighbours(connection, some)
        connection.execute(ties.delete().where(or_(ties.c.a.in_(some), ties.c.b.in_(some))))
        connection.execute(blocks.delete().where(blocks.c.account.in_(some)))
    return near - set(gone)


def _neighbours(connection: Connection, nums: list[int]) -> set[int]:
    query = select(ties.c.a, ties.c.b).where(or_(ties.c.a.in_(nums), ties.c.b.in_(nums)))
    return {num for row in connection.execute(query) for num in row}


# ---------------------------------------------------------------- chains and groups


class Island:
    """The live accounts that a chain of pairs or judgements joins with some given ones."""

    def __init__(self, connection: Connection, start: Iterable[int]) -> None:
        self.key_of: dict[int, str] = {}
        self.num_of: dict[str, int] = {}
        self.judgements: dict[int, Judgement] = {}
        self._edges: set[tuple[int, int]] = set()
        frontier = set(start)
        while frontier:
            keys = self._take(connection, frontier)
            near = self._tied(connection, frontier) | self._bound(connection, keys)
            frontier = near - self.key_of.keys()
        self.bonds = Bonds.of(self.judgements.values())

    def _take(self, connection: Connection, nums: set[int]) -> list[str]:
        keys = []
        for some in chunks(sorted(nums)):
            query = select(accounts.c.num, accounts.c.key).where(accounts.c.num.in_(some), accounts.c.retired.is_(None))
            for num, key in connection.execute(query):
                self.key_of[num], self.num_of[key] = key, num
                keys.append(key)
        return keys

    def _tied(self, connection: Connection, nums: set[int]) -> set[int]:
        near: set[int] = set()
        for some in chunks(sorted(nums)):
            query = select(ties.c.a, ties.c.b).where(or_(ties.c.a.in_(some), ties.c.b.in_(some)))
            for a, b in connection.execute(query):
                self._edges.add((a, b))
                near |= {a, b}
        return near

    def _bound(self, connection: Connection, keys: list[str]) -> set[int]:
        """Accounts that a judgement names together with these: all of them, so that each judgement is whole."""
        found = [j for j in judgements_on(connection, keys) if j.num not in self.judgements]
        self.judgements |= {j.num: j for j in found}
        linking = [j for j in found if j.kind in LINKING]
        named = {key for j in linking for part in j.parts for key in part} - self.num_of.keys()
        near: set[int] = set()
        for some in chunks(sorted(named)):
            query = select(accounts.c.num).where(accounts.c.key.in_(some), accounts.c.retired.is_(None))
            near |= set(connection.execute(query).scalars())
        return near

    def groups(self, connection: Connection, facts: Facts) -> list[list[int]]:
        """The accounts of each event, in the order in which they came."""
        nums = sorted(self.key_of)
        at = {num: k for k, num in enumerate(nums)}
        together = [
            (self.num_of[a], self.num_of[b]) for a, b in self.bonds.together if a in self.num_of and b in self.num_of
        ]
        edges = [(at[a], at[b]) for a, b in itertools.chain(self._edges, together) if a in at and b in at]
        told = verdicts(self.judgements[n] for n in sorted(self.judgements))
        found: list[list[int]] = []
        for chain in chains(len(nums), edges):
            own = [nums[k] for k in chain]
            loaded = facts.load(connection, own)

            def between(a: int, b: int, loaded: dict[int, Linked] = loaded) -> float:
                one, two = loaded[a], loaded[b]
                if (one.key, two.key) in self.bonds.apart:
                    return APART
                # What was rejected takes nothing along that was not.
                if (told.get(one.key) == "reject") != (told.get(two.key) == "reject"):
                    return APART
                return facts.weight(one, two)

            found += cluster(own, between, APART, together)
        return sorted(found)
