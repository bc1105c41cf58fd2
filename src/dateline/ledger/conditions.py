"""The filters of a query as conditions of SQL. In memory they are masks (service/exploring/masks.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, or_, select, true

from dateline.ledger.names import Actors, Places, actors_of, places_of
from dateline.ledger.query import Query
from dateline.ledger.search import accounts_with, folded, inside
from dateline.ledger.tables import actors, members, places, versions

#: The part of an event's record (JSON) that is there if its sources agree. It cannot be part of a text in the record,
#: because quotes in a text are escaped.
_AGREED = '"disagreements":[]'


def at(as_of: int | None) -> ColumnElement[bool]:
    """The condition for versions in force at a revision; None is now."""
    if as_of is None:
        return versions.c.ended.is_(None)
    return and_(versions.c.revision <= as_of, or_(versions.c.ended.is_(None), versions.c.ended > as_of))


def conditions(connection: Connection, query: Query, as_of: int | None) -> list[ColumnElement[bool]]:
    """The conditions on versions that a query makes."""
    v = versions.c
    found = [at(as_of)]
    for one in query.filters():
        found.append(v[one.column].in_(one.among) if one.among else v[one.column] >= one.least)
    if query.since is not None:
        found.append(v.end >= query.since)
    if query.until is not None:
        found.append(v.start <= query.until)
    if query.dated is not None:
        found.append(v.start.is_not(None) if query.dated else v.start.is_(None))
    if query.disputed is not None:
        agreed = v.body.contains(_AGREED, autoescape=True)
        found.append(~agreed if query.disputed else agreed)
    return found + _sought(connection, query)


def _sought(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """The conditions of a query that need other tables than `versions`."""
    v = versions.c
    found: list[ColumnElement[bool]] = []
    if query.placed is not None:
        known = select(places.c.version).where(places.c.version == v.num, places.c.lat.is_not(None)).exists()
        found.append(known if query.placed else ~known)
    if query.places:
        named = or_(*(place_rows(places_of(name), query.without_places) for name in query.places))
        found.append(v.num.in_(select(places.c.version).where(named)))
    if query.box is not None:
        found.append(v.num.in_(select(places.c.version).where(inside(connection, query.box))))
    if query.actors:
        named = or_(*(actor_rows(actors_of(name), query.without_actors) for name in query.actors))
        found.append(v.num.in_(select(actors.c.version).where(named)))
    if query.text is not None and folded(query.text):
        own = select(members.c.version).where(members.c.account.in_(accounts_with(connection, query.text)))
        found.append(v.num.in_(own.where(none_of(members.c.account, query.without))))
    return found


def place_rows(asked: Places, without: Sequence[int] = ()) -> ColumnElement[bool]:
    """The condition on rows of places. Rows in `without` (by number) do not match by their own name."""
    p = places.c
    told: list[ColumnElement[bool]] = [p.country.in_(asked.countries)] if asked.countries else []
    told += [and_(p.country == country, p.admin1 == name) for country, name in sorted(asked.provinces)]
    told += [p.gazetteer_id.in_(asked.ids)] if asked.ids else []
    if asked.names:
        named = or_(and_(p.name.in_(asked.names), none_of(p.num, without)), p.admin1.in_(asked.names))
        told.append(and_(named, _within(asked)) if asked.within else named)
    return or_(false(), *told)


def _within(asked: Places) -> ColumnElement[bool]:
    lands = places.c.country.in_(country for country in asked.within if country is not None)
    return or_(lands, places.c.country.is_(None)) if None in asked.within else lands


def actor_rows(asked: Actors, without: Sequence[int] = ()) -> ColumnElement[bool]:
    """The condition on rows of actors. Rows in `without` (by number) do not match by name."""
    named = and_(actors.c.name.in_(asked.names), none_of(actors.c.num, without))
    return or_(actors.c.id.in_(asked.ids), and_(named, actors.c.id.is_(None)) if asked.unknown else named)


def among(column: ColumnElement[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column is one of many numbers. The numbers are written into the statement, because a
    database accepts about 30,000 parameters at most."""
    return column.in_(bindparam(None, sorted(numbers), expanding=True, literal_execute=True))


def none_of(column: ColumnElement[int], numbers: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a column is none of many numbers."""
    return ~among(column, numbers) if numbers else true()
