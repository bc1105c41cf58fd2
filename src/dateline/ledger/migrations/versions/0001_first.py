"""The first tables.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.ledger.search import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables of the first version."""
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "judgements",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("withdraws", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["judgements.num"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_table(
        "redirects",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(op.f("ix_redirects_event"), "redirects", ["event"], unique=False)
    op.create_index(op.f("ix_redirects_into"), "redirects", ["into"], unique=False)
    op.create_table(
        "removals",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("purged", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("report"),
    )
    op.create_table(
        "reports",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("num"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(op.f("ix_reports_uri"), "reports", ["uri"], unique=False)
    op.create_table(
        "rules",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.create_table(
        "versions",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Float(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(
        "versions_day",
        "versions",
        ["start", "event"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index(
        "versions_doubt",
        "versions",
        ["doubt", "event"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_index("versions_event", "versions", ["event", "revision"], unique=False)
    op.create_index(
        "versions_type",
        "versions",
        ["type", "start"],
        unique=False,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "actors",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.num"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index("actors_id", "actors", ["id", "version"], unique=False)
    op.create_index("actors_name", "actors", ["name", "version"], unique=False)
    op.create_index(op.f("ix_actors_version"), "actors", ["version"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.num"],
        ),
        sa.PrimaryKeyConstraint("band", "report"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "codings",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.num"],
        ),
        sa.ForeignKeyConstraint(
            ["retired"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(op.f("ix_codings_report"), "codings", ["report"], unique=False)
    op.create_table(
        "judged",
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement"],
            ["judgements.num"],
        ),
        sa.PrimaryKeyConstraint("judgement", "account"),
        sqlite_with_rowid=False,
    )
    op.create_index("judged_account", "judged", ["account"], unique=False)
    op.create_table(
        "places",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("gazetteer_id", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.num"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(op.f("ix_places_version"), "places", ["version"], unique=False)
    op.create_index("places_admin1", "places", ["admin1", "version"], unique=False)
    op.create_index("places_country", "places", ["country", "version"], unique=False)
    op.create_index("places_name", "places", ["name", "version"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("coding", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coding"],
            ["codings.num"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.num"],
        ),
        sa.ForeignKeyConstraint(
            ["retired"],
            ["revisions.number"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(op.f("ix_accounts_coding"), "accounts", ["coding"], unique=False)
    op.create_index(op.f("ix_accounts_key"), "accounts", ["key"], unique=False)
    op.create_index(op.f("ix_accounts_report"), "accounts", ["report"], unique=False)
    op.create_table(
        "compared",
        sa.Column("coding", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding"],
            ["codings.num"],
        ),
        sa.PrimaryKeyConstraint("coding"),
    )
    op.create_table(
        "blocks",
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.num"],
        ),
        sa.PrimaryKeyConstraint("block", "account"),
        sqlite_with_rowid=False,
    )
    op.create_index("blocks_account", "blocks", ["account"], unique=False)
    op.create_table(
        "claims",
        sa.Column("num", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.num"],
        ),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index(op.f("ix_claims_account"), "claims", ["account"], unique=False)
    op.create_table(
        "members",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.num"],
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.num"],
        ),
        sa.PrimaryKeyConstraint("version", "account"),
        sqlite_with_rowid=False,
    )
    op.create_index("members_account", "members", ["account"], unique=False)
    op.create_table(
        "pairs",
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["a"],
            ["accounts.num"],
        ),
        sa.ForeignKeyConstraint(
            ["b"],
            ["accounts.num"],
        ),
        sa.PrimaryKeyConstraint("b", "a"),
        sqlite_with_rowid=False,
    )
    op.create_index("pairs_a", "pairs", ["a"], unique=False)
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)
