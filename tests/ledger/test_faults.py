"""A crash at any moment, a full disk, a lost connection: what was committed is there, nothing is doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from dateline.ledger import Ledger
from dateline.ledger.errors import LedgerFull, LostLedger
from dateline.ledger.writing import base, reports
from dateline.model import Coding
from tests.ledger.test_adding import whole

_KILLS = 50
#: Adds codings in batches of three, and says which revision it has reached after each.
_WRITER = """
import sys
from dateline.ledger import Ledger, ledger
from dateline.model import Coding
ledger._BATCH = 3
with open(sys.argv[2], encoding="utf-8") as lines:
    codings = [Coding.from_json(line) for line in lines]
with Ledger.open(sys.argv[1], create=True) as opened:
    print("ready", flush=True)
    for k in range(0, len(codings), 3):
        print(opened.add(codings[k:k + 3]).revision, flush=True)
"""


def _file(tmp_path: Path, codings: list[Coding]) -> Path:
    path = tmp_path / "codings.jsonl"
    path.write_text("".join(f"{c.to_json()}\n" for c in codings), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, world: list[Coding]) -> None:
    path, source = tmp_path / "ledger.sqlite", _file(tmp_path, world[:90])
    choice = random.Random(11)
    reached = 0
    for _ in range(_KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), str(source)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(choice.uniform(0.0, 0.12))
            writer.send_signal(signal.SIGKILL)
            told = [int(line) for line in writer.stdout.read().split() if line.isdigit()]
        with Ledger.open(str(path)) as ledger:
            now = ledger.revision()
            # All that it said was written is there, and no revision from before is gone.
            assert now >= max([reached, *told])
            reached = now
            assert whole(ledger) == []
    done = subprocess.run([sys.executable, "-c", _WRITER, str(path), str(source)], capture_output=True, check=True)
    assert done.stdout
    with Ledger.open(str(path)) as ledger, Ledger.open(str(tmp_path / "calm.sqlite"), create=True) as calm:
        assert ledger.info()["reports"] == 90
        calm.add(world[:90])
        held = {frozenset(a.key for a in e.accounts) for e in ledger.all_events()}
        assert held == {frozenset(a.key for a in e.accounts) for e in calm.all_events()}


_FULL = """
import resource, signal, sys
from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.model.errors import DatelineError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open(sys.argv[2], encoding="utf-8") as lines:
    codings = [Coding.from_json(line) for line in lines]
with Ledger.open(sys.argv[1], create=True) as opened:
    opened.add(codings[:5])
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
    try:
        opened.add(codings[5:])
    except DatelineError as error:
        print(error.code)
"""


def test_a_full_disk_leaves_the_last_revision_whole(tmp_path: Path, world: list[Coding]) -> None:
    path, source = tmp_path / "ledger.sqlite", _file(tmp_path, world)
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(path), str(source)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == LedgerFull.code, done.stderr
    with Ledger.open(str(path)) as ledger:
        assert whole(ledger) == []
        ledger.add(world)
        assert ledger.info()["reports"] == len(world)
        assert whole(ledger) == []


def test_a_lost_connection_is_said_and_the_next_try_goes_on(
    postgres_url: str, world: list[Coding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_BATCH", 10)
    with Ledger.open(postgres_url, create=True) as ledger:
        ledger.add(world[:10])
        pair_up = base.pair_up

        def cut(connection, facts, fresh, weights):  # type: ignore[no-untyped-def]
            pair_up(connection, facts, fresh, weights)
            _end_all_others(postgres_url)

        monkeypatch.setattr(base, "pair_up", cut)
        with pytest.raises(LostLedger, match="DL-L006"):
            ledger.add(world[10:30])
        monkeypatch.setattr(base, "pair_up", pair_up)
        assert ledger.info()["reports"] == 10
        assert whole(ledger) == []
        ledger.add(world[:30])
        assert ledger.info()["reports"] == 30
        assert whole(ledger) == []


def _end_all_others(url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(LostLedger, match="DL-L006"):
        Ledger.open("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2", create=True)


def test_an_error_in_the_middle_takes_back_the_whole_batch(
    opened: Callable[..., Ledger], world: list[Coding], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = opened()
    ledger.add(world[:5])
    before = list(ledger.all_events())

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr(base, "settle", fail)
        with pytest.raises(RuntimeError):
            ledger.add(world[5:10])
    assert list(ledger.all_events()) == before
    assert ledger.revision() == 1
    # What the failed batch left in memory is not taken for what another writer has stored since.
    opened().add(world[10:20])
    ledger.add(world[5:30])
    assert whole(ledger) == []


def test_a_ledger_in_a_folder_that_is_not_there_speaks_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LostLedger, match="such a folder"):
        Ledger.open(str(tmp_path / "none" / "ledger.sqlite"), create=True)
