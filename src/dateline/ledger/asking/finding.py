"""An event by its id, by an older id, or by the beginning of its id."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dateline.ledger import conditions, queries
from dateline.ledger.errors import DoubtfulEvent, NoSuchEvent
from dateline.ledger.queries import Found
from dateline.ledger.tables import versions

#: The fewest characters of the beginning of an event's id ("e-9"); and how many ids an error message lists if several
#: begin alike.
_BEGINNING, _NAMED = 3, 5


def event_of(connection: Connection, event: str, as_of: int | None = None) -> Found:
    """An event, by its id, by an older id that leads to it, or by the beginning of its id if no other id begins so.

    Raises NoSuchEvent (DL-L007), DoubtfulEvent (DL-L020).
    """
    found = queries.event_at(connection, event, as_of) or _beginning(connection, event, as_of)
    if found is None:
        raise NoSuchEvent("There is no such event.", where=event)
    return found


def _beginning(connection: Connection, start: str, as_of: int | None) -> Found | None:
    """The one event with an id that begins so; None where there is none. Raises DoubtfulEvent (DL-L020)."""
    if len(start) < _BEGINNING:
        return None
    own = conditions.at(as_of)
    query = select(versions.c.event).where(versions.c.event.startswith(start, autoescape=True), own)
    ids = list(connection.execute(query.distinct().order_by(versions.c.event).limit(_NAMED + 1)).scalars())
    if len(ids) > 1:
        more = " and more" if len(ids) > _NAMED else ""
        raise DoubtfulEvent(f"Several ids begin so: {', '.join(ids[:_NAMED])}{more}.", where=start)
    return queries.event_at(connection, ids[0], as_of) if ids else None


def keys_of(found: Found) -> list[str]:
    """The keys of an event's accounts, in the order in which they came."""
    return [account.key for account in found.event.accounts]
