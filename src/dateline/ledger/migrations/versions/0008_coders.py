"""Codings of several coders of one report, side by side; and the coder that events are made from.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.ledger.differing import differ_all

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables, and find where the coders of older codings differ."""
    op.create_table(
        "coders",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"]),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.create_table(
        "readings",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["reports.num"]),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"]),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index("ix_readings_report", "readings", ["report"])
    op.create_table(
        "differing",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.num"]),
        sa.PrimaryKeyConstraint("report", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("differing_account", "differing", ["account"])
    differ_all(op.get_bind())
