"""The database behind a ledger: its address, how it is opened, and its transactions.

Readers see one state and never wait. Only one writer writes at a time. A second one waits: on SQLite for the lock of
the file, on PostgreSQL for an advisory lock. So revisions have no gaps, and two writers never link at the same time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.pool import NullPool, QueuePool

from dateline.ledger import schema
from dateline.ledger.errors import BadUrl, CorruptLedger, NoLedger, OtherVersion, told_plainly

#: Seconds that a writer waits for another.
_PATIENCE = 120
#: The number of our advisory lock on PostgreSQL.
_LOCK = 0x646C
#: An option with a password in an address.
_SECRET = re.compile(r"([?&;](?:ssl)?(?:password|pass|pwd)=)[^&;#]*", re.I)
#: Kibibytes of pages that SQLite keeps in memory.
_CACHE = 65_536
#: The same (kibibytes) for reading everything once, from end to end: no page is needed twice.
_CACHE_ONCE = 8_192
#: Connections that a server process keeps open; they share the memory of _CACHE.
_KEPT = 8


class Store:
    """One database. Connections are made when needed; nothing is shared between threads."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.path, url = _resolved(address)
        self.engine = _engine(url, self.path is not None)
        self._reading = self.engine

    def keep_connections(self) -> None:
        """Read on connections that stay open from one question to the next, for a server process.

        Opening a SQLite file takes longer than most questions, because its schema is read again. A process that keeps
        connections must hold the file meanwhile (service.holding). With PostgreSQL connections are kept anyway.
        """
        if self.path is None or self._reading is not self.engine:
            return
        kept = create_engine(
            self.engine.url,
            poolclass=QueuePool,
            pool_size=_KEPT,
            max_overflow=-1,
            connect_args={"timeout": _PATIENCE, "check_same_thread": False},
        )
        event.listen(kept, "connect", self._prepare_kept)
        event.listen(kept, "checkout", self._check_file)
        event.listen(kept, "begin", _begin)
        self._reading = kept

    def _prepare_kept(self, connection: Any, record: Any) -> None:
        _prepare(connection, record, _CACHE // _KEPT)
        record.info["file"] = self._file()

    def _check_file(self, _: Any, record: Any, __: Any) -> None:
        """Close kept connections if the file was replaced (`dateline ledger restore`) or deleted since they were
        opened."""
        if record.info["file"] != self._file():
            raise InvalidatePoolError

    def _file(self) -> tuple[int, int] | None:
        try:
            found = cast(Path, self.path).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @property
    def is_sqlite(self) -> bool:
        """Is the ledger in SQLite (else in PostgreSQL)?"""
        return self.path is not None

    @property
    def name(self) -> str:
        """The path or address of the ledger, to show to people: without a password."""
        return str(self.path) if self.path else shown(self.address)

    def open(self, create: bool) -> None:
        """Check that a ledger of this version is there; with `create`, make one if there is none.

        Raises NoLedger (DL-L001), CorruptLedger (DL-L002), OtherVersion (DL-L003), LostLedger (DL-L006).
        """
        if self.path is not None and not self.path.exists() and not create:
            raise NoLedger("There is no ledger.", where=self.name)
        with told_plainly(self.name):
            found = self._version()
            if found is None:
                if not create:
                    raise NoLedger("There is no ledger.", where=self.name)
                self._migrate()
            elif found != schema.head():
                self._check_known(found)
                raise OtherVersion(
                    f"Its tables are of version {found}, this dateline's of {schema.head()}.", where=self.name
                )

    def upgrade(self) -> None:
        """Upgrade the tables of a ledger to this version. Raises what `open` raises, but not for an older version."""
        if self.path is not None and not self.path.exists():
            raise NoLedger("There is no ledger.", where=self.name)
        found = self._version()
        if found is None:
            raise NoLedger("There is no ledger.", where=self.name)
        self._check_known(found)
        self._migrate()

    def _migrate(self) -> None:
        with self.writing() as connection:
            schema.upgrade(connection)

    def _check_known(self, found: str) -> None:
        """Check the version `found`; raises OtherVersion (DL-L003) where a newer dateline or another program made the
        tables."""
        if not schema.is_known(found):
            raise OtherVersion(
                f"Its tables are of version {found}, which this dateline (version {schema.head()}) does not know.",
                where=self.name,
                remedy="A newer dateline made it: install that one (`pip install -U dateline`).",
            )

    def _version(self) -> str | None:
        with self.reading() as connection:
            names = schema.tables_of(connection)
            if names and schema.MARK not in names:
                raise CorruptLedger(
                    "There is a database, and it is no ledger.",
                    where=self.name,
                    remedy="Name another file or database.",
                )
            return schema.version_of(connection) if names else None

    @contextmanager
    def reading(self, once: bool = False) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout. `once`: for reading everything from end to end,
        with less memory, on a connection that is not kept."""
        engine = self.engine if once else self._reading
        with told_plainly(self.name), engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            connection = connection.execution_options(once=once)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a write transaction, committed whole or not at all. Only one can be open at a time."""
        with told_plainly(self.name), self.engine.connect() as connection:
            connection = connection.execution_options(writing=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(
                        text("SELECT set_config('lock_timeout', :ms, true)"), {"ms": str(_PATIENCE * 1000)}
                    )
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self._reading.dispose()
        self.engine.dispose()


def shown(address: str) -> str:
    """An address without passwords, wherever they stood in it, so that it can be shown, logged or put into errors."""
    scheme, slashes, rest = address.partition("://")
    user, at, where = rest.rpartition("@")
    if slashes and at and ":" in user:
        rest = f"{user.partition(':')[0]}:***@{where}"
    return _SECRET.sub(r"\1***", f"{scheme}{slashes}{rest}")


def _resolved(address: str) -> tuple[Path | None, str]:
    if "://" not in address:
        if not address.strip():
            raise BadUrl("The ledger has no name.")
        return Path(address), f"sqlite:///{address}"
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise BadUrl("This is no address of a database.", where=shown(address)) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return None, url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername == "sqlite" and url.database:
        return Path(url.database), address
    raise BadUrl(f"{url.drivername!r} is neither sqlite nor postgresql.", where=shown(address))


def _engine(url: str, sqlite: bool) -> Engine:
    if not sqlite:
        try:
            return create_engine(url, pool_pre_ping=True, json_serializer=json.dumps)
        except ModuleNotFoundError:
            raise BadUrl("PostgreSQL needs its driver.", remedy="pip install 'psycopg[binary]'.") from None
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: Any, cache: int = _CACHE) -> None:
    # Turn off the driver's own transactions, because `_begin` begins ours.
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", f"cache_size = -{cache}", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    if connection.get_execution_options().get("once"):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_ONCE}")
    connection.exec_driver_sql("BEGIN")


def newest(connection: Connection) -> int:
    """The number of the newest revision; 0 where there is none."""
    from dateline.ledger.tables import revisions

    found = connection.execute(select(revisions.c.number).order_by(revisions.c.number.desc()).limit(1)).scalar()
    return int(found or 0)
