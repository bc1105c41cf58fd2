"""What the options of volume say where something is missing or makes no sense, and what is shown while it runs."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.cli.progress import memory, pace
from dateline.engines.spark import session
from dateline.model.errors import NotInstalled
from tests.volume.texts import write_lines, write_parquet


def _run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--format", "parquet"), "needs --out FOLDER"),
        (("--master", "local[2]"), "need --engine spark"),
        (("--engine", "spark"), "give --out FOLDER"),
        (("--engine", "spark", "--out", "x", "--format", "jsonl"), "no other --format"),
        (("--engine", "spark", "--conf", "a"), "KEY=VALUE"),
        (("--coder", "model", "--offline", "--out", "x/"), "leave out the folder"),
        (("--out", "x/", "--format", "csv"), "parquet or jsonl"),
    ],
)
def test_options_that_say_nothing_together_are_refused(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    done = _run("code", str(write_lines(tmp_path / "a.jsonl", 4)), *options)
    assert done.exit_code == 2 and told in " ".join(done.output.split())


def test_standard_input_goes_to_no_folder(tmp_path: Path) -> None:
    done = _run("code", "-", "--out", f"{tmp_path}/coded/")
    assert done.exit_code == 2 and "cannot be read twice" in done.output


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="Spark is installed")
def test_who_has_no_spark_is_told_how_to_get_it(tmp_path: Path) -> None:
    reports = str(write_parquet(tmp_path / "a.parquet", 4))
    done = _run("code", reports, "--engine", "spark", "--out", f"{tmp_path}/coded/")
    assert isinstance(done.exception, NotInstalled) and "dateline[spark]" in str(done.exception)


def test_java_is_looked_for_at_its_home_and_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert session.java() is None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").write_text("")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert session.java() == str(tmp_path / "bin" / "java")


def test_a_local_master_tries_a_task_again() -> None:
    assert session._patient("local[2]") == "local[2,4]"
    assert session._patient("local[*]") == "local[*,4]"
    assert session._patient("local[2,1]") == "local[2,1]"
    assert session._patient("spark://head:7077") == "spark://head:7077"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_rate_rest_rejected_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "150")
    with pace("coding", quiet=False, total=100, before=40) as advance:
        advance(10, 1)
        advance(10, 2)
    shown = screen.getvalue()
    assert "60/100" in shown and "2 rejected" in shown and "/s" in shown
    assert f"{memory():,}"[:1] in shown and " MB" in shown
    assert memory() > 10
