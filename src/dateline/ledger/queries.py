"""Queries to a ledger: which events, at which revision, in which order, and after which event."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, false, func, or_, select, true

from dateline.ledger.errors import BadQuery
from dateline.ledger.events import parsed
from dateline.ledger.names import Actors, Places, actors_of, places_of
from dateline.ledger.reviewing import STATES
from dateline.ledger.rows import chunks
from dateline.ledger.search import accounts_with, folded, inside
from dateline.ledger.tables import accounts, actors, members, places, redirects, reports, versions
from dateline.model import Coding
from dateline.model.event import Event
from dateline.model.later import later
from dateline.model.vocabulary import STATUSES, TYPES

#: Records that are read at once.
_AT_ONCE = 500
Order = Literal["newest", "oldest", "doubt", "people", "sources", "confidence", "recent"]
ORDERS: tuple[Order, ...] = get_args(Order)
#: Sort keys of an event without a day, so that it comes last: in falling and in rising order.
FIRST, LAST = "", "~"
#: The part of an event's record (JSON) that is there if its sources agree. It cannot be part of a text in the record,
#: because quotes in a text are escaped.
_AGREED = '"disagreements":[]'
#: Orders by a number, the largest first -> the column. `recent` has the events first that were written last.
_BY_NUMBER = {"doubt": "doubt", "people": "people", "sources": "sources", "confidence": "confidence", "recent": "num"}


@dataclass(frozen=True, slots=True)
class Query:
    """The filters of a query. An empty field filters nothing; an event must pass all filters.

    `since` and `until` (ISO dates) keep events with days that overlap this range. `dated` and `placed` keep events that
    have days or a place (or, if false, have none). Of several types, statuses, places, actors or states of review one
    is enough. A place is any of its names, an ISO code of a country or a gazetteer id; a country or province includes
    all that lies in it. An actor is any of its names, or an id (`ledger.names` decides). `box` is west, south, east,
    north in degrees. `disputed` keeps events with sources that disagree. `text` are words that must all stand in the
    sentences of one account. `case` is the id of a case. Where `review` is empty, all states but `rejected` pass.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    scope: str | None = None
    case: str | None = None
    since: str | None = None
    until: str | None = None
    dated: bool | None = None
    placed: bool | None = None
    places: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    actors: tuple[str, ...] = ()
    disputed: bool | None = None
    text: str | None = None
    min_confidence: float = 0.0
    min_people: int = 0
    min_killed: int = 0
    review: tuple[str, ...] = field(default=())
    order: Order = "newest"
    #: Numbers of accounts with words that are not searched, and of rows of places and actors with names that are not
    #: searched, because the user may not read them (sealed_names.py).
    without: tuple[int, ...] = ()
    without_places: tuple[int, ...] = ()
    without_actors: tuple[int, ...] = ()

    def checked(self) -> Query:
        """The query itself, after a check; raises BadQuery (DL-L014) for values that no event can have."""
        for name, given, known in (
            ("type", self.types, TYPES),
            ("status", self.statuses, STATUSES),
            ("review", self.review, frozenset(STATES)),
        ):
            unknown = sorted(set(given) - known)
            if unknown:
                raise BadQuery(f"{unknown[0]!r} is no {name}. Known: {', '.join(sorted(known))}.")
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and not _is_day(day):
                raise BadQuery(f"{name} is {day!r}, and no date.", remedy="Write it as YYYY-MM-DD.")
        return self


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """A box in degrees, read from a text "west,south,east,north". Raises BadQuery (DL-L014)."""
    if text is None:
        return None
    remedy = "Write west,south,east,north in degrees."
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BadQuery(f"{text!r} is no box.", remedy=remedy) from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuery(f"{text!r} is no box on earth.", remedy=remedy)
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class Page:
    """A page of events, and the cursor of the next page (None where there is none)."""

    events: list[Event]
    next: str | None
    #: A function from a report's key to its coding, and the coder's name and version.
    coded: Callable[[str], tuple[Coding, str]] | None = field(default=None, compare=False, repr=False)

    def to_frame(self, level: str = "event", names: str = "officials") -> Any:
        """The page as a pandas.DataFrame. `level` is what a row is: an `event`, or an `account` or `claim` of the
        events.

        Raises NotInstalled (DL-E010), BadEdition (DL-P001). A whole ledger is `Ledger.to_frame`.
        """
        return later("frame_of")(self._table(level, names))

    def to_arrow(self, level: str = "event", names: str = "officials") -> Any:
        """The same as a pyarrow.Table."""
        return later("arrow_of")(self._table(level, names))

    def to_geopandas(self, level: str = "event", names: str = "officials") -> Any:
        """The same as a geopandas.GeoDataFrame."""
        return later("geo_of")(self._table(level, names))

    def _table(self, level: str, names: str) -> Any:
        return later("table_of_events")(self.events, self.coded, level, names)


