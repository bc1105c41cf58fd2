"""The example package, installed into a folder of its own and used by the command line; and broken packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dateline
from dateline.coders import coder, seam
from dateline.coders.errors import NoSuchCoder
from dateline.linking import linkers
from dateline.linking.errors import BadLinker
from dateline.linking.linkers import grouped, linker
from dateline.publishing import Edition, formats, written_bare
from dateline.publishing.errors import BadEdition, BadExporter, ExporterFailed
from dateline.publishing.formats import Format, format_of

EXAMPLE = Path(__file__).parent / "example"
TICKER = """TICKER
2024-05-15 | A car bomb killed 12 people in Mosul on Tuesday, police said.
2024-05-15 | Police arrested two men in Basra on Tuesday.
2024-05-16 | A car bomb that went off in Mosul on Tuesday killed at least 14 people, hospital officials said.
"""


def install(site: Path, source: Path = EXAMPLE) -> None:
    """Lay a package into a folder as pip does: its modules, and what its pyproject.toml says of it."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in source.glob("*/__init__.py"):
        shutil.copytree(package.parent, site / package.parent.name, ignore=shutil.ignore_patterns("__pycache__"))
    told = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = (
        f"[{group}]\n" + "".join(f"{name} = {where}\n" for name, where in points.items())
        for group, points in project["entry-points"].items()
    )
    (told / "entry_points.txt").write_text("\n".join(groups))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with the package installed beside it, and a ticker to read."""
    folder = tmp_path_factory.mktemp("office")
    install(folder / "site")
    (folder / "today.ticker").write_text(TICKER, encoding="utf-8")
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """`dateline COMMAND` in the folder, as whoever installed the package runs it."""
    paths = (str(folder / "site"), str(Path(dateline.__file__).parent.parent))
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "DATELINE_HOME": str(folder / "home")}
    called = [sys.executable, "-m", "dateline", *command]
    return subprocess.run(called, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_its_reader_coder_and_linker_are_used(folder: Path) -> None:
    done = run(folder, "code", "today.ticker", "--coder", "deadly", "--format", "jsonl", "--out", "coded.jsonl")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (folder / "coded.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [[a["type"] for a in row["accounts"]] for row in rows] == [["bombing"], [], ["bombing"]]
    assert {row["report"]["published"]["start"] for row in rows} == {"2024-05-15", "2024-05-16"}
    done = run(folder, "link", "coded.jsonl", "--coded", "--linker", "same-day", "--format", "jsonl")
    (event,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert event["sources"] == 2 and event["when"]["start"] == "2024-05-14"
    assert [c["best"] for c in event["counts"] if c["what"] == "killed"] == [14]


def test_its_format_is_written_into_packages_and_alone_and_verified(folder: Path) -> None:
    assert run(folder, "add", "today.ticker", "--quiet").returncode == 0
    assert run(folder, "export", "--out", "events.kml").returncode == 0
    told = (folder / "events.kml").read_text(encoding="utf-8")
    assert told.startswith("<kml") and "<Placemark><name>bombing e-" in told and "<coordinates>43.1" in told
    assert run(folder, "export", "--format", "kml", "--out", "events.zip").returncode == 0
    done = run(folder, "verify", "events.zip")
    assert done.returncode == 0, done.stderr
    done = run(folder, "export", "--format", "kml", "--level", "claim", "--out", "claims.zip")
    assert done.returncode == 1 and "DL-P001" in done.stderr


def test_the_doctor_tells_of_all_four(folder: Path) -> None:
    done = run(folder, "doctor", "--format", "json")
    parts = {part["part"]: part for part in json.loads(done.stdout)["parts"]}
    names = ("reader ticker", "exporter kml", "coder deadly", "linker same-day")
    assert [parts[name]["state"] for name in names] == ["ok"] * 4, done.stdout
    assert {parts[name]["found"] for name in names} == {"of dateline-example 1.0"}


def test_its_reader_keeps_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.readers.contract import check

    monkeypatch.syspath_prepend(str(EXAMPLE))
    from dateline_example.reader import READER  # type: ignore[import-not-found]

    check(READER, "a.ticker", TICKER.encode(), reports=3)


# ---------------------------------------------------------------- broken ones


@pytest.mark.parametrize(
    ("group", "command", "code"),
    [
        ("dateline.coders", ("code", "a.txt", "--coder", "gone"), "DL-M001"),
        ("dateline.linkers", ("link", "a.txt", "--linker", "gone"), "DL-L029"),
        ("dateline.exporters", ("export", "--format", "gone"), "DL-P005"),
    ],
)
def test_what_cannot_be_loaded_is_an_error_with_a_code(tmp_path: Path, group: str, command: Any, code: str) -> None:
    source = tmp_path / "source"
    (source / "broken_package").mkdir(parents=True)
    (source / "broken_package" / "__init__.py").write_text("raise RuntimeError('half installed')\n")
    points = f'[project]\nname = "broken"\nversion = "1"\n[project.entry-points."{group}"]\ngone = "broken_package:X"\n'
    (source / "pyproject.toml").write_text(points)
    install(tmp_path / "site", source)
    (tmp_path / "a.txt").write_text("Police arrested two men in Basra on Tuesday.", encoding="utf-8")
    with dateline.Ledger.open(str(tmp_path / "ledger.sqlite"), create=True, by="ann"):
        pass
    done = run(tmp_path, *command)
    assert done.returncode == 1 and done.stderr.splitlines()[-1].startswith(f"error: {code} "), done.stderr
    assert "half installed" in done.stderr and "Traceback" not in done.stderr


def test_names_that_there_are_none_of() -> None:
    with pytest.raises(BadLinker, match="no linker 'tarot'"):
        linker("tarot")
    with pytest.raises(BadEdition, match="no format"):
        format_of("tarot")
    with pytest.raises(NoSuchCoder):
        coder("tarot")


def _entry(group: str, value: str) -> EntryPoint:
    return EntryPoint("odd", value, group)


def test_what_is_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkers, "entry_points", lambda group: [_entry(group, "json:__name__")])
    monkeypatch.setattr(formats, "others", lambda: (_entry(formats.GROUP, "json:dumps"),))
    monkeypatch.setattr(seam, "entry_points", lambda group: [_entry(group, "json:__name__")])
    with pytest.raises(BadLinker, match="cannot be called"):
        linker("odd")
    with pytest.raises(BadExporter, match="no Format"):
        format_of("odd")
    with pytest.raises(NoSuchCoder, match="cannot be loaded"):
        coder("odd")


def _fails(out: Any, whole: Any) -> int:
    raise KeyError("place")


@pytest.mark.parametrize(("write", "said"), [(_fails, "KeyError"), (lambda out, whole: None, "how many rows")])
def test_a_format_that_fails_names_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Any, said: str
) -> None:
    monkeypatch.setitem(globals(), "ODD", Format("odd", "odd", write=write))
    monkeypatch.setattr(formats, "others", lambda: (_entry(formats.GROUP, f"{__name__}:ODD"),))
    with dateline.Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann") as ledger:
        ledger.add([dateline.code("Police arrested two men in Basra on Tuesday.", "2024-05-15", uri="a")])
        with (tmp_path / "out").open("wb") as out, pytest.raises(ExporterFailed, match=said):
            written_bare(ledger, Edition(format="odd"), out)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([[0, 9]], "there are 3 accounts"),
        ([[0, 2], [2]], "two groups"),
        ([[0, 0]], "twice"),
        ([[0, 1]], "of one report"),
        ([["a"]], "failed"),
        (7, "failed"),
    ],
)
def test_groups_that_are_none(groups: Any, said: str) -> None:
    one = dateline.code("Police arrested two men in Basra on Tuesday. Gunmen killed a teacher in Kirkuk on Monday.")
    other = dateline.code("Police arrested two men in Basra.")
    accounts = [(coding, account) for coding in (one, other) for account in coding.accounts]
    assert len(accounts) == 3
    with pytest.raises(BadLinker, match=said):
        grouped(lambda given: groups, accounts)


def test_what_a_linker_leaves_out_is_an_event_by_itself() -> None:
    coding = dateline.code("Police arrested two men in Basra on Tuesday. Gunmen killed a teacher in Kirkuk on Monday.")
    assert grouped(lambda given: [], [(coding, account) for account in coding.accounts]) == [[0], [1]]


def test_positions_may_be_numpys_integers() -> None:
    told = [dateline.code("Police arrested two men in Basra on Tuesday.", "2024-05-15", uri=uri) for uri in ("a", "b")]
    accounts = [(coding, coding.accounts[0]) for coding in told]
    groups = grouped(lambda _: np.array([[1, 0]]), accounts)
    assert groups == [[0, 1]] and all(type(one) is int for one in groups[0])
