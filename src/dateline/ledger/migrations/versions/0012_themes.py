"""The facts of accounts also say what their report is mostly about: they are written again from the codings.

Pairs keep their old weights until everything is linked again (`dateline ledger upgrade`).

Revision: 0012
"""

from __future__ import annotations

from alembic import op

from dateline.ledger.facts import compare_anew

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Write the table `compared` again. The structure of the tables does not change."""
    compare_anew(op.get_bind())
