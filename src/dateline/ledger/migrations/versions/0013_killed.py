"""A column for how many were killed, to search events by; it is counted from their records.

Revision: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.ledger.rows import chunks
from dateline.ledger.tables import versions
from dateline.ledger.versions import count_killed

revision = "0013"
down_revision = "0012"

_BATCH = 500


def upgrade() -> None:
    """Make the column, and fill it."""
    connection = op.get_bind()
    if all(column["name"] != "killed" for column in sa.inspect(connection).get_columns("versions")):
        op.add_column("versions", sa.Column("killed", sa.Integer(), nullable=True))
    numbers = connection.execute(sa.select(versions.c.num).order_by(versions.c.num)).scalars().all()
    for some in chunks(numbers, _BATCH):
        count_killed(connection, some)
