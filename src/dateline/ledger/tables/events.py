"""Tables of events as they are at each revision, and the tables by which they are searched."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from dateline.ledger.tables.base import digest, metadata, number, revision

#: An event as it was from `revision` until `ended`. The columns are for searching; `body` is the event's record.
#: `killed` is made from the body, so it is in no digest (MADE) and in no export.
versions = Table(
    "versions",
    metadata,
    number(),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("confidence", Float, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("killed", Integer),
    Column("review", Text, nullable=False),
    Column("case", Text),
    Column("doubt", Float, nullable=False),
    revision(),
    revision("ended", nullable=True),
    digest(),
)
MADE = (versions.c.killed,)
_current = versions.c.ended.is_(None)
Index("versions_event", versions.c.event, versions.c.revision)
for _name, _columns in {
    "day": ("start", "event"),
    "type": ("type", "start"),
    "doubt": ("doubt", "event"),
    "case": ("case",),
}.items():
    Index(
        f"versions_{_name}",
        *(versions.c[c] for c in _columns),
        sqlite_where=_current,
        postgresql_where=_current,
    )

_totals = text("ended IS NULL AND scope = 'rollup'")
Index("versions_totals", versions.c.start, versions.c.end, sqlite_where=_totals, postgresql_where=_totals)

members = Table(
    "members",
    metadata,
    Column("version", Integer, ForeignKey("versions.num"), primary_key=True),
    Column("account", Integer, ForeignKey("accounts.num"), primary_key=True),
    Index("members_account", "account"),
    sqlite_with_rowid=False,
)

places = Table(
    "places",
    metadata,
    number(),
    Column("version", Integer, ForeignKey("versions.num"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("admin1", Text),
    Column("country", Text),
    Column("gazetteer_id", Text),
    Column("lat", Float),
    Column("lon", Float),
    Index("places_name", "name", "version"),
    Index("places_country", "country", "version"),
    Index("places_admin1", "admin1", "version"),
)

actors = Table(
    "actors",
    metadata,
    number(),
    Column("version", Integer, ForeignKey("versions.num"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("id", Text),
    Column("role", Text, nullable=False),
    Index("actors_name", "name", "version"),
    Index("actors_id", "id", "version"),
)

#: Ids of events that are gone: each leads to the event that has most of the accounts now.
redirects = Table(
    "redirects",
    metadata,
    number(),
    Column("event", Text, nullable=False, index=True),
    Column("into", Text, nullable=False, index=True),
    revision(),
    revision("ended", nullable=True),
    digest(),
)
