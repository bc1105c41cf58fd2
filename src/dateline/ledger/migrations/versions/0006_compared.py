"""What is compared of accounts is more than before: it is written anew from the codings.

Pairs stay as they were weighed until all is linked anew (`dateline ledger upgrade`).

Revision: 0006
"""

from __future__ import annotations

from alembic import op

from dateline.ledger.facts import compare_anew

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Fill the table anew."""
    compare_anew(op.get_bind())
