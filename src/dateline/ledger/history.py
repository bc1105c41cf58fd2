"""What changed between two revisions, and what happened to one event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, or_, select

from dateline.ledger.conditions import at
from dateline.ledger.digests import said_of
from dateline.ledger.queries import event_at
from dateline.ledger.tables import judged, judgements, revisions, versions
from dateline.ledger.versions import parsed
from dateline.model.event import Event, EventWhen
from dateline.model.event_rows import plain

#: Fields of a record that are compared, in the order in which they are shown.
_COMPARED = (
    "type", "method", "status", "scope", "when", "where", "actors", "counts", "accounts", "sources", "disagreements",
    "part_of", "case", "confidence", "review", "corrections",
)  # fmt: skip

Kind = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one event: `fields` has (before, after) for each field that differs.

    For an event that is `gone`, `into` is the event that has its accounts now, if there is one. `type`, `when` and
    `place` tell a reader which event it is: as it is now, or as it was last if it is gone.
    """

    event: str
    kind: Kind
    fields: dict[str, tuple[Any, Any]]
    into: str | None = None
    type: str = ""
    when: EventWhen | None = None
    place: str | None = None

    def as_record(self) -> dict[str, Any]:
        """The change as plain Python data. Values have the form of an event's record."""
        fields = {name: (plain(one), plain(other)) for name, (one, other) in self.fields.items()}
        when = None if self.when is None else asdict(self.when)
        return {
            "schema": "dateline.change/1", "event": self.event, "kind": self.kind, "fields": fields, "into": self.into,
            "type": self.type, "when": when, "place": self.place,
        }  # fmt: skip


Shown = Callable[[Event], Event]


def diff(connection: Connection, one: int, two: int, shown: Shown = lambda event: event) -> Iterator[Change]:
    """The changes from revision `one` to revision `two`, event by event (by id). `shown` gives what the user may see of
    an event; only that is compared."""
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
            yield _change(event, "gone", before, {}, heir.event.id if heir else None)
        elif before is not None and after is not None:
            before, after = shown(before), shown(after)
            if fields := {name: (getattr(before, name), getattr(after, name)) for name in _differing(before, after)}:
                yield _change(event, "changed", after, fields)


def _change(name: str, kind: Kind, event: Event, fields: dict[str, tuple[Any, Any]], into: str | None = None) -> Change:
    """Make a change, with the type, days and place of its event."""
    return Change(name, kind, fields, into, event.type, event.when, event.where[0].name if event.where else None)


def _differing(before: Event, after: Event) -> list[str]:
    return [name for name in _COMPARED if getattr(before, name) != getattr(after, name)]


def _body(connection: Connection, event: str, revision: int) -> Event | None:
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
    before: Event | None = None
    for row in connection.execute(query):
        after = parsed(row.body)
        fields = _differing(before, after) if before else []
        found.append({"revision": row.revision, "at": row.at, "by": row.by, "kind": row.kind, "changed": fields})
        before = after
    return found


def judgements_of(connection: Connection, keys: list[str]) -> list[dict[str, Any]]:
    """All judgements on accounts (by key), withdrawn ones too, the oldest first."""
    nums = select(judged.c.judgement).where(judged.c.account.in_(keys))
    query = select(*said_of(judgements)).where(judgements.c.num.in_(nums)).order_by(judgements.c.num)
    return [dict(row) for row in connection.execute(query).mappings()]
