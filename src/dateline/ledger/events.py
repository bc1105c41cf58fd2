"""Events as rows: what the accounts of an event say together, written as versions that begin and end with revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dateline.ledger.cases import cases_around
from dateline.ledger.facts import Facts
from dateline.ledger.grouped import records
from dateline.ledger.rows import chunks
from dateline.ledger.standing import Standing, bodies, standing
from dateline.ledger.tables import accounts
from dateline.ledger.versions import Row, end, recase, redirect, revive, write
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights


@dataclass(frozen=True, slots=True)
class Settled:
    """What a write changed: the ids of events that are new, that changed, and that are gone."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def settle(
    connection: Connection,
    revision: int,
    facts: Facts,
    groups: Sequence[list[int]],
    gone: Iterable[int],
    made_by: tuple[Rules, Weights],
    judged: frozenset[int] | None = frozenset(),
) -> Settled:
    """Write the events of these groups. Each group holds the accounts of one event; `gone` are accounts that ended.

    Groups and `gone` together must hold all accounts of all events that they touch. An event that does not change keeps
    its version. A group with the accounts of a version in force is not even computed again, unless one of its accounts
    is in `judged` (None: all are).
    """
    own = {num for group in groups for num in group}
    before = standing(connection, {*own, *gone})
    moved = _beside_moved(connection, groups, before)
    before += moved
    was = {num: version.event for version in before for num in version.accounts}
    live = {version.event: version for version in before}
    same = {version.accounts: version for version in before}
    kept = [v for g in groups if (v := same.get(tuple(g))) and judged is not None and not judged & set(g)]
    groups = [*groups, *(list(v.accounts) for v in moved)]
    as_they_were = {v.accounts for v in kept}
    rows = records(connection, facts, [g for g in groups if tuple(g) not in as_they_were], made_by)
    rows, recased = _put_in_cases(connection, groups, rows, kept)
    fresh = _changed(connection, rows, live, same)
    ids = {record.id for record, _ in rows} | {v.event for v in kept}
    ended = [v for v in before if v.event not in ids]
    replaced = [live[record.id] for record, _ in fresh if record.id in live]
    end(connection, revision, [v.num for v in (*ended, *replaced)])
    write(connection, revision, fresh)
    recase(connection, revision, recased)
    redirect(connection, revision, [v.event for v in ended], was, rows)
    revive(connection, revision, ids - live.keys())
    return Settled(
        new=tuple(r.id for r, _ in fresh if r.id not in live),
        changed=tuple(v.event for v in (*replaced, *(v for v, _ in recased))),
        gone=tuple(v.event for v in ended),
    )


def _changed(
    connection: Connection, rows: Sequence[Row], live: Mapping[str, Standing], same: Mapping[tuple[int, ...], Standing]
) -> list[Row]:
    """The events that differ from their version in force: in their accounts, their id, or their record."""
    said = bodies(connection, [live[record.id] for record, _ in rows if record.id in live])
    return [
        (record, group)
        for record, group in rows
        if tuple(group) not in same
        or same[tuple(group)].event != record.id
        or said[live[record.id].num] != record.to_json()
    ]


def mates(connection: Connection, gone: Iterable[int]) -> set[int]:
    """The other accounts of the events that held accounts which ended (`gone`)."""
    gone = set(gone)
    return {num for version in standing(connection, gone) for num in version.accounts} - gone


def _beside_moved(connection: Connection, groups: Sequence[list[int]], before: Sequence[Standing]) -> list[Standing]:
    """Events outside these groups that must be written again, because another event of the same report changes its id.

    The reason: an event names the total that it is part of by id, and an event's id is made of its first account's key.
    """
    first = {num: version.accounts[0] for version in before for num in version.accounts}
    moved = [num for group in groups for num in group if first.get(num, group[0]) != group[0]]
    own = {num for group in groups for num in group}
    near: set[int] = set()
    for some in chunks(moved):
        told = select(accounts.c.coding).where(accounts.c.num.in_(some))
        query = select(accounts.c.num).where(accounts.c.coding.in_(told), accounts.c.retired.is_(None))
        near |= set(connection.execute(query).scalars()) - own
    return [version for version in standing(connection, near) if own.isdisjoint(version.accounts)]


def _put_in_cases(
    connection: Connection, groups: Sequence[list[int]], rows: Sequence[Row], kept: Sequence[Standing]
) -> tuple[list[Row], list[tuple[Standing, str | None]]]:
    """The new events with their cases; and the versions that stay in force but have another case now, with that
    case."""
    out = {group[0] for record, group in rows if record.review == "rejected"}
    out |= {version.accounts[0] for version in kept if version.review == "rejected"}
    around = cases_around(connection, groups, out)
    cased = [(replace(event, case=around.case[group[0]]), group) for event, group in rows]
    told = [(version, around.case[version.accounts[0]]) for version in (*kept, *around.others)]
    return cased, [(version, case) for version, case in told if version.case != case]


# ---------------------------------------------------------------- what the groups say


# ---------------------------------------------------------------- rows


def other_cases(connection: Connection, found: Sequence[Standing]) -> list[tuple[Standing, str | None]]:
    """The events with another case if cases are computed again, and that case. `found` must hold whole chains of
    cases."""
    return _put_in_cases(connection, [list(version.accounts) for version in found], (), found)[1]
