"""Events as rows: what the accounts of an event say together, written as versions that begin and end with revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dateline.ledger.bonds import Judgement, judgements_on
from dateline.ledger.cases import cases_around
from dateline.ledger.digests import rewrite
from dateline.ledger.errors import DamagedLedger
from dateline.ledger.facts import Facts, Linked, linked
from dateline.ledger.reviewing import corrected, doubt_of, killed_of, people_of, state_of
from dateline.ledger.rows import chunks, insert, next_number
from dateline.ledger.search import folded, index_places
from dateline.ledger.standing import Standing, bodies, standing
from dateline.ledger.tables import accounts, actors, members, pairs, places, redirects, versions
from dateline.linking.consolidating import event_id, event_of
from dateline.linking.facts import key_of
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights
from dateline.model.errors import BadRecord
from dateline.model.event import Event

#: Versions that are written at once.
_BATCH = 500
#: An event, and its accounts.
_Row = tuple[Event, list[int]]


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
    rows = _records(connection, facts, [g for g in groups if tuple(g) not in as_they_were], made_by)
    rows, recased = _put_in_cases(connection, groups, rows, kept)
    said = bodies(connection, [live[record.id] for record, _ in rows if record.id in live])
    fresh = [
        (record, group)
        for record, group in rows
        if tuple(group) not in same
        or same[tuple(group)].event != record.id
        or said[live[record.id].num] != record.to_json()
    ]
    ids = {record.id for record, _ in rows} | {v.event for v in kept}
    ended = [v for v in before if v.event not in ids]
    replaced = [live[record.id] for record, _ in fresh if record.id in live]
    _end(connection, revision, [v.num for v in (*ended, *replaced)])
    _write(connection, revision, fresh)
    recase(connection, revision, recased)
    _redirect(connection, revision, [v.event for v in ended], was, rows)
    _revive(connection, revision, ids - live.keys())
    return Settled(
        new=tuple(r.id for r, _ in fresh if r.id not in live),
        changed=tuple(v.event for v in (*replaced, *(v for v, _ in recased))),
        gone=tuple(v.event for v in ended),
    )


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
    connection: Connection, groups: Sequence[list[int]], rows: Sequence[_Row], kept: Sequence[Standing]
) -> tuple[list[_Row], list[tuple[Standing, str | None]]]:
    """The new events with their cases; and the versions that stay in force but have another case now, with that
    case."""
    out = {group[0] for record, group in rows if record.review == "rejected"}
    out |= {version.accounts[0] for version in kept if version.review == "rejected"}
    around = cases_around(connection, groups, out)
    cased = [(replace(event, case=around.case[group[0]]), group) for event, group in rows]
    told = [(version, around.case[version.accounts[0]]) for version in (*kept, *around.others)]
    return cased, [(version, case) for version, case in told if version.case != case]


# ---------------------------------------------------------------- what the groups say


def as_coded(connection: Connection, facts: Facts, nums: list[int], made_by: tuple[Rules, Weights]) -> Event:
    """An event (by its accounts) without judgements. A person who gives a second opinion is shown this."""
    loaded = linked(connection, facts, nums)
    home = {num: event_id(loaded[nums[0]].key) for num in nums}
    group = [loaded[num] for num in nums]
    return _record(group, _wholes(connection, loaded, home), {}, made_by, _beside(connection, loaded))


def _records(
    connection: Connection, facts: Facts, groups: Sequence[list[int]], made_by: tuple[Rules, Weights]
) -> list[_Row]:
    """The event of each group, and its accounts."""
    loaded = linked(connection, facts, [num for group in groups for num in group])
    home = {num: event_id(loaded[group[0]].key) for group in groups for num in group}
    wholes = _wholes(connection, loaded, home)
    on: dict[str, list[Judgement]] = {}
    for one in judgements_on(connection, [account.key for account in loaded.values()]):
        for key in {key for part in one.parts for key in part}:
            on.setdefault(key, []).append(one)
    beside = _beside(connection, loaded)
    return [(_record([loaded[n] for n in group], wholes, on, made_by, beside), group) for group in groups]


def _beside(connection: Connection, loaded: Mapping[int, Linked]) -> set[tuple[str, str]]:
    """Pairs of accounts (linking.facts.key_of) of two reports that have a better pair (linking/rivals.py)."""
    found: set[tuple[str, str]] = set()
    for some in chunks(sorted(loaded)):
        query = select(pairs.c.a, pairs.c.b).where(pairs.c.a.in_(some), pairs.c.beside)
        for a, b in connection.execute(query):
            if b in loaded:
                found.add((key_of(loaded[a].told.fact), key_of(loaded[b].told.fact)))
    return found


def _record(
    group: list[Linked],
    wholes: Mapping[int, str],
    on: Mapping[str, list[Judgement]],
    made_by: tuple[Rules, Weights],
    beside: set[tuple[str, str]],
) -> Event:
    keys = [one.key for one in group]
    found = sorted({j.num: j for key in keys for j in on.get(key, ())}.values(), key=lambda j: j.num)
    told = [wholes[one.num] for one in group if one.num in wholes]
    roll_up = max(sorted(set(told)), key=told.count, default=None)
    event = event_of([one.told for one in group], roll_up, *made_by, beside)
    rows = zip(event.accounts, group, strict=True)
    kept = tuple(replace(account, key=one.key, report=one.report) for account, one in rows)
    event = replace(event, id=event_id(keys[0]), accounts=kept, review=state_of(keys, found))
    return corrected(event, keys, found)


def _wholes(connection: Connection, loaded: Mapping[int, Linked], home: Mapping[int, str]) -> dict[int, str]:
    """Account -> the event of a roll-up, where the account's report says that the account is part of this roll-up."""
    inside = {(one.report, one.told.account.id): home[one.num] for one in loaded.values()}
    named = {one.num: (one.report, one.part_of) for one in loaded.values() if one.part_of}
    found = {num: inside[whole] for num, whole in named.items() if whole in inside}
    wanted = {num: loaded[num] for num in named if num not in found}
    return found | _wholes_elsewhere(connection, wanted)


