"""The connection to the database is cut at a chosen statement: that is said, and the next try goes on."""

from __future__ import annotations

import contextlib
import logging
import tempfile
from pathlib import Path

from benchmarks.world import World
from sqlalchemy import create_engine, event, text

from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.ledger.errors import LostLedger, NoLedger
from dateline.model import Coding
from dateline.model.errors import DatelineError
from tests import postgres
from tests.attack.budget import Budget, Result

_REPORTS, _STATEMENTS = 12, 90


def lost_databases(budget: Budget) -> Result:
    """A file that is gone, a server that is not there, a server that hangs up in the middle of adding."""
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # It says of each connection that was cut that it was.
    result, choice = Result(), budget.chance()
    codings = list(World(seed=5, events_a_day=8).codings(_REPORTS))
    _not_there(result, codings)
    if postgres.binaries() is None:
        result.note = "without PostgreSQL"
        return result
    with contextlib.closing(_Server()) as server:
        for number in budget.rounds():
            _cut(result, server, codings, choice.randrange(1, _STATEMENTS), f"cut {number + 1}")
    return result


class _Server:
    """A server, with a new database for each try."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self.address = self._stack.enter_context(postgres.server())
        self._made = 0

    def run(self, statement: str, database: str = "postgres") -> None:
        engine = create_engine(f"{self.address}{database}".replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))
        engine.dispose()

    def database(self) -> str:
        self._made += 1
        self.run(f"CREATE DATABASE lost_{self._made}")
        return f"lost_{self._made}"

    def close(self) -> None:
        self._stack.close()


def _not_there(result: Result, codings: list[Coding]) -> None:
    with tempfile.TemporaryDirectory(prefix="dateline-lost-") as folder:
        path = Path(folder) / "ledger.sqlite"
        with Ledger.open(str(path), create=True) as ledger:
            ledger.add(codings[:3])
        path.unlink()
        for address, kind in (
            (str(path), NoLedger),
            ("postgresql://nobody@127.0.0.1:1/x?connect_timeout=2", LostLedger),
        ):
            try:
                Ledger.open(address).close()
                result.expect(False, f"{address}: opened")
            except DatelineError as error:
                result.expect(isinstance(error, kind), f"{address}: {error}")


def _cut(result: Result, server: _Server, codings: list[Coding], at: int, name: str) -> None:
    """The server ends the connection right before a statement."""
    database, seen = server.database(), 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    with Ledger.open(f"{server.address}{database}", create=True) as ledger:
        ledger.add(codings[:3])
        event.listen(ledger.store.engine, "before_cursor_execute", count)
        try:
            ledger.add(codings[3:])
            result.expect(seen < at, f"{name}: nobody noticed")
        except LostLedger:
            result.expect(ledger.info()["reports"] == 3, f"{name}: something is half there")
        event.remove(ledger.store.engine, "before_cursor_execute", count)
        ledger.add(codings)
        whole = ledger.info()["reports"] == len(codings)
        with ledger.store.reading() as connection:
            found = [str(problem) for problem in problems(connection)]
        result.expect(whole and not found, f"{name}: after the next try {found or 'reports are missing'}")
