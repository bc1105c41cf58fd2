"""Totals and the events that they hold, computed when an event is read, because reports can come in any order.

With an event is stored only the total that its own report names. Whether a total of another report holds it depends
only on the two events (linking/totals.py), so the answer is that of linking all reports at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal_column, select

from dateline.ledger.rows import chunks
from dateline.ledger.tables import accounts, members, places, versions
from dateline.ledger.versions import parsed
from dateline.linking.totals import Extent, Totals, extent_of
from dateline.model.event import Event
from dateline.model.vocabulary import Scope

_LIVE = versions.c.review != "rejected"


def totals_at(connection: Connection, holds: ColumnElement[bool]) -> Totals:
    """All totals of a state of the ledger; `holds` is the condition for versions in force (queries.at)."""
    query = select(versions.c.body).where(holds, _LIVE, versions.c.scope == literal_column("'rollup'"))
    # With this order SQLite uses the index of totals; otherwise it would read all events.
    bodies = connection.execute(query.order_by(versions.c.start, versions.c.end)).scalars()
    return Totals(_extents(map(parsed, bodies)))


def with_wholes(connection: Connection, events: list[Event], holds: ColumnElement[bool]) -> list[Event]:
    """The events, each with the total that holds it (`part_of`), where no report names one itself."""
    wanted = [e for one in events if one.part_of is None and not one.is_total and (e := extent_of(one))]
    if not wanted:
        return events
    first, last = min(e.start for e in wanted), max(e.end for e in wanted)
    countries = {place.split("/")[0] for e in wanted for place in e.places}
    query = _near("rollup", countries).where(holds, versions.c.start <= last, versions.c.end >= first)
    totals = Totals(_extents(map(parsed, connection.execute(query).scalars())))
    return [with_whole(event, totals) for event in events]


def with_whole(event: Event, totals: Totals) -> Event:
    """The event with the total that holds it (`part_of`), where no report names one itself."""
    extent = extent_of(event) if event.part_of is None else None
    whole = totals.whole_of(extent) if extent else None
    return replace(event, part_of=whole) if whole else event


def held(connection: Connection, num: int, event: Event, holds: ColumnElement[bool]) -> list[str]:
    """The ids of the events that a total (version `num`) holds, the earliest first; empty where it is no total."""
    if not event.is_total:
        return []
    found = {one.id: one for one in _of_its_reports(connection, num, holds)}
    total = extent_of(event)
    if total is not None:
        near = _near("event", {place.split("/")[0] for place in total.places})
        query = near.where(holds, versions.c.start >= total.start, versions.c.end <= total.end)
        found |= {one.id: one for one in map(parsed, connection.execute(query).scalars())}
    inside = [one for one in with_wholes(connection, list(found.values()), holds) if one.part_of == event.id]
    return [one.id for one in sorted(inside, key=lambda one: (one.when.start if one.when else "~", one.id))]


def _near(scope: Scope, countries: Iterable[str]) -> Select[Any]:
    """The bodies of events (or totals) with a place in one of the countries."""
    inside = (places.c.version == versions.c.num) & places.c.country.in_(sorted(countries))
    # The scope is written into the statement, not bound: only then does the database use the index of totals.
    kind = versions.c.scope == literal_column(f"'{scope}'")
    return select(versions.c.body).where(kind, _LIVE, select(places.c.num).where(inside).exists())


def _of_its_reports(connection: Connection, num: int, holds: ColumnElement[bool]) -> Iterator[Event]:
    """All events of the reports that tell of a version (by number)."""
    own = select(accounts.c.report).join_from(accounts, members).where(members.c.version == num)
    query = (
        select(versions.c.num)
        .distinct()
        .join_from(versions, members)
        .join(accounts, accounts.c.num == members.c.account)
        .where(accounts.c.report.in_(own), holds, _LIVE)
    )
    for some in chunks(connection.execute(query).scalars().all()):
        yield from map(parsed, connection.execute(select(versions.c.body).where(versions.c.num.in_(some))).scalars())


def _extents(events: Iterable[Event]) -> Iterator[Extent]:
    return (found for event in events if (found := extent_of(event)))