def at(as_of: int | None) -> ColumnElement[bool]:
    """The condition for versions in force at a revision; None is now."""
    if as_of is None:
        return versions.c.ended.is_(None)
    return and_(versions.c.revision <= as_of, or_(versions.c.ended.is_(None), versions.c.ended > as_of))


def conditions(connection: Connection, query: Query, as_of: int | None) -> list[ColumnElement[bool]]:
    """The conditions on versions that a query makes."""
    v = versions.c
    found = [at(as_of)]
    if query.types:
        found.append(v.type.in_(query.types))
    if query.statuses:
        found.append(v.status.in_(query.statuses))
    if query.scope is not None:
        found.append(v.scope == query.scope)
    if query.case is not None:
        found.append(v.case == query.case)
    if query.since is not None:
        found.append(v.end >= query.since)
    if query.until is not None:
        found.append(v.start <= query.until)
    if query.dated is not None:
        found.append(v.start.is_not(None) if query.dated else v.start.is_(None))
    if query.disputed is not None:
        agreed = v.body.contains(_AGREED, autoescape=True)
        found.append(~agreed if query.disputed else agreed)
    if query.min_confidence:
        found.append(v.confidence >= query.min_confidence)
    if query.min_people:
        found.append(v.people >= query.min_people)
    if query.min_killed:
        found.append(v.killed >= query.min_killed)
    found.append(v.review.in_(query.review) if query.review else v.review != "rejected")
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


# ---------------------------------------------------------------- pages


def page(connection: Connection, query: Query, as_of: int | None, limit: int, after: str | None) -> Page:
    """At most `limit` events, after the end of an earlier page. Raises BadQuery (DL-L014)."""
    statement, key = _ordered(query)
    statement = statement.where(*conditions(connection, query.checked(), as_of))
    if after is not None:
        statement = statement.where(_beyond(query, cursor_of(after)))
    rows = connection.execute(statement.limit(limit + 1)).all()
    more = len(rows) > limit
    shown = rows[:limit]
    return Page([parsed(row.body) for row in shown], as_cursor([*key(shown[-1])]) if more else None)


def stream(connection: Connection, query: Query, as_of: int | None) -> Iterator[Event]:
    """All events of a query, one after the other. The numbers of versions are sorted first, and the records are read
    some at a time, because SQLite would sort all records in memory. The numbers are kept as eight bytes each; as rows
    they would take ten times as much memory."""
    statement, _ = _ordered(query)
    ordered = statement.with_only_columns(versions.c.num).where(*conditions(connection, query.checked(), as_of))
    found = connection.execute(ordered.execution_options(yield_per=_AT_ONCE)).scalars()
    for some in chunks(array("q", found), _AT_ONCE):
        yield from events_of(connection, some)


def versions_where(connection: Connection, holds: ColumnElement[bool]) -> Iterator[tuple[int, Event]]:
    """Numbers and events of versions, in order of their numbers."""
    statement = select(versions.c.num, versions.c.body).where(holds).order_by(versions.c.num)
    for num, body in connection.execution_options(yield_per=500).execute(statement):
        yield num, parsed(body)


def changed(connection: Connection, one: int, two: int) -> tuple[set[int], list[tuple[int, Event]]]:
    """The numbers of versions in force at revision `one` but not at `two`; and the versions in force at `two` but not
    at `one`, as number and event."""
    v = versions.c
    gone = select(v.num).where(at(one), v.ended <= two)
    return set(connection.execute(gone).scalars()), list(versions_where(connection, and_(at(two), v.revision > one)))


def numbers(connection: Connection, query: Query, as_of: int | None) -> set[int]:
    """The numbers of the versions that a query asks for."""
    statement = select(versions.c.num).where(*conditions(connection, query.checked(), as_of))
    return set(connection.execute(statement).scalars())


