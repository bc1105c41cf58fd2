"""What the tables of a ledger share: their list, and the columns that most of them have."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
)

metadata = MetaData()


def number() -> Column[int]:
    # Only one writer writes at a time, and it numbers rows itself (rows.py).
    return Column("num", Integer, primary_key=True, autoincrement=False)


def revision(name: str = "revision", nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey("revisions.number"), nullable=nullable)


def digest() -> Column[int]:
    # The digest of the row, to find damage (digests.py). It is null only while an older ledger is upgraded.
    return Column("digest", BigInteger)
