"""What the accounts of an event say together, with what people judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from dateline.ledger.bonds import Judgement, judgements_on
from dateline.ledger.facts import Facts, Linked, linked
from dateline.ledger.reviewing import corrected, state_of
from dateline.ledger.rows import chunks
from dateline.ledger.tables import accounts, members, pairs, versions
from dateline.ledger.versions import Row
from dateline.linking.consolidating import event_id, event_of
from dateline.linking.facts import key_of
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights
from dateline.model.event import Event


def as_coded(connection: Connection, facts: Facts, nums: list[int], made_by: tuple[Rules, Weights]) -> Event:
    """An event (by its accounts) without judgements. A person who gives a second opinion is shown this."""
    loaded = linked(connection, facts, nums)
    home = {num: event_id(loaded[nums[0]].key) for num in nums}
    group = [loaded[num] for num in nums]
    return _record(group, _wholes(connection, loaded, home), {}, made_by, _beside(connection, loaded))


def records(
    connection: Connection, facts: Facts, groups: Sequence[list[int]], made_by: tuple[Rules, Weights]
) -> list[Row]:
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
