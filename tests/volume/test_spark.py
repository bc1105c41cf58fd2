"""Spark, the real one on this machine: the same records and the same events, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.world import World
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.engines.seam import coded_batch
from dateline.engines.spark import session
from dateline.engines.written import written
from dateline.ledger import Ledger, Query
from dateline.linking import link
from dateline.model import Coding
from dateline.readers import read_paths
from tests.volume.texts import write_parquet

pytest.importorskip("pyspark", reason="Spark is not installed (uv sync --group spark)")
if session.java() is None:
    pytest.skip("there is no Java (apt-get install openjdk-17-jre-headless)", allow_module_level=True)

_SPARK = ("--engine", "spark", "--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=2")


@pytest.fixture(autouse=True)
def _by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_READER", "rules")


def _run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def _rows(folder: Path) -> list[dict[str, Any]]:
    import pyarrow.dataset as ds

    files = sorted(p for p in folder.rglob("*.parquet") if p.is_file())
    rows = [row for file in files for row in ds.dataset(file).to_table().to_pylist()]
    return [{key: value for key, value in row.items() if key != "part"} for row in rows]


class _Killer(threading.Thread):
    """Kills the first process that codes for Spark, while it codes."""

    def __init__(self, found: Callable[[], list[int]]) -> None:
        """`found` gives the processes that may be killed."""
        super().__init__(daemon=True)
        self.found = found
        self.killed = 0
        self.stop = False

    def run(self) -> None:
        while not self.killed and not self.stop:
            for pid in self.found():
                time.sleep(0.3)
                os.kill(pid, signal.SIGKILL)
                self.killed = pid
                return
            time.sleep(0.05)


def _python_workers() -> list[int]:
    """Processes that the daemon of this process's Spark has forked."""
    parents, daemons = _processes(b"pyspark.daemon")
    return sorted(pid for pid in daemons if parents[pid] in daemons and os.getpid() in _above(pid, parents))


def _executors() -> list[int]:
    """Executors of this process's Spark, each a JVM, for which a process codes by now."""
    parents, daemons = _processes(b"pyspark.daemon")
    _, executors = _processes(b"CoarseGrainedExecutorBackend")
    coding = {one for pid in daemons if parents[pid] in daemons for one in _above(pid, parents)}
    return sorted(pid for pid in executors & coding if os.getpid() in _above(pid, parents))


def _processes(name: bytes) -> tuple[dict[int, int], set[int]]:
    """The parent of each process, and the processes in whose command line a name stands."""
    parents: dict[int, int] = {}
    named: set[int] = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if name in (folder / "cmdline").read_bytes():
                    named.add(int(folder.name))
            except (OSError, ValueError):
                continue
    return parents, named


def _above(pid: int, parents: dict[int, int]) -> list[int]:
    found = [pid]
    while (one := parents.get(found[-1], 0)) > 1:
        found.append(one)
    return found


def test_records_are_those_of_one_process_though_a_worker_is_killed_and_the_run_goes_on(tmp_path: Path) -> None:
    reports = tmp_path / "in"
    reports.mkdir()
    write_parquet(reports / "a.parquet", 70)
    write_parquet(reports / "b c%20.parquet", 60, first=70)
    (reports / "_ignored.parquet").write_bytes(b"no Parquet")
    _run("code", str(reports / "a.parquet"), str(reports / "b c%20.parquet"), "--out", f"{tmp_path}/local/")
    killer = _Killer(_python_workers)
    killer.start()
    command = ("code", str(reports), "--out", f"{tmp_path}/spark/", "--part-reports", "100", *_SPARK)
    done = _run(*command)
    killer.stop = True
    assert done.exit_code == 3, (done.output, done.exception)
    assert killer.killed
    assert _rows(tmp_path / "spark") == _rows(tmp_path / "local")
    manifest = (tmp_path / "spark" / "_manifest.json").read_text()
    assert json.loads(manifest)["counts"]["reports"] == 130
    # As if it had been interrupted in the second part.
    for name in ("_manifest.json", "_parts/00001.json"):
        (tmp_path / "spark" / name).unlink()
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "spark" / "part=00000").iterdir()}
    assert "100 reports were coded before" in _run(*command).output
    assert first == {path: path.stat().st_mtime_ns for path in (tmp_path / "spark" / "part=00000").iterdir()}
    assert (tmp_path / "spark" / "_manifest.json").read_text() == manifest
    assert _rows(tmp_path / "spark") == _rows(tmp_path / "local")
    again = _run(*command)
    assert again.exit_code == 0 and "Nothing to do" in again.output


def test_events_are_those_of_linking_in_one_process(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    samples = Path(__file__).parents[2] / "src" / "dateline" / "samples"
    from dateline.engines import code_all

    told = [c for c in code_all(read_paths([str(samples)])) if isinstance(c, Coding)]
    codings = [*told, *World().codings(150), told[0]]
    coded = tmp_path / "coded"
    coded.mkdir()
    half = len(codings) // 2
    for name, some in (("a", codings[:half]), ("b", codings[half:])):
        batch = coded_batch(enumerate(some))
        pq.write_table(_table(batch), coded / f"{name}.parquet")
    assert len(list(written([str(coded)]))) == len(codings)
    done = _run("link", str(coded), "--out", f"{tmp_path}/events/", *_SPARK)
    assert done.exit_code == 0, (done.output, done.exception)
    expected = [event.to_json() for event in link(codings)]
    assert any('"part_of":"e-' in line for line in expected) and any('"case":"c-' in line for line in expected)
    assert [row["record"] for row in _rows(tmp_path / "events" / "part=00000")] == expected
    ledger = str(tmp_path / "taken.sqlite")
    taken = _run("add", "--coded", str(coded), "--linked", f"{tmp_path}/events", "--ledger", ledger)
    assert taken.exit_code == 0, (taken.output, taken.exception)
    with Ledger.open(ledger) as opened, Ledger.open(str(tmp_path / "plain.sqlite"), create=True) as plain:
        plain.add(codings)
        assert _ledgers_events(opened) == _ledgers_events(plain) != []


def _ledgers_events(ledger: Ledger) -> list[str]:
    return sorted(repr(event) for event in ledger.events(Query(), limit=10_000).events)


def test_an_executor_that_is_killed_changes_nothing_and_any_address_of_hadoop_will_do(tmp_path: Path) -> None:
    """Two executors, each a JVM of its own, and addresses of Hadoop's viewfs, which leads to a folder here."""
    (tmp_path / "in").mkdir()
    write_parquet(tmp_path / "in" / "a.parquet", 40)
    _run("code", str(tmp_path / "in"), "--out", f"{tmp_path}/local/")
    killer = _Killer(_executors)
    killer.start()
    settings = {
        "spark.hadoop.fs.viewfs.mounttable.news.link./data": tmp_path.as_uri(),
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(sys.path),
        "spark.executorEnv.DATELINE_READER": "rules",
        "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "2",
    }
    conf = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
    cluster = ("--engine", "spark", "--master", "local-cluster[2,1,1024]", *conf)
    done = _run("code", "viewfs://news/data/in", "--out", "viewfs://news/data/out/", *cluster)
    killer.stop = True
    assert done.exit_code == 3, (done.output, done.exception)
    assert killer.killed
    assert _told(_rows(tmp_path / "out")) == _told(_rows(tmp_path / "local"))


def _told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, without the files that they were read from where a rejection names one."""
    return [{**row, "rejected": row["rejected"] and json.loads(row["rejected"])["code"]} for row in rows]


def _table(batch: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([batch])
