"""Ledgers to test with: a new one for each test, on both databases."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.world import World
from sqlalchemy import create_engine, text

from dateline.coding import code_report
from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.readers import report_of
from tests import postgres

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if postgres.binaries() is None:
        if os.environ.get("DATELINE_REQUIRE_POSTGRES"):
            pytest.fail("PostgreSQL is not installed, and the gate asks for it")
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of an empty database."""
    name = f"ledger_{next(_numbers)}"
    engine = create_engine(f"{postgres_server}postgres".replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{postgres_server}{name}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Ledger]]:
    """Opens the ledger, as often as wanted; the clock stands still."""
    ledgers: list[Ledger] = []

    def open_it(by: str = "ann") -> Ledger:
        ledger = Ledger.open(url, create=True, by=by, clock=lambda: dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
        ledgers.append(ledger)
        return ledger

    yield open_it
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def ledger(opened: Callable[..., Ledger]) -> Ledger:
    return opened()


_TEXTS = {
    "wire": (
        "MOSUL, Iraq - A car bomb exploded outside the Zaytun market in Mosul on Tuesday, killing 12 people and "
        "wounding 30, police colonel Saad Hamdani said. Shopkeeper Walid Jabbar said the blast threw cars into the air."
    ),
    "paper": (
        "A car bomb killed at least 14 people at the Zaytun market in Mosul on Tuesday, hospital officials said. "
        "Thirty people were wounded. Colonel Saad Hamdani said the car had been parked beside a bakery."
    ),
    "kabul": (
        "KABUL - Gunmen shot dead two teachers in Kabul on Monday, the education ministry said. Nobody claimed "
        "the attack."
    ),
    "rebels": "Rebels attacked a convoy.",
}


def coded(uri: str, text: str, published: str | None = "2024-05-15") -> Coding:
    return code_report(report_of(text, uri, published))


@pytest.fixture(scope="session")
def codings() -> list[Coding]:
    """Two reports of a bombing in Mosul, one of an attack in Kabul, one of an attack without day and place."""
    return [coded(uri, text, None if uri == "rebels" else "2024-05-15") for uri, text in _TEXTS.items()]


@pytest.fixture(scope="session")
def world() -> list[Coding]:
    """Some hundred made-up reports."""
    return list(World(seed=5, events_a_day=8).codings(300))