def is_told(connection: Connection, query: Query, as_of: int | None, keys: Sequence[str]) -> bool:
    """Does one of these reports (by key) tell of an event that a query asks for?"""
    own = select(members.c.version).join(accounts, accounts.c.num == members.c.account).join(reports)
    told = versions.c.num.in_(own.where(reports.c.key.in_(keys)))
    statement = select(versions.c.num).where(told, *conditions(connection, query.checked(), as_of)).limit(1)
    return connection.execute(statement).first() is not None


def events_of(connection: Connection, nums: list[int]) -> list[Event]:
    """The events of versions, in the order of the numbers."""
    found = {
        row.num: row.body
        for row in connection.execute(select(versions.c.num, versions.c.body).where(versions.c.num.in_(nums)))
    }
    return [parsed(found[num]) for num in nums if num in found]


def count(connection: Connection, query: Query, as_of: int | None) -> int:
    """How many events a query asks for."""
    statement = select(func.count()).select_from(versions).where(*conditions(connection, query.checked(), as_of))
    return int(connection.execute(statement).scalar_one())


def _ordered(query: Query) -> tuple[Select[Any], Any]:
    v = versions.c
    columns = select(v.body, v.event, v.start, *(v[name] for name in _BY_NUMBER.values()))
    if query.order in _BY_NUMBER:
        name = _BY_NUMBER[query.order]
        return columns.order_by(v[name].desc(), v.event.desc()), lambda row: (getattr(row, name), row.event)
    # Undated events come last, in either order.
    if query.order == "newest":
        return columns.order_by(v.start.desc().nulls_last(), v.event.desc()), lambda r: (r.start or FIRST, r.event)
    return columns.order_by(v.start.asc().nulls_last(), v.event.asc()), lambda r: (r.start or LAST, r.event)


def _beyond(query: Query, cursor: list[Any]) -> ColumnElement[bool]:
    v = versions.c
    value, event = cursor
    if query.order in _BY_NUMBER:
        number = v[_BY_NUMBER[query.order]]
        return or_(number < value, and_(number == value, v.event < event))
    if query.order == "newest":
        if value == FIRST:
            return and_(v.start.is_(None), v.event < event)
        return or_(v.start < value, and_(v.start == value, v.event < event), v.start.is_(None))
    if value == LAST:
        return and_(v.start.is_(None), v.event > event)
    return or_(v.start > value, and_(v.start == value, v.event > event), v.start.is_(None))


def as_cursor(key: list[Any]) -> str:
    """A cursor: the place of an event in an order, as a text. `key` holds the value of the order, and the event's
    id."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def cursor_of(text: str) -> list[Any]:
    """The place in an order that a cursor names. Raises BadQuery (DL-L014)."""
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        value, event = key
        if isinstance(event, str) and isinstance(value, (str, float, int)):
            return [value, event]
    except (ValueError, TypeError, binascii.Error):
        pass
    raise BadQuery("This is no cursor of a page.", remedy="Pass the `next` of the page before, unchanged.")


# ---------------------------------------------------------------- one event


@dataclass(frozen=True, slots=True)
class Found:
    """An event at a revision: the version's number, and the revision that wrote it."""

    num: int
    revision: int
    event: Event


def event_at(connection: Connection, event: str, as_of: int | None) -> Found | None:
    """An event by its id, or by an older id that leads to it; None where there is none."""
    seen: set[str] = set()
    name: str | None = event
    while name is not None and name not in seen:
        seen.add(name)
        query = select(versions.c.num, versions.c.revision, versions.c.body)
        row = connection.execute(query.where(versions.c.event == name, at(as_of))).first()
        if row is not None:
            return Found(row.num, row.revision, parsed(row.body))
        name = _heir(connection, name, as_of)
    return None


def _heir(connection: Connection, event: str, as_of: int | None) -> str | None:
    r = redirects.c
    if as_of is None:
        holds: ColumnElement[bool] = r.ended.is_(None)
    else:
        holds = and_(r.revision <= as_of, or_(r.ended.is_(None), r.ended > as_of))
    query = select(r.into).where(r.event == event, holds).order_by(r.num.desc()).limit(1)
    found = connection.execute(query).scalar()
    return None if found is None else str(found)
