"""A custody log for each report, and a table of what happened to stories at their addresses.

For a report in an older ledger, the log begins with what is known of it: who added it, and when.

Revision: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables, and begin the log of every report."""
    op.create_table(
        "successions",
        sa.Column("num", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("diff", sa.Text()),
        sa.Column("revision", sa.Integer(), sa.ForeignKey("revisions.number"), nullable=False),
        sa.Column("digest", sa.BigInteger()),
    )
    for column in ("uri", "before", "after"):
        op.create_index(f"ix_successions_{column}", "successions", [column])
    op.create_table(
        "custody",
        sa.Column("num", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), sa.ForeignKey("revisions.number"), nullable=False),
        sa.Column("digest", sa.BigInteger()),
    )
    op.create_index("custody_report", "custody", ["report", "chain", "place"])
    from dateline.ledger.custody import begin_all

    begin_all(op.get_bind())
