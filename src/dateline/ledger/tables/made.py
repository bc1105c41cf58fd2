"""Tables that are made of what was written, to be quick. An import makes them again."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from dateline.ledger.tables.base import digest, metadata

#: Bands of MinHash values (linking/copies.py), each as 63 bits of its SHA-256.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("report", Integer, ForeignKey("reports.num"), primary_key=True),
    sqlite_with_rowid=False,
)

#: The facts of a coding in force (linking/facts.py), as JSON. They are quicker to read than the coding.
compared = Table(
    "compared",
    metadata,
    Column("coding", Integer, ForeignKey("codings.num"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    digest(),
)

#: Blocks of live accounts (linking/candidates.py), by numbers with the week in their highest bits (linker.py).
blocks = Table(
    "blocks",
    metadata,
    Column("block", BigInteger, primary_key=True),
    Column("account", Integer, ForeignKey("accounts.num"), primary_key=True),
    Index("blocks_account", "account"),
    sqlite_with_rowid=False,
)

#: Pairs of live accounts that share a block, with the log-odds that they are one event (linking/rivals.py). `a` is the
#: earlier one.
pairs = Table(
    "pairs",
    metadata,
    Column("b", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("a", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("weight", Float, nullable=False),
    Column("beside", Boolean, nullable=False),
    digest(),
    Index("pairs_a", "a"),
    sqlite_with_rowid=False,
)

#: Pairs of live accounts of one report that are of one case, or of two (linking/stages.py); `a` is told first.
related = Table(
    "related",
    metadata,
    Column("a", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("b", Integer, ForeignKey("accounts.num"), primary_key=True),
    Column("strength", Integer, nullable=False),
    digest(),
    Index("related_b", "b"),
    sqlite_with_rowid=False,
)

#: Differences between coders of one report (differing.py): the account of the coding in force (by key; null where only
#: the other coder has it), the field, and the other coder.
differing = Table(
    "differing",
    metadata,
    Column("report", Integer, ForeignKey("reports.num"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("account", Text),
    Column("field", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Index("differing_account", "account"),
    sqlite_with_rowid=False,
)
