"""Spark, the real one on this machine: the same records and the same events, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from benchmarks.world import World
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.engines.seam import coded_batch
from dateline.engines.spark import session
from dateline.engines.written import written
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

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.killed = 0
        self.stop = False

    def run(self) -> None:
        while not self.killed and not self.stop:
            for pid in _python_workers():
                time.sleep(0.3)
                os.kill(pid, signal.SIGKILL)
                self.killed = pid
                return
            time.sleep(0.05)


def _python_workers() -> list[int]:
    """Processes that the daemon of this process's Spark has forked."""
    parents: dict[int, int] = {}
    daemons: set[int] = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                    daemons.add(int(folder.name))
            except (OSError, ValueError):
                continue
    return sorted(pid for pid in daemons if parents[pid] in daemons and os.getpid() in _above(pid, parents))


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
    killer = _Killer()
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
    assert [row["record"] for row in _rows(tmp_path / "events")] == expected


def _table(batch: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([batch])
