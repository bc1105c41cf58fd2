"""An index of the totals in force by their days, to find them quickly.

Revision: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_STANDING = sa.text("ended IS NULL AND scope = 'rollup'")


def upgrade() -> None:
    """Make the index."""
    op.create_index("versions_totals", "versions", ["start", "end"], sqlite_where=_STANDING, postgresql_where=_STANDING)
