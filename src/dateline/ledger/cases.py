"""Cases inside the ledger. A write can change the case of events that it does not touch itself.

Whether two accounts are of one case depends on their report only (linking/stages.py). So the events that such pairs
join into a chain are independent of all other events, and only the chains that a write touches are computed again
(linking/cases.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from dateline.ledger.rows import chunks, coded, coding_of, insert
from dateline.ledger.standing import Standing, standing
from dateline.ledger.tables import accounts, codings, related
from dateline.linking.cases import Related, case_id, cases
from dateline.linking.stages import APART, relations
from dateline.model import Coding

#: Codings that are read at once.
_BATCH = 200


def relate(connection: Connection, found: Iterable[tuple[Coding, Mapping[str, int]]]) -> None:
    """Store which accounts of each report are of one case. With each coding come the numbers of its accounts, by
    name."""
    rows = [
        {"a": named[one.one], "b": named[one.other], "strength": one.strength}
        for coding, named in found
        for one in relations(coding)
    ]
    insert(connection, related, rows)


def relate_all(connection: Connection) -> None:
    """Do what `relate` does, for all codings in force."""
    live = select(codings.c.num).where(codings.c.retired.is_(None)).order_by(codings.c.num)
    for some in chunks(connection.execute(live).scalars().all(), _BATCH):
        named: dict[int, dict[str, int]] = {num: {} for num in some}
        names = select(accounts.c.coding, accounts.c.name, accounts.c.num).where(accounts.c.coding.in_(some))
        for coding, name, num in connection.execute(names):
            named[coding][name] = num
        rows = connection.execute(coded().where(codings.c.num.in_(some))).mappings().all()
        relate(connection, [(coding_of(row, row["body"]), named[row["coding"]]) for row in rows])


def forget(connection: Connection, gone: list[int]) -> None:
    """Delete what `relate` stored for accounts that are no longer in force."""
    connection.execute(related.delete().where(or_(related.c.a.in_(gone), related.c.b.in_(gone))))


# ---------------------------------------------------------------- cases computed again


@dataclass(frozen=True, slots=True)
class Around:
    """The case (id, or None) of each event, by the number of the event's first account; and the other events in force
    that belong to the same chains."""

    case: Mapping[int, str | None]
    others: Sequence[Standing]


def cases_around(connection: Connection, groups: Sequence[Sequence[int]], out: Collection[int] = ()) -> Around:
    """The cases of the events that these groups of accounts form, and of all events that chains join with them.

    `out` are the first accounts of events that have no case, because somebody rejected them.
    """
    home = {num: group[0] for group in groups for num in group}
    others: list[Standing] = []
    rows: set[Related] = set()
    frontier = set(home)
    while frontier:
        near = _related(connection, frontier)
        rows |= near
        far = {num for a, b, strength in near if strength > APART for num in (a, b)} - home.keys()
        found = standing(connection, far)
        others += found
        fresh = {num: one.accounts[0] for one in found for num in one.accounts}
        home |= fresh
        frontier = set(fresh)
    wrong = {*out, *(one.accounts[0] for one in others if one.review == "rejected")}
    of = cases({num: event for num, event in home.items() if event not in wrong}, sorted(rows))
    ids = _ids(connection, set(of.values()))
    return Around({event: ids[of[event]] if event in of else None for event in set(home.values())}, others)


def _related(connection: Connection, nums: set[int]) -> set[Related]:
    found: set[Related] = set()
    for some in chunks(sorted(nums)):
        query = select(related.c.a, related.c.b, related.c.strength)
        rows = connection.execute(query.where(or_(related.c.a.in_(some), related.c.b.in_(some))))
        found |= {(a, b, strength) for a, b, strength in rows}
    return found


def _ids(connection: Connection, firsts: set[int]) -> dict[int, str]:
    """The id of each case, by the number of its first account."""
    found: dict[int, str] = {}
    for some in chunks(sorted(firsts)):
        query = select(accounts.c.num, accounts.c.key).where(accounts.c.num.in_(some))
        found |= {num: case_id(key) for num, key in connection.execute(query)}
    return found