def _wholes_elsewhere(connection: Connection, wanted: Mapping[int, Linked]) -> dict[int, str]:
    whole, part = accounts.alias("whole"), accounts.alias("part")
    found: dict[int, str] = {}
    for some in chunks(sorted(wanted)):
        query = (
            select(part.c.num, whole.c.name, versions.c.event)
            .select_from(part)
            .join(whole, whole.c.coding == part.c.coding)
            .join(members, members.c.account == whole.c.num)
            .join(versions, versions.c.num == members.c.version)
            .where(part.c.num.in_(some), versions.c.ended.is_(None))
        )
        for num, name, event in connection.execute(query):
            if wanted[num].part_of == name:
                found[num] = event
    return found


# ---------------------------------------------------------------- rows


def _end(connection: Connection, revision: int, nums: list[int]) -> None:
    for some in chunks(nums):
        connection.execute(update(versions).where(versions.c.num.in_(some)).values(ended=revision))


def _write(connection: Connection, revision: int, rows: Sequence[_Row]) -> None:
    first, place = next_number(connection, versions), next_number(connection, places)
    actor = next_number(connection, actors)
    numbered = list(enumerate(rows, first))
    insert(connection, versions, [_version(num, record, revision) for num, (record, _) in numbered])
    insert(connection, members, [{"version": num, "account": a} for num, (_, group) in numbered for a in group])
    where, who = search_rows([(num, record) for num, (record, _) in numbered], place, actor)
    insert(connection, places, where)
    index_places(connection, where)
    insert(connection, actors, who)


def other_cases(connection: Connection, found: Sequence[Standing]) -> list[tuple[Standing, str | None]]:
    """The events with another case if cases are computed again, and that case. `found` must hold whole chains of
    cases."""
    return _put_in_cases(connection, [list(version.accounts) for version in found], (), found)[1]


