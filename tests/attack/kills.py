"""`kill -9` while reports are added, at a chosen statement or at any moment; then the work goes on, and is compared.

A child process (a fork) adds reports in small batches, says after each which reports are in, and dies. Whatever it said
is in the ledger is there afterwards, once, and the ledger is whole; after some deaths the rest is added, and the ledger
holds the events of one that nobody killed.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.world import World
from sqlalchemy import create_engine, event, select, text

from dateline.ledger import Ledger
from dateline.ledger.checking import problems
from dateline.ledger.tables import reports
from dateline.model import Coding
from tests import postgres
from tests.attack.budget import Budget, Result

#: Reports of one ledger, reports in a batch, deaths that a ledger goes through.
_REPORTS, _BATCH, _DEATHS = 60, 3, 10
#: Statements of a batch, at most: a death is chosen among them. Seconds after which a death by chance comes.
_STATEMENTS, _LATEST = 160, 0.25


@dataclass(slots=True)
class Count:
    """What the kills did."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    by: Counter[str] = field(default_factory=Counter)


def kills(budget: Budget) -> Result:
    """As many deaths as there is time for, on SQLite and PostgreSQL in turn."""
    result, count, choice = Result(), Count(), budget.chance()
    codings = list(World(seed=5, events_a_day=8).codings(_REPORTS))
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(postgres.server()) if postgres.binaries() else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-kills-")))
        calm = _events(str(folder / "calm.sqlite"), codings)
        for number in budget.rounds():
            if number % _DEATHS == 0:
                life = number // _DEATHS
                address = _new(server, folder, life)
                told: set[str] = set()
            told |= _one(result, count, choice, address, codings, number)
            _check(result, count, address, told, f"kill {number + 1}")
            if (number + 1) % _DEATHS == 0:
                _compare(result, count, address, codings, calm)
        _compare(result, count, address, codings, calm)
    result.tried = count.kills
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(count.by.items()))
    result.note = f"{count.kills} kills ({kinds}): {count.lost} lost, {count.doubled} doubled"
    return result


def _new(server: str | None, folder: Path, life: int) -> str:
    """The address of a ledger that is not there yet."""
    if server is None or life % 2 == 0:
        return str(folder / f"{life}.sqlite")
    engine = create_engine(f"{server}postgres".replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE kills_{life}"))
    engine.dispose()
    return f"{server}kills_{life}"


def _one(
    result: Result, count: Count, choice: random.Random, address: str, codings: list[Coding], number: int
) -> set[str]:
    """Let a child add reports, and kill it; gives the reports that it said are in."""
    at_statement = choice.randrange(1, _STATEMENTS) if number % 2 == 0 else None
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _add(address, codings, writer, at_statement)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        if at_statement is None:
            said.readline()  # It has opened the ledger.
            time.sleep(choice.uniform(0.0, _LATEST))
            os.kill(child, signal.SIGKILL)
        told = {line.strip() for line in said}
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        count.kills += 1
        kind = "PostgreSQL" if address.startswith("postgresql") else "SQLite"
        count.by[f"{'at a statement' if at_statement else 'by chance'} on {kind}"] += 1
    elif status != 0:
        result.failed.append(f"kill {number + 1}: the child ended by itself, with {status}")
    return told - {"ready", ""}


def _add(address: str, codings: list[Coding], out: int, at_statement: int | None) -> None:
    """The child: add what is not there yet, say what is, die at the statement. Never returns."""
    status = 1
    try:
        with Ledger.open(address, create=True) as ledger:
            os.write(out, b"ready\n")
            there = _uris(ledger)
            rest = [c for c in codings if c.report.uri not in set(there)]
            if at_statement is not None:
                _die_at(ledger, at_statement)
            for start in range(0, len(rest), _BATCH):
                some = rest[start : start + _BATCH]
                ledger.add(some)
                os.write(out, "".join(f"{c.report.uri}\n" for c in some).encode())
        status = 0
    finally:
        os._exit(status)


def _die_at(ledger: Ledger, number: int) -> None:
    """Die right before or after the statement of this number; a commit is one, too."""
    seen = 0

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen >= number:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(ledger.store.engine, moment, count)


# ---------------------------------------------------------------- what must hold


def _uris(ledger: Ledger) -> list[str]:
    with ledger.store.reading() as connection:
        return list(connection.execute(select(reports.c.uri)).scalars())


def _check(result: Result, count: Count, address: str, told: set[str], name: str) -> None:
    """All that was said to be in is in, once, and the ledger is whole."""
    with Ledger.open(address, create=True) as ledger:
        there = _uris(ledger)
        lost, doubled = told - set(there), len(there) - len(set(there))
        count.lost += len(lost)
        count.doubled += doubled
        if lost or doubled:
            result.failed.append(f"{name}: lost {sorted(lost)}, {doubled} doubled")
        with ledger.store.reading() as connection:
            result.failed += [f"{name}: {problem}" for problem in problems(connection)]


def _compare(result: Result, count: Count, address: str, codings: list[Coding], calm: set[frozenset[str]]) -> None:
    """Add the rest; the ledger then holds the events of one that nobody killed."""
    held = _events(address, codings)
    count.lost += len(calm - held)
    count.doubled += len(held - calm)
    if held != calm:
        result.failed.append(f"{len(calm - held)} events are lost, {len(held - calm)} are other ones")
    with Ledger.open(address) as ledger:
        there = _uris(ledger)
        if sorted(there) != sorted({c.report.uri for c in codings}):
            result.failed.append(f"{len(there)} reports are there, not {len(codings)}")
        with ledger.store.reading() as connection:
            result.failed += [str(problem) for problem in problems(connection, deep=True)]


def _events(address: str, codings: list[Coding]) -> set[frozenset[str]]:
    with Ledger.open(address, create=True) as ledger:
        ledger.add(codings)
        return {frozenset(account.key for account in e.accounts) for e in ledger.all_events()}


def statements() -> Iterator[str]:
    """The statements of one batch, in order: among these a death is chosen."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/x.sqlite", create=True) as ledger:
        codings = list(World(seed=5, events_a_day=8).codings(2 * _BATCH))
        ledger.add(codings[:_BATCH])
        seen: list[str] = []
        event.listen(ledger.store.engine, "before_cursor_execute", lambda *args: seen.append(str(args[2])))
        ledger.add(codings[_BATCH:])
        yield from seen
