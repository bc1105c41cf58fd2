"""Linking inside the ledger: new accounts find their partners, and only the chains that they touch are computed again.

The result is that of linking all accounts at once (linking/linking.py), because whether two accounts are partners
depends on these two only, and no tie leads out of a chain of partners (an island).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TypeVar

from sqlalchemy import Connection, or_, select

from dateline.ledger.bonds import LINKING, Bonds, Judgement, judgements_on, verdicts
from dateline.ledger.cases import forget
from dateline.ledger.facts import Facts
from dateline.ledger.rows import chunks, hashed, insert
from dateline.ledger.tables import accounts, blocks, compared, pairs
from dateline.linking.candidates import Block, Blocks, blocks_of, worth_comparing
from dateline.linking.clustering import cluster, tied_with, weighed_chains
from dateline.linking.rivals import Weigher, weigh
from dateline.linking.weights import Weights

T = TypeVar("T")
#: Pairs that are weighed at once: their accounts are in memory together.
_WINDOW = 1_000
#: Accounts that are paired at once when all are linked again; more if one report has more.
_BATCH = 500
_NAME_BITS = 44
#: A chain of this many accounts has one pair only.
_TWO = 2


def relink(connection: Connection, facts: Facts, weights: Weights) -> None:
    """Find the partners of all live accounts again."""
    connection.execute(pairs.delete())
    connection.execute(blocks.delete())
    live = select(accounts.c.coding, accounts.c.num).where(accounts.c.retired.is_(None))
    rows = connection.execute(live.order_by(accounts.c.coding, accounts.c.num)).all()
    for some in _unparted(rows, lambda row: row.coding, _BATCH):
        pair_up(connection, facts, [row.num for row in some], weights)


def pair_up(connection: Connection, facts: Facts, fresh: Sequence[int], weights: Weights) -> None:
    """Find the partners of new accounts among all live ones, and store the log-odds of each pair.

    `fresh` must have all accounts of a report or none, because the pairs of two reports are weighed together.
    """
    looking: dict[int, list[int]] = defaultdict(list)
    for num, own in lay(connection, facts, fresh).items():
        for block in own.looks_in:
            looking[_number(block)].append(num)
    partners: set[tuple[int, int]] = set()
    for some in chunks(sorted(looking)):
        query = select(blocks.c.block, blocks.c.account).where(blocks.c.block.in_(some))
        for block, account in connection.execute(query):
            partners |= {(min(account, num), max(account, num)) for num in looking[block] if num != account}
    coded = _codings(connection, {num for pair in partners for num in pair})
    # Sorted by the earlier report, so that few accounts are in memory together. Pairs of the same reports stay
    # together.
    two = [(a, b) for a, b in partners if coded[a] != coded[b]]
    ordered = sorted(two, key=lambda pair: (coded[pair[0]], coded[pair[1]], pair))
    for window in _unparted(ordered, lambda pair: (coded[pair[0]], coded[pair[1]]), _WINDOW):
        loaded = facts.load(connection, {num for pair in window for num in pair})
        near = [(a, b) for a, b in window if worth_comparing(loaded[a], loaded[b])]
        weighed = weigh(loaded, near, weights)
        insert(connection, pairs, [{"a": a, "b": b, **asdict(w)} for (a, b), w in weighed.items()])


def lay(connection: Connection, facts: Facts, fresh: Sequence[int]) -> dict[int, Blocks]:
    """Put new accounts into the blocks in which others will look for them; returns the blocks of each account."""
    found = {num: blocks_of(fact) for num, fact in facts.load(connection, fresh).items()}
    lying = [(number, num) for num, own in found.items() for number in numbers_of(own)]
    insert(connection, blocks, [{"block": block, "account": num} for block, num in sorted(lying)])
    return found


def numbers_of(found: Blocks) -> set[int]:
    """The numbers of the blocks that an account lies in."""
    return {_number(block) for block in found.lies_in}


def _number(block: Block) -> int:
    """The number of a block, of 63 bits: its week, then 44 bits of its name's hash. With the week first, the rows of
    new accounts lie side by side in the database."""
    week, name = block
    return (week << _NAME_BITS) | (hashed(name.encode("utf-8", "surrogatepass")) >> (63 - _NAME_BITS))


def _codings(connection: Connection, nums: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in chunks(sorted(nums)):
        query = select(accounts.c.num, accounts.c.coding).where(accounts.c.num.in_(some))
        found |= dict(connection.execute(query).all())
    return found


def _unparted(items: Iterable[T], key: Callable[[T], Hashable], size: int) -> Iterator[list[T]]:
    """Items, sorted by key, in lists of about `size`. Items with one key always stay in one list."""
    window: list[T] = []
    for _, own in itertools.groupby(items, key=key):
        window += own
        if len(window) >= size:
            yield window
            window = []
    if window:
        yield window


def part(connection: Connection, gone: Sequence[int]) -> set[int]:
    """Take accounts out of all blocks and pairs; returns the accounts that they were paired with."""
    near: set[int] = set()
    for some in chunks(gone):
        near |= _neighbours(connection, some)
        connection.execute(pairs.delete().where(or_(pairs.c.a.in_(some), pairs.c.b.in_(some))))
        connection.execute(blocks.delete().where(blocks.c.account.in_(some)))
        forget(connection, some)
        gone_codings = select(accounts.c.coding).where(accounts.c.num.in_(some))
        connection.execute(compared.delete().where(compared.c.coding.in_(gone_codings)))
    return near - set(gone)


def _neighbours(connection: Connection, nums: list[int]) -> set[int]:
    return {num for a, b, _ in _pairs_of(connection, nums) for num in (a, b)}


def _pairs_of(connection: Connection, nums: list[int]) -> Iterator[tuple[int, int, float]]:
    """The pairs that hold some accounts, with the log-odds of each pair."""
    query = select(pairs.c.a, pairs.c.b, pairs.c.weight).where(or_(pairs.c.a.in_(nums), pairs.c.b.in_(nums)))
    return ((row.a, row.b, row.weight) for row in connection.execute(query))


def left_by(connection: Connection, fresh: Sequence[int]) -> set[int]:
    """The accounts that lose a tie because a new account (`fresh`) draws their partner away. They must be linked again,
    too."""
    new = set(fresh)
    drawn = {num for some in chunks(sorted(new)) for num in _neighbours(connection, some)} - new
    partners: dict[int, dict[int, float]] = {num: {} for num in drawn}
    for some in chunks(sorted(drawn)):
        for a, b, weight in _pairs_of(connection, some):
            for one, other in ((a, b), (b, a)):
                if one in drawn:
                    partners[one][other] = weight
    left: set[int] = set()
    for own in partners.values():
        left |= tied_with({num: weight for num, weight in own.items() if num not in new}) - tied_with(own)
    return left


# ---------------------------------------------------------------- chains and groups


class Island:
    """All live accounts that a chain of ties or judgements joins with some given accounts."""

    def __init__(self, connection: Connection, start: Iterable[int]) -> None:
        #: Account (by number) -> its key; and -> its report, by number.
        self._keys: dict[int, str] = {}
        self._reports: dict[int, str] = {}
        self._judgements: dict[int, Judgement] = {}
        self._weights: dict[tuple[int, int], float] = {}
        #: Account -> each of its partners -> the log-odds of the pair. An account that is here has all its partners
        #: here.
        self._partners: dict[int, dict[int, float]] = {}
        frontier = set(start)
        while frontier:
            keys = self._take(connection, frontier)
            near = self._paired(connection, frontier) | self._bound(connection, keys)
            frontier = near - self._keys.keys()

    @property
    def accounts(self) -> set[int]:
        """All accounts of the island, by number."""
        return set(self._keys)

    def _take(self, connection: Connection, nums: set[int]) -> list[str]:
        found = []
        for some in chunks(sorted(nums)):
            query = select(accounts.c.num, accounts.c.key, accounts.c.report)
            query = query.where(accounts.c.num.in_(some), accounts.c.retired.is_(None))
            for num, key, report in connection.execute(query):
                self._keys[num], self._reports[num] = key, str(report)
                found.append(key)
        return found

    def _paired(self, connection: Connection, nums: set[int]) -> set[int]:
        """The accounts that are tied with these, seen from either side (linking.clustering.tied_with)."""
        self._read(connection, nums)
        around = {other for num in nums for other, weight in self._partners[num].items() if weight > 0}
        self._read(connection, around)
        tied = {other for num in nums for other in tied_with(self._partners[num])}
        return tied | {other for other in around if not nums.isdisjoint(tied_with(self._partners[other]))}

    def _read(self, connection: Connection, nums: set[int]) -> None:
        """Read all partners of these accounts, where that was not done before."""
        missing = nums - self._partners.keys()
        self._partners |= {num: {} for num in missing}
        for some in chunks(sorted(missing)):
            for a, b, weight in _pairs_of(connection, some):
                self._weights[a, b] = weight
                for one, other in ((a, b), (b, a)):
                    if one in missing:
                        self._partners[one][other] = weight

    def _bound(self, connection: Connection, keys: list[str]) -> set[int]:
        """All accounts that a judgement names together with these. So the island always holds whole judgements."""
        found = [j for j in judgements_on(connection, keys) if j.num not in self._judgements]
        self._judgements |= {j.num: j for j in found}
        named = {key for j in found if j.kind in LINKING for part in j.parts for key in part}
        near: set[int] = set()
        for some in chunks(sorted(named - set(self._keys.values()))):
            query = select(accounts.c.num).where(accounts.c.key.in_(some), accounts.c.retired.is_(None))
            near |= set(connection.execute(query).scalars())
        return near

    def groups(self, connection: Connection, facts: Facts, weights: Weights) -> list[list[int]]:
        """The accounts of each event, in the order in which they came."""
        judged = [self._judgements[num] for num in sorted(self._judgements)]
        bonds, told = Bonds.of(judged), verdicts(judged)
        num_of = {key: num for num, key in self._keys.items()}
        together = [(num_of[a], num_of[b]) for a, b in bonds.together if a in num_of and b in num_of]

        def apart(a: int, b: int) -> bool:
            one, two = self._keys[a], self._keys[b]
            # A rejected account never joins an account that was not rejected.
            return (one, two) in bonds.apart or (told.get(one) == "reject") != (told.get(two) == "reject")

        found = []
        for chain, own in weighed_chains(sorted(self._keys), self._weights, together):
            loaded = facts.load(connection, chain) if len(chain) > _TWO else {}
            found += cluster(chain, own, self._reports.__getitem__, apart, together, Weigher(loaded, own, weights))
        return sorted(found)
