"""Hide names that only hidden reports say: they are not shown, and no filter finds them.

Otherwise the number of events for a filter `actor=NAME` would reveal whether a sealed report has the name. What an
event shows is decided in access.py; here the rows that events are searched by are compared with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, or_, select

from dateline.ledger.access import accounts_hidden, without_words
from dateline.ledger.conditions import actor_rows, among, at, none_of, place_rows
from dateline.ledger.names import actors_of, places_of
from dateline.ledger.queries import events_of
from dateline.ledger.query import Query
from dateline.ledger.rows import chunks
from dateline.ledger.search import folded
from dateline.ledger.tables import actors, members, places, versions


def sought(connection: Connection, query: Query, as_of: int | None, hidden: frozenset[str]) -> Query:
    """The query, limited for a user from whom some reports are hidden: it does not search the words of these reports,
    and finds no name that only they say."""
    if not hidden:
        return query
    who = [actor_rows(actors_of(name)) for name in query.actors]
    where = [place_rows(places_of(name)) for name in query.places]
    return replace(
        query,
        without=tuple(sorted(accounts_hidden(connection, hidden))) if query.text is not None else (),
        without_actors=unread(connection, actors, or_(*who), as_of, hidden) if who else (),
        without_places=unread(connection, places, or_(*where), as_of, hidden) if where else (),
    )


def unread(
    connection: Connection, table: Table, holds: ColumnElement[bool], as_of: int | None, hidden: frozenset[str]
) -> tuple[int, ...]:
    """The numbers of the rows of places or actors that match a condition and have a hidden name."""
    if not hidden:
        return ()
    told = select(members.c.version).where(among(members.c.account, accounts_hidden(connection, hidden)))
    rows = select(table.c.num, table.c.version, table.c.name).join(versions, versions.c.num == table.c.version)
    unlisted = (table.c.id if table is actors else table.c.gazetteer_id).is_(None)
    found = connection.execute(rows.where(holds, unlisted, at(as_of), table.c.version.in_(told))).all()
    shown = _shown(connection, "actors" if table is actors else "where", {row.version for row in found}, hidden)
    return tuple(sorted(row.num for row in found if row.name not in shown[row.version]))


def shown_rows(
    connection: Connection,
    columns: Sequence[Column[Any]],
    names: Collection[str],
    as_of: int | None,
    hidden: frozenset[str],
) -> list[Row[Any]]:
    """The distinct values of some columns of places or actors, in rows with these names, as far as they may be seen.

    Most names need no look at an event: the gazetteer or the list of actors has them, or an event without hidden
    reports has them. Only the other names are compared with what their events show.
    """
    table = columns[0].table
    told = select(members.c.version).where(among(members.c.account, accounts_hidden(connection, hidden)))
    listed = (table.c.id if table is actors else table.c.gazetteer_id).is_not(None)
    query = select(*columns).join(versions, table.c.version == versions.c.num).where(at(as_of)).distinct()
    found: list[Row[Any]] = []
    for some in chunks(sorted(names)):
        own = table.c.name.in_(some)
        known = connection.execute(query.where(own, or_(listed, table.c.version.not_in(told)))).all()
        left = set(some) - {row.name for row in known}
        mine = table.c.name.in_(left)
        out = unread(connection, table, mine, as_of, hidden) if left else ()
        found += known
        found += connection.execute(query.where(mine, none_of(table.c.num, out))).all() if left else []
    return found


def _shown(
    connection: Connection, field: str, numbers: Iterable[int], hidden: frozenset[str]
) -> dict[int, frozenset[str]]:
    """Version (by number) -> the folded names of actors (or places, by `field`) that it shows."""
    own = sorted(numbers)
    masked = without_words(connection, events_of(connection, own), hidden)
    named = [event.actors if field == "actors" else event.where for event in masked]
    return {num: frozenset(folded(one.name) for one in some) for num, some in zip(own, named, strict=True)}
