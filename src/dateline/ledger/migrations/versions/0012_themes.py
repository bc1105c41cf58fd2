"""What is compared of accounts also says what their report is mostly about: written anew from the codings.

Pairs stay as they were weighed until all is linked anew (`dateline ledger upgrade`).

Revision: 0012
"""

from __future__ import annotations

from alembic import op

from dateline.ledger.facts import compare_anew

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Compare anew; the tables stay as they are."""
    compare_anew(op.get_bind())
