"""`dateline doctor`: it tells what is there and what is not, and ends with 1 only where something is broken."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from importlib import metadata
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dateline
from dateline.cli import checkup, cli, plugins
from dateline.cli.checkup import EXTRAS
from dateline.reader import network
from dateline.where import extend, gazetteer
from dateline.who.actors import add_actor

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def looked(*options: str) -> tuple[int, dict[str, dict[str, Any]], bool]:
    """The exit status, the parts by name, and whether all is well."""
    done = CliRunner().invoke(cli, ["doctor", "--format", "json", *options])
    told = json.loads(done.stdout)
    return done.exit_code, {part["part"]: part for part in told["parts"]}, told["well"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_all_is_well_where_only_a_ledger_is_missing(home: Path) -> None:
    status, parts, well = looked()
    assert (status, well) == (0, True)
    assert {"dateline", "Python", "English model", "learned reader", "gazetteer", "coding"} <= parts.keys()
    assert parts["ledger"]["state"] == "absent" and "dateline add" in parts["ledger"]["remedy"]
    assert parts["your knowledge"]["found"].startswith("none") and str(home) in parts["your knowledge"]["found"]
    assert "is coded as an arrest" in parts["coding"]["found"]
    assert "rules" in parts["learned reader"]["found"], "tests set $DATELINE_READER"


def test_a_ledger_is_told_with_the_version_of_its_tables(home: Path) -> None:
    with dateline.Ledger.open("l.sqlite", create=True, by="ann") as ledger:
        ledger.add([dateline.code("Police arrested two men in Kabul on Tuesday.", "2024-05-15", uri="a")])
    status, parts, _ = looked("--ledger", "l.sqlite")
    assert status == 0 and parts["ledger"]["state"] == "ok"
    assert "revision 1" in parts["ledger"]["found"]
    with sqlite3.connect("l.sqlite") as connection:
        connection.execute("update alembic_version set version_num = '0001'")
    connection.close()
    status, parts, well = looked("--ledger", "l.sqlite")
    assert (status, well, parts["ledger"]["state"]) == (1, False, "broken")
    assert "DL-L003" in parts["ledger"]["found"] and "ledger upgrade" in parts["ledger"]["remedy"]


@pytest.mark.usefixtures("home")
def test_a_file_that_is_no_ledger_is_broken() -> None:
    Path("l.sqlite").write_bytes(b"no database at all, but some bytes " * 200)
    status, parts, _ = looked("--ledger", "l.sqlite")
    assert status == 1 and "DL-L002" in parts["ledger"]["found"]


def test_knowledge_of_the_users_is_counted_and_a_bad_file_is_told(home: Path) -> None:
    add_actor("Free Valley Front", "armed_group", ["FVF"], "CO", None)
    assert looked()[1]["your knowledge"]["found"].startswith("1 actors in ")
    (home / "actors.yaml").write_text("free-valley-front: {kind: fish}\n", encoding="utf-8")
    status, parts, _ = looked()
    assert status == 1 and "DL-E004" in parts["your knowledge"]["found"]


@pytest.mark.usefixtures("home")
def test_what_coding_needs_and_is_not_there_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gazetteer, "FILE", tmp_path / "none.sqlite")
    monkeypatch.setattr(network, "WEIGHTS", tmp_path)
    network.load.cache_clear()
    status, parts, _ = looked()
    assert extend.target().exists() is False
    assert status == 1 and "DL-E006" in parts["gazetteer"]["found"]
    assert "DL-E010" in parts["learned reader"]["found"]
    assert parts["gazetteer"]["remedy"]


@pytest.mark.usefixtures("home")
def test_an_extra_that_is_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "pypdfium2":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(checkup.metadata, "version", version)
    status, parts, _ = looked()
    assert status == 0, "an extra is no fault"
    pdf = parts["extra pdf"]
    assert (pdf["state"], pdf["remedy"]) == ("absent", "pip install 'dateline[pdf]'") and "pypdfium2" in pdf["found"]


def test_all_extras_are_told_of() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    assert set(EXTRAS) == {name for name, needs in project["optional-dependencies"].items() if needs}


@pytest.mark.usefixtures("home")
def test_a_plugin_that_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str) -> list[EntryPoint]:
        gone = EntryPoint("wire", "no_such_module:READER", "dateline.readers")
        odd = EntryPoint("odd", "json:__version__", "dateline.readers")
        return [gone, odd] if group == "dateline.readers" else []

    monkeypatch.setattr(plugins, "entry_points", points)
    status, parts, _ = looked()
    assert status == 1 and "no_such_module" in parts["reader wire"]["found"]
    assert parts["reader odd"]["state"] == "broken"


@pytest.mark.usefixtures("home")
def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_API_KEY", "s3cret")
    monkeypatch.setenv("DATELINE_LEDGER", "postgresql://me:s3cret@nowhere.invalid/db")
    done = CliRunner().invoke(cli, ["doctor"])
    assert "s3cret" not in done.output
    assert "DATELINE_API_KEY (not shown)" in done.output


@pytest.mark.usefixtures("home")
def test_people_get_lines_with_what_to_do_below() -> None:
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 0
    assert "absent  ledger" in done.stdout and "-> `dateline add PATH...` makes one." in done.stdout
    assert done.stdout.rstrip().endswith("only what needs them does without.")
