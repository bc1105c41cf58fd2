"""What changed between two revisions, and what happened to one event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, or_, select

from dateline.ledger.digests import said_of
from dateline.ledger.events import parsed
from dateline.ledger.queries import at, event_at
from dateline.ledger.tables import judged, judgements, revisions, versions
from dateline.model.event import Event, EventWhen

#: Fields of a record that are compared, in the order in which they are shown.
_COMPARED = (
    "type", "method", "status", "scope", "when", "where", "actors", "counts", "accounts", "sources", "disagreements",
    "part_of", "case", "confidence", "review", "corrections",
)  # fmt: skip

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """One event that is not what it was: `fields` has (before, after) of each field that differs.

    Of an event that is `gone`, `into` names the one that has its accounts now, where there is one. `type`, `when` and
    `place` say which event it is: as it is now, or as it was last where it is gone.
    """

    event: str
    kind: Kind
    fields: dict[str, tuple[Any, Any]]
    into: str | None = None
    type: str = ""
    when: EventWhen | None = None
    place: str | None = None

    def as_record(self) -> dict[str, Any]:
        """As plain Python data."""
        return {"schema": "dateline.change/1", **asdict(self)}


Shown = Callable[[dict[str, Any]], dict[str, Any]]


def diff(connection: Connection, one: int, two: int, shown: Shown = lambda record: record) -> Iterator[Change]:
    """What changed from revision `one` to revision `two`, by the ids of events, of what is shown of their records."""
    span = sorted((one, two))
    touched = or_(
        and_(versions.c.revision > span[0], versions.c.revision <= span[1]),
        and_(versions.c.ended > span[0], versions.c.ended <= span[1]),
    )
    ids = connection.execute(select(versions.c.event).where(touched).distinct().order_by(versions.c.event)).scalars()
    for event in ids.all():
        before, after = _body(connection, event, one), _body(connection, event, two)
        if before is None and after is not None:
            yield _change(event, "new", after, {})
        elif before is not None and after is None:
            heir = event_at(connection, event, two)
            yield _change(event, "gone", before, {}, heir.record["id"] if heir else None)
        elif before is not None and after is not None:
            before, after = shown(before), shown(after)
            fields = {f: (before.get(f), after.get(f)) for f in _COMPARED if before.get(f) != after.get(f)}
            if fields:
                yield _change(event, "changed", after, fields)


def _change(
    event: str, kind: Kind, record: dict[str, Any], fields: dict[str, tuple[Any, Any]], into: str | None = None
) -> Change:
    """A change, with what tells a reader which event it is."""
    told = Event.from_record(record)
    return Change(event, kind, fields, into, told.type, told.when, told.where[0].name if told.where else None)


def _body(connection: Connection, event: str, revision: int) -> dict[str, Any] | None:
    body = connection.execute(select(versions.c.body).where(versions.c.event == event, at(revision))).scalar()
    return None if body is None else parsed(body)


def history(connection: Connection, event: str) -> list[dict[str, Any]]:
    """The versions of an event, the oldest first: revision, when and by whom it was written, and what changed."""
    query = (
        select(versions.c.revision, versions.c.body, revisions.c.at, revisions.c.by, revisions.c.kind)
        .join_from(versions, revisions, versions.c.revision == revisions.c.number)
        .where(versions.c.event == event)
        .order_by(versions.c.revision)
    )
    found = []
    before: dict[str, Any] = {}
    for row in connection.execute(query):
        record = parsed(row.body)
        fields = [f for f in _COMPARED if before.get(f) != record.get(f)] if before else []
        found.append({"revision": row.revision, "at": row.at, "by": row.by, "kind": row.kind, "changed": fields})
        before = record
    return found


def judgements_of(connection: Connection, keys: list[str]) -> list[dict[str, Any]]:
    """All that was judged of accounts, withdrawn or not, the oldest first."""
    nums = select(judged.c.judgement).where(judged.c.account.in_(keys))
    query = select(*said_of(judgements)).where(judgements.c.num.in_(nums)).order_by(judgements.c.num)
    return [dict(row) for row in connection.execute(query).mappings()]
