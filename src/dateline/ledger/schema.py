"""The version of a ledger's tables, and the upgrade to the current version (with Alembic)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

#: The table in which Alembic keeps the version.
MARK = "alembic_version"
#: The newest migration. A test checks that it is.
_HEAD = "0013"


def head() -> str:
    """The version that this dateline reads and writes."""
    return _HEAD


def is_known(version: str) -> bool:
    """Can this dateline read this version of the tables, or upgrade it? Versions are numbered in order."""
    return version.isdecimal() and version <= _HEAD


def tables_of(connection: Connection) -> set[str]:
    """The names of all tables."""
    return set(inspect(connection).get_table_names())


def version_of(connection: Connection) -> str | None:
    """The version of a ledger's tables."""
    found = connection.execute(text(f"SELECT version_num FROM {MARK}")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing, in the connection's transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@cache
def _location() -> str:
    return str(resources.files("dateline.ledger") / "migrations")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _location())
    return config
