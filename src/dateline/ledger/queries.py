"""Queries to a ledger: which events, at which revision, in which order, and after which event."""

from __future__ import annotations

import base64
import binascii
import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from dateline.ledger.conditions import at, conditions
from dateline.ledger.errors import BadQuery
from dateline.ledger.query import Query
from dateline.ledger.rows import chunks
from dateline.ledger.tables import accounts, members, redirects, reports, versions
from dateline.ledger.versions import parsed
from dateline.model import Coding
from dateline.model.event import Event
from dateline.model.later import later

#: Records that are read at once.
_AT_ONCE = 500
#: Sort keys of an event without a day, so that it comes last: in falling and in rising order.
FIRST, LAST = "", "~"
#: Orders by a number, the largest first -> the column. `recent` has the events first that were written last.
_BY_NUMBER = {"doubt": "doubt", "people": "people", "sources": "sources", "confidence": "confidence", "recent": "num"}


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
