"""Weights of linking that belong to one ledger.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of weights."""
    op.create_table(
        "weights",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"]),
        sa.PrimaryKeyConstraint("revision"),
    )
