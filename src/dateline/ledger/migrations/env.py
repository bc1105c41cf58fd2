"""Alembic runs this for each migration; the connection comes from ledger/schema.py."""

from __future__ import annotations

from alembic import context

from dateline.ledger.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=False)
context.run_migrations()
