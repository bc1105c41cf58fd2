"""Rows get digests, and revisions the highest numbers of the tables, so that damage shows.

What an older ledger holds at this upgrade counts as what was written. Tables that are made from its codings (what is
compared, cases) are made again.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.ledger.cases import relate_all
from dateline.ledger.digests import seal_all
from dateline.ledger.facts import compare_anew
from dateline.ledger.tables import related

revision = "0007"
down_revision = "0006"

_TABLES = (
    "revisions", "reports", "codings", "accounts", "judgements", "judged", "rules", "weights", "removals", "versions",
    "redirects", "compared", "pairs", "related", "users", "keys", "audit", "saved",
)  # fmt: skip


def upgrade() -> None:
    """Make the columns, and fill them."""
    for table in _TABLES:
        op.add_column(table, sa.Column("digest", sa.BigInteger(), nullable=True))
    # `seal_all` reads rows by the tables of today, and 0013 only fills this column.
    op.add_column("versions", sa.Column("killed", sa.Integer(), nullable=True))
    op.add_column("revisions", sa.Column("upto", sa.Text(), nullable=True))
    connection = op.get_bind()
    compare_anew(connection)
    connection.execute(related.delete())
    relate_all(connection)
    seal_all(connection)