def recase(connection: Connection, revision: int, recased: Iterable[tuple[Standing, str | None]]) -> None:
    """Write new versions of events that changed only their case. A version of this same revision is changed in
    place."""
    for some in chunks(recased, _BATCH):
        read = bodies(connection, [version for version, _ in some])
        said = [(version, replace(parsed(read[version.num]), case=case)) for version, case in some]
        for version, event in said:
            if version.revision == revision:
                values = {"body": event.to_json(), "case": event.case}
                rewrite(connection, versions, versions.c.num == version.num, **values)
        older = [(version, event) for version, event in said if version.revision != revision]
        _end(connection, revision, [version.num for version, _ in older])
        _write(connection, revision, [(event, list(version.accounts)) for version, event in older])


def _version(num: int, event: Event, revision: int) -> dict[str, Any]:
    when = event.when
    return {
        "num": num, "event": event.id, "body": event.to_json(), "type": event.type, "status": event.status,
        "scope": event.scope, "start": when.start if when else None, "end": when.end if when else None,
        "confidence": event.confidence, "sources": event.sources, "people": people_of(event),
        "killed": killed_of(event), "review": event.review, "case": event.case,
        "doubt": doubt_of(event), "revision": revision,
    }  # fmt: skip


def search_rows(
    numbered: Iterable[tuple[int, Event]], place: int, actor: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of places and actors by which versions are searched, numbered from `place` and `actor`."""
    where: list[dict[str, Any]] = []
    who: list[dict[str, Any]] = []
    for num, event in numbered:
        for p in event.where:
            row: dict[str, Any] = {"num": place + len(where), "version": num, "name": folded(p.name)}
            row |= {"admin1": folded(p.admin1) if p.admin1 else None, "country": p.country}
            where.append(row | {"gazetteer_id": p.gazetteer_id, "lat": p.lat, "lon": p.lon})
        for a in event.actors:
            row = {"num": actor + len(who), "version": num}
            who.append(row | {"name": folded(a.name), "id": a.id, "role": a.role})
    return where, who


def count_killed(connection: Connection, nums: Sequence[int]) -> None:
    """Write the column `killed` of versions that were written without it: those of an older ledger, or of an export."""
    query = select(versions.c.num, versions.c.body).where(versions.c.num.in_(nums))
    told = [(num, killed_of(parsed(body))) for num, body in connection.execute(query).all()]
    rows = [{"its_num": num, "its_killed": killed} for num, killed in told if killed]
    if rows:
        put = update(versions).where(versions.c.num == bindparam("its_num")).values(killed=bindparam("its_killed"))
        connection.execute(put, rows)


def _redirect(
    connection: Connection, revision: int, gone: list[str], was: Mapping[int, str], rows: Sequence[_Row]
) -> None:
    """Let each id that is gone lead to the event that now has most of its accounts."""
    heirs: dict[str, Counter[str]] = {event: Counter() for event in gone}
    for record, group in rows:
        for num in group:
            if was.get(num) in heirs:
                heirs[was[num]][record.id] += 1
    first = next_number(connection, redirects)
    found = [(event, max(sorted(count), key=lambda e: count[e])) for event, count in heirs.items() if count]
    insert(
        connection,
        redirects,
        [
            {"num": n, "event": event, "into": into, "revision": revision}
            for n, (event, into) in enumerate(found, first)
        ],
    )


def _revive(connection: Connection, revision: int, ids: set[str]) -> None:
    """End the redirects of ids that are in force again."""
    for some in chunks(sorted(ids)):
        connection.execute(
            update(redirects).where(redirects.c.event.in_(some), redirects.c.ended.is_(None)).values(ended=revision)
        )


def parsed(body: str) -> Event:
    """The event of a version. Raises DamagedLedger (DL-L016) where it cannot be read."""
    try:
        return Event.from_json(body)
    except BadRecord as error:
        raise DamagedLedger(f"The record of an event cannot be read ({error.what}).") from None
