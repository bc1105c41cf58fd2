"""Names that only hidden reports say: they are not shown, and no filter finds them.

Whoever asks for `actor=NAME` would otherwise learn from the number of events whether a sealed report has the name. What
an event shows is decided in one place (access.py): here the rows that events are searched by are held against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from dateline.ledger.access import accounts_hidden, without_words
from dateline.ledger.names import actors_of, places_of
from dateline.ledger.queries import Query, actor_rows, among, at, events_of, place_rows
from dateline.ledger.search import folded
from dateline.ledger.tables import actors, members, places, versions


def sought(connection: Connection, query: Query, as_of: int | None, hidden: frozenset[str]) -> Query:
    """The query as somebody may ask it from whom the words of some reports are hidden: it looks through none of these
    words, and finds no name that they alone say."""
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
    """The numbers of the rows of places or actors, of which a condition holds, whose name is hidden."""
    if not hidden:
        return ()
    told = select(members.c.version).where(among(members.c.account, accounts_hidden(connection, hidden)))
    rows = select(table.c.num, table.c.version, table.c.name).join(versions, versions.c.num == table.c.version)
    unlisted = (table.c.id if table is actors else table.c.gazetteer_id).is_(None)
    found = connection.execute(rows.where(holds, unlisted, at(as_of), table.c.version.in_(told))).all()
    shown = _shown(connection, "actors" if table is actors else "where", {row.version for row in found}, hidden)
    return tuple(sorted(row.num for row in found if row.name not in shown[row.version]))


def _shown(
    connection: Connection, field: str, numbers: Iterable[int], hidden: frozenset[str]
) -> dict[int, frozenset[str]]:
    """The names of actors (or places, by the field) that some versions show, folded."""
    own = sorted(numbers)
    masked = without_words(connection, events_of(connection, own), hidden)
    named = [event.actors if field == "actors" else event.where for event in masked]
    return {num: frozenset(folded(one.name) for one in some) for num, some in zip(own, named, strict=True)}
