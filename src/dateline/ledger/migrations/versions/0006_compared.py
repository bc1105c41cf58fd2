"""More facts of accounts are compared than before; 0007 writes them again from the codings.

Pairs keep their old weights until everything is linked again (`dateline ledger upgrade`).

Revision: 0006
"""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Do nothing: the tables stay as they are."""
