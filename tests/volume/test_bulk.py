"""`dateline add --coded`: what code wrote, in any form, gives the ledger that the reports themselves give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.world import World
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.ledger import Ledger, Query
from dateline.model import Coding
from tests.volume.texts import write_lines


def _run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def _events(ledger: Path) -> list[str]:
    with Ledger.open(str(ledger)) as opened:
        return sorted(repr(event) for event in opened.events(Query(), limit=10_000).events)


@pytest.fixture
def reports(tmp_path: Path) -> str:
    return str(write_lines(tmp_path / "a.jsonl", 50))


def test_all_forms_give_the_same_ledger(tmp_path: Path, reports: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_READER", "rules")
    _run("add", reports, "--ledger", str(tmp_path / "plain.sqlite"), "-q")
    _run("code", reports, "--format", "jsonl", "--out", str(tmp_path / "c.jsonl"))
    _run("code", reports, "--format", "jsonl", "--out", f"{tmp_path}/lines/", "--part-reports", "20")
    _run("code", reports, "--out", f"{tmp_path}/table/", "--part-reports", "20")
    expected = _events(tmp_path / "plain.sqlite")
    assert len(expected) > 5
    for name, status in (("c.jsonl", 0), ("lines", 0), ("table", 3)):
        ledger = tmp_path / f"{name}.sqlite"
        done = _run("add", "--coded", str(tmp_path / name), "--ledger", str(ledger))
        assert done.exit_code == status, done.output
        assert _events(ledger) == expected
        assert "0 reports added" in _run("add", "--coded", str(tmp_path / name), "--ledger", str(ledger)).output


def test_what_is_no_coding_is_named_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "Police arrested two men."}\n')
    done = _run("add", "--coded", str(tmp_path / "bad.jsonl"), "--ledger", str(tmp_path / "l.sqlite"))
    assert done.exit_code == 1 and "bad.jsonl:1" in str(done.exception) and "DL-E005" in str(done.exception)
    (tmp_path / "empty").mkdir()
    assert "DL-E002" in str(_run("add", "--coded", str(tmp_path / "empty"), "--ledger", str(tmp_path / "l")).exception)


def test_in_bulk_the_events_are_those_of_small_batches_and_of_adding_on(tmp_path: Path) -> None:
    codings: list[Coding] = list(World().codings(300))
    with Ledger.open(str(tmp_path / "small.sqlite"), create=True) as ledger:
        ledger.add(codings)
    with Ledger.open(str(tmp_path / "bulk.sqlite"), create=True) as ledger:
        ledger.add(codings[:60], bulk=True)
        ledger.add(codings[60:])
    assert _events(tmp_path / "small.sqlite") == _events(tmp_path / "bulk.sqlite")


def test_packed_reports_are_coded_as_the_files_are(tmp_path: Path, reports: str) -> None:
    packed = _run("pack", reports, "--out", str(tmp_path / "packed.parquet"))
    assert packed.exit_code == 3 and "40 reports are in" in packed.output
    coded = []
    for name in (reports, str(tmp_path / "packed.parquet")):
        _run("code", name, "--reader", "rules", "--format", "jsonl", "--out", f"{name}.coded")
        lines = map(json.loads, Path(f"{name}.coded").read_text("utf-8").splitlines())
        # Only where it stands in its file differs.
        coded.append([{**one, "report": {**one["report"], "origins": None}} for one in lines])
    assert coded[0] == coded[1] != []
