"""Who may read a report's words.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "access",
        sa.Column("num", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), sa.ForeignKey("revisions.number"), nullable=False),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("ix_access_report", "access", ["report"])
