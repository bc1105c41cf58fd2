"""Output in parts: whole or not there, resumed after any interruption, and never done twice."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.model.errors import FileThere, OtherJob
from dateline.readers.given import Fetched
from tests.volume.texts import write_lines


def _code(*args: str) -> Result:
    return CliRunner().invoke(cli, ["code", "--reader", "rules", *args], catch_exceptions=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_folder_holds_parts_and_a_manifest_that_is_right(tmp_path: Path, form: str) -> None:
    reports = write_lines(tmp_path / "a.jsonl", 50)
    out = tmp_path / "coded"
    done = _code(str(reports), "--out", f"{out}/", "--format", form, "--part-reports", "20")
    assert done.exit_code == 3, done.output  # some were rejected
    manifest = json.loads((out / "_manifest.json").read_text())
    assert [part["path"] for part in manifest["outputs"]] == [f"part-{k:05}.{form}" for k in range(3)]
    assert manifest["counts"]["reports"] == 50 and manifest["counts"]["rejected"] == 10
    for part in manifest["outputs"]:
        assert part["sha256"] == hashlib.sha256((out / part["path"]).read_bytes()).hexdigest()
    assert manifest["inputs"][0]["sha256"] == hashlib.sha256(reports.read_bytes()).hexdigest()
    assert manifest["made_by"]["options"]["reader"] == "rules"
    whole = tmp_path / "whole.jsonl"
    _code(str(reports), "--out", str(whole), "--format", "jsonl")
    assert _lines(out, form) == whole.read_text().splitlines()
    assert _rejected(out, form) == 10


def _lines(out: Path, form: str) -> list[str]:
    import pyarrow.dataset as ds

    if form == "jsonl":
        return [line for p in sorted(out.glob("part-*")) for line in p.read_text().splitlines()]
    # As any other program reads the folder: names that begin with _ are none of the data.
    records = ds.dataset(out, format="parquet").to_table()["record"].to_pylist()
    return [line for line in records if line is not None]


def _rejected(out: Path, form: str) -> int:
    import pyarrow.parquet as pq

    if form == "jsonl":
        return sum(len(p.read_text().splitlines()) for p in out.glob("_rejected/*"))
    tables = [pq.read_table(p) for p in out.glob("part-*")]
    return sum(t.num_rows - t["rejected"].null_count for t in tables)


def test_running_again_does_nothing_and_says_so(tmp_path: Path) -> None:
    reports, out = str(write_lines(tmp_path / "a.jsonl", 30)), tmp_path / "coded"
    _code(reports, "--out", f"{out}/", "--part-reports", "10")
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = _code(reports, "--out", f"{out}/", "--part-reports", "10")
    assert again.exit_code == 0 and "Nothing to do: all 30 reports" in again.output
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*")}


def test_a_folder_of_other_work_is_left_alone_unless_forced(tmp_path: Path) -> None:
    reports, out = write_lines(tmp_path / "a.jsonl", 10), tmp_path / "coded"
    _code(str(reports), "--out", f"{out}/")
    kept = _files(out)
    (out / "notes.txt").write_text("mine")
    reports.write_text(reports.read_text().replace("Mosul", "Kirkuk"))
    other = _code(str(reports), "--out", f"{out}/")
    assert isinstance(other.exception, OtherJob) and "inputs differ" in str(other.exception)
    confident = _code(str(reports), "--out", f"{out}/", "--min-confidence", "0.9")
    assert isinstance(confident.exception, OtherJob) and "made_by" in str(confident.exception)
    assert _files(out) == kept | {"notes.txt": b"mine"}
    assert _code(str(reports), "--out", f"{out}/", "--force").exit_code == 3
    assert (out / "notes.txt").read_text() == "mine"
    (out / "notes.txt").unlink()
    assert "Kirkuk" in "".join(_lines(out, "parquet"))
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.txt").write_text("mine")
    assert isinstance(_code(str(reports), "--out", f"{strange}/").exception, FileThere)


def test_a_page_goes_into_a_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body><article><p>Gunmen shot dead two guards in Kabul on 3 May 2024.</p></article></body></html>"
    monkeypatch.setattr("dateline.cli.fetching.fetched", lambda address: Fetched(address, page, ".html"))
    out, address = tmp_path / "coded", "https://paper.example/2024/05/04/guards"
    done = _code(address, "--out", f"{out}/")
    assert done.exit_code == 0, (done.output, done.exception)
    assert len(_lines(out, "parquet")) == 1
    assert json.loads((out / "_manifest.json").read_text())["inputs"] == [{"path": address}]
    assert "Nothing to do" in _code(address, "--out", f"{out}/").output


def test_a_pipe_does_not_go_into_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = _code(str(tmp_path / "pipe"), "--out", f"{tmp_path / 'coded'}/")
    assert done.exit_code == 2 and "cannot be read twice" in done.output


def _interrupted(reports: Path, out: Path, parts: int, after: float, how: signal.Signals) -> None:
    """Code until so many more parts are there and a moment is over, then end it."""
    command = [sys.executable, "-m", "dateline", "code", str(reports), "--reader", "rules", "--out", f"{out}/",
               "--part-reports", "7", "-q"]  # fmt: skip
    enough = _parts_in(out) + parts
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=_heeds_interrupts)
    while _parts_in(out) < enough and process.poll() is None:
        time.sleep(0.005)
    time.sleep(after)
    process.send_signal(how)
    process.wait()


def _heeds_interrupts() -> None:
    """Whoever runs the tests in the background has told their children to ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _parts_in(out: Path) -> int:
    return len(list(out.glob("part-*")))


@pytest.mark.slow
def test_interrupted_at_twenty_moments_the_bytes_are_those_of_a_run_in_one_go(tmp_path: Path) -> None:
    reports = write_lines(tmp_path / "a.jsonl", 400)
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    _code(str(reports), "--out", f"{whole}/", "--part-reports", "7")
    choice = random.Random(4)
    stopped = 0
    for k in range(20):
        how = signal.SIGKILL if k % 2 else signal.SIGINT
        _interrupted(reports, torn, choice.randint(0, 3), choice.uniform(0.0, 0.05), how)
        stopped += not (torn / "_manifest.json").exists()
    assert stopped > 3
    _code(str(reports), "--out", f"{torn}/", "--part-reports", "7")
    # A draft that was being written when the process was killed stays, and is nobody's part.
    found = {name: data for name, data in _files(torn).items() if not Path(name).name.startswith(".dateline-")}
    assert found == _files(whole)
