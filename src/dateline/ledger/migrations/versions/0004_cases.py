"""Cases: a column for the case of an event, and a table for what reports say about cases.

Events in force get their case when they are written the next time; past versions stay as they were.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the column and the table; 0007 fills the table from the codings in force."""
    op.add_column("versions", sa.Column("case", sa.Text(), nullable=True))
    op.create_index(
        "versions_case",
        "versions",
        ["case"],
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "related",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["accounts.num"]),
        sa.ForeignKeyConstraint(["b"], ["accounts.num"]),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("related_b", "related", ["b"])
