"""Nothing is lost in silence: files that are not read, reports that are not coded, files that would be overwritten, and
work that is stopped are all told of."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.model import Coding

ENGLISH = "KABUL - Gunmen shot dead two teachers in Kabul on Monday, the education ministry said."
SPANISH = (
    "BOGOTÁ - Hombres armados mataron a dos maestros en la ciudad de Cali el lunes, dijo la policía. Los vecinos "
    "dijeron que los atacantes huyeron en una motocicleta y que nadie ha reivindicado el ataque todavía."
)


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with a report, one in Spanish, one that tells of nothing, and three files that are not read."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "b.txt").write_text(SPANISH, encoding="utf-8")
    (folder / "c.txt").write_text("The minister opened a school and thanked the builders.", encoding="utf-8")
    (folder / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "e.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "f.xml").write_text("<rss><channel/></rss>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, case_reports: list[Coding]) -> Iterator[str]:
    path = str(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    with Ledger.open(path, create=True, by="ann") as opened:
        opened.add(case_reports)
    yield path


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# ---------------------------------------------------------------- reports of which nothing comes


@pytest.mark.parametrize("command", ["code", "link", "add"])
def test_what_is_not_read_or_not_coded_is_named_and_counted(news: Path, tmp_path: Path, command: str) -> None:
    where = ("--ledger", tmp_path / "l.sqlite") if command == "add" else ()
    done = run(command, news, *where)
    assert done.exit_code == 3
    assert f"Not read: 2 files: {news / 'd.png'}, {news / 'e.png'}. It is a picture." in done.stderr
    assert f"rejected: DL-R001 {news / 'f.xml'}: The feed holds no entries" in done.stderr
    assert f"Not coded: 1 in 'es'; only English is: {news / 'b.txt'}." in done.stderr
    assert "Nothing that is coded in 1 of 4 reports." in done.stderr


def test_a_report_in_another_language_is_in_the_table_too(news: Path) -> None:
    assert "not coded: in 'es'" in run("code", news, "--format", "table").stdout
    told = rows_of(run("code", news, "--format", "csv").stdout)
    assert [(row["type"], bool(row["not_coded"])) for row in told] == [("attack", False), ("", True)]


def test_one_reason_against_many_reports_is_said_once_and_counted(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": 1}\n' * 40, encoding="utf-8")
    done = run("code", tmp_path / "gold.jsonl")
    assert done.exit_code == 3
    assert done.stderr.count("rejected: DL-R005") == 12
    assert "Rejected: 40 of 40 reports." in done.stderr


# ---------------------------------------------------------------- files


def test_no_file_is_overwritten_without_force(ledger: str, news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    backup = tmp_path / "backup.sqlite"
    commands = (
        ("events", "--ledger", ledger, "--format", "csv", "--out", out), ("export", "--ledger", ledger, "--out", out),
        ("code", news / "a.txt", "--format", "csv", "--out", out), ("link", news / "a.txt", "--format", "csv", "--out",
        out), ("ledger", "export", "--ledger", ledger, "--out", out), ("ledger", "backup", backup, "--ledger", ledger),
    )  # fmt: skip
    for command in commands:
        written = backup if "backup" in command else out
        written.write_text("precious", encoding="utf-8")
        refused = run(*command)
        assert "DL-E013" in str(refused.exception) and "--force" in str(refused.exception), command
        assert written.read_text(encoding="utf-8") == "precious"
        assert run(*command, "--force").exit_code == 0, command
        assert written.read_bytes() != b"precious"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "geojson", "parquet"])
def test_the_ending_of_an_export_tells_its_format(ledger: str, tmp_path: Path, ending: str) -> None:
    bare, packed = tmp_path / f"x.{ending}", tmp_path / f"{ending}.zip"
    assert run("export", "--ledger", ledger, "--out", bare).exit_code == 0
    assert run("export", "--ledger", ledger, "--out", packed, "--format", ending).exit_code == 0
    with zipfile.ZipFile(packed) as archive:
        assert archive.read(f"events.{ending}") == bare.read_bytes()
        assert "codebook.csv" in archive.namelist()


def test_an_export_under_a_name_of_no_format_is_refused(ledger: str, tmp_path: Path) -> None:
    for name, more in (("x.docx", ()), ("x.csv", ("--format", "geojson")), ("x.geojson", ("--excel",))):
        refused = run("export", "--ledger", ledger, "--out", tmp_path / name, *more)
        assert "DL-P001" in str(refused.exception) and not (tmp_path / name).exists()


def test_excel_is_told_that_it_is_utf_8(ledger: str, tmp_path: Path) -> None:
    assert run("export", "--ledger", ledger, "--out", tmp_path / "x.csv", "--excel").exit_code == 0
    assert run("export", "--ledger", ledger, "--out", tmp_path / "x.zip", "--excel").exit_code == 0
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.read("events.csv") == (tmp_path / "x.csv").read_bytes()
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    assert run("events", "--ledger", ledger, "--excel").stdout.startswith("\ufeffevent_id,")


# ---------------------------------------------------------------- CSV


def test_events_and_one_event_as_a_table(ledger: str) -> None:
    every = rows_of(run("events", "--ledger", ledger, "--format", "csv").stdout)
    records = [json.loads(line) for line in run("events", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()]
    assert [row["event_id"] for row in every] == [record["id"] for record in records]
    (one,) = rows_of(run("show", every[0]["event_id"], "--ledger", ledger, "--format", "csv").stdout)
    assert one == every[0]
    told = rows_of(run("show", every[0]["event_id"], "--ledger", ledger, "--history", "--format", "csv").stdout)
    assert told[0]["kind"] == "add"


def test_accounts_and_linked_events_as_a_table(news: Path) -> None:
    account, _ = rows_of(run("code", news / "a.txt", news / "b.txt", "--format", "csv").stdout)
    assert (account["type"], account["place"], account["country"]) == ("attack", "Kabul", "AF")
    assert account["report_uri"] == str(news / "a.txt") and account["words"] == "shot dead"
    (event,) = rows_of(run("link", news / "a.txt", "--format", "csv").stdout)
    assert event["killed"] == "2" and "review" not in event


# ---------------------------------------------------------------- stopped


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_keeps_what_was_added_and_says_what(tmp_path: Path) -> None:
    reports = tmp_path / "many.jsonl"
    row = json.dumps({"text": "The minister opened a school.", "uri": "u"})
    reports.write_text("".join(row.replace('"u"', f'"u/{n}"') + "\n" for n in range(100_000)), encoding="utf-8")
    program = "from dateline.cli import main; main()"
    path = tmp_path / "l.sqlite"
    env = {**os.environ, "DATELINE_READER": "rules"}
    args = [sys.executable, "-c", program, "add", str(reports), "--ledger", str(path)]
    with subprocess.Popen(args, stderr=subprocess.PIPE, env=env) as running:
        _until_something_is_added(path)
        running.send_signal(signal.SIGINT)
        said = (running.stderr.read() if running.stderr else b"").decode()
    assert "Stopped. What was added stays; run the command again for the rest." in said
    with Ledger.open(str(path)) as opened:
        kept = opened.info()["reports"]
    assert kept > 0 and f"{kept} reports added" in said


def _until_something_is_added(path: Path) -> None:
    for _ in range(300):
        time.sleep(0.2)
        if path.exists():
            try:
                with Ledger.open(str(path)) as opened:
                    if opened.revision():
                        return
            except Exception:  # It is being made.
                continue
    pytest.fail("nothing was added")
