"""Tables of who may use the page, and of what they did there. They are no part of an export."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    Text,
)

from dateline.ledger.tables.base import digest, metadata, number

#: People who log in: `role` reader, reviewer or admin; `hash` is argon2's.
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("added", Text, nullable=False),
    digest(),
)

#: Secrets that identify a user: `kind` session (a cookie) or token (for scripts). Only the SHA-256 of the secret is
#: kept.
keys = Table(
    "keys",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("user", Text, ForeignKey("users.name", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False, default=""),
    Column("made", Text, nullable=False),
    Column("expires", Text),
    digest(),
)

#: Who did what through the page or its API, refused log-ins included.
audit = Table(
    "audit",
    metadata,
    number(),
    Column("at", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False, default=""),
    digest(),
)

#: Saved queries: a name, and the query string of the page.
saved = Table(
    "saved",
    metadata,
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    digest(),
)
