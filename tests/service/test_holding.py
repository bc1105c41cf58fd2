"""Connections that a service keeps: few are made, and none of a file that is no longer the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.model.errors import DatelineError
from dateline.service.holding import Holding
from tests.ledger.conftest import codings, world  # noqa: F401  fixtures


@pytest.fixture
def made() -> Iterator[list[object]]:
    """The connections that are made, of any engine."""
    found: list[object] = []

    def note(connection: object, _: object) -> None:
        found.append(connection)

    event.listen(Engine, "connect", note)
    yield found
    event.remove(Engine, "connect", note)


def test_many_questions_take_few_connections(address: str, made: list[object]) -> None:
    with Ledger.open(address) as ledger:
        holding = Holding(ledger.store)
        made.clear()
        with ThreadPoolExecutor(4) as threads:
            assert set(threads.map(lambda _: ledger.count(), range(60))) == {ledger.count()}
        assert len(made) <= 5
    holding.close()


def test_what_another_writes_is_seen(address: str, world: list[Coding]) -> None:  # noqa: F811
    with Ledger.open(address) as ledger:
        holding = Holding(ledger.store)
        before = ledger.revision()
        with Ledger.open(address) as other:
            other.add(world[:5])
        assert ledger.revision() == before + 1
        ledger.add(world[5:10])
        assert ledger.revision() == before + 2
    holding.close()


def test_another_file_in_its_place_is_read_and_none_is_told(address: str, tmp_path: Path, world: list[Coding]) -> None:  # noqa: F811
    other = tmp_path / "other.sqlite"
    shutil.copyfile(address, other)
    with Ledger.open(str(other)) as fuller:
        fuller.add(world[:20])
        reports = fuller.info()["reports"]
    with Ledger.open(address) as ledger:
        holding = Holding(ledger.store)
        assert ledger.info()["reports"] < reports
        other.replace(address)
        assert ledger.info()["reports"] == reports
        Path(address).unlink()
        with pytest.raises(DatelineError):
            ledger.info()
    holding.close()
