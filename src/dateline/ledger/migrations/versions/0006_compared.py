"""What is compared of accounts is more than before: 0007 writes it anew from the codings.

Pairs stay as they were weighed until all is linked anew (`dateline ledger upgrade`).

Revision: 0006
"""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing: the tables stay as they are."""
