"""Events as rows: versions that begin and end with revisions, the rows by which they are searched, and redirects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dateline.ledger.digests import rewrite
from dateline.ledger.errors import DamagedLedger
from dateline.ledger.reviewing import doubt_of, killed_of, people_of
from dateline.ledger.rows import chunks, insert, next_number
from dateline.ledger.search import folded, index_places
from dateline.ledger.standing import Standing, bodies
from dateline.ledger.tables import actors, members, places, redirects, versions
from dateline.model.errors import BadRecord
from dateline.model.event import Event

#: Versions that are written at once.
_BATCH = 500
#: An event, and its accounts.
Row = tuple[Event, list[int]]


def end(connection: Connection, revision: int, nums: list[int]) -> None:
    for some in chunks(nums):
        connection.execute(update(versions).where(versions.c.num.in_(some)).values(ended=revision))


def write(connection: Connection, revision: int, rows: Sequence[Row]) -> None:
    first, place = next_number(connection, versions), next_number(connection, places)
    actor = next_number(connection, actors)
    numbered = list(enumerate(rows, first))
    insert(connection, versions, [_version(num, record, revision) for num, (record, _) in numbered])
    insert(connection, members, [{"version": num, "account": a} for num, (_, group) in numbered for a in group])
    where, who = search_rows([(num, record) for num, (record, _) in numbered], place, actor)
    insert(connection, places, where)
    index_places(connection, where)
    insert(connection, actors, who)


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
        end(connection, revision, [version.num for version, _ in older])
        write(connection, revision, [(event, list(version.accounts)) for version, event in older])


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


def redirect(
    connection: Connection, revision: int, gone: list[str], was: Mapping[int, str], rows: Sequence[Row]
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


def revive(connection: Connection, revision: int, ids: set[str]) -> None:
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
