"""With the learned reader: the same bytes each time, the record's contract, what it adds and what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from dateline.model.errors import NotInstalled
from dateline.reader import NAME, network
from tests.contract import breaches
from tests.test_cli import run

SAMPLES = sorted((Path(dateline.__file__).parent / "samples").glob("*.txt"))
#: No frame has these words for an attack.
UNUSUAL = "Police said on Monday that a gunman had opened up on worshippers in Kobo, killing three."


def test_it_is_asked_for_and_says_so() -> None:
    plain, read = (dateline.code(UNUSUAL, "2024-03-06", reader=reader) for reader in ("rules", "learned"))
    assert plain.reader is None and "reader" not in json.loads(plain.to_json())["coder"]
    assert read.reader == NAME == json.loads(read.to_json())["coder"]["reader"]
    assert dateline.Coding.from_json(read.to_json()) == read


def test_it_finds_what_no_rule_knows_the_words_of() -> None:
    accounts = dateline.code(UNUSUAL, "2024-03-06", reader="learned").accounts
    assert [(a.type, a.counts[0].best) for a in accounts] == [("attack", 3)]


def test_it_leaves_out_what_only_looks_like_a_happening() -> None:
    everyday = "The minister attacked the plan on Monday."
    assert dateline.code(everyday, "2024-03-06", reader="learned").accounts == ()


@pytest.mark.parametrize("place", ["Djibo", "Mogadishu", "northern Iraq", "Kabul"])
def test_a_short_report_keeps_its_day(place: str) -> None:
    text = f"Gunmen killed 20 soldiers in {place} on Sunday, officials said."
    [account] = dateline.code(text, "2026-11-26", reader="learned").accounts
    assert account.when is not None and account.when.start == "2026-11-22"


def test_the_arrests_of_the_lead_are_not_where_earlier_ones_were() -> None:
    accounts = dateline.code(SAMPLES[0].read_text(encoding="utf-8"), reader="learned").accounts
    assert [place.name for place in accounts[0].where] == ["Turkey"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_the_contract_holds_and_the_bytes_are_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, again = (dateline.code(text, uri=path.name, reader="learned").to_json() for _ in range(2))
    assert first == again
    assert breaches(first) == []


def test_without_its_weights_it_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "WEIGHTS", tmp_path)
    with pytest.raises(NotInstalled, match="DL-E010"):
        dateline.code(UNUSUAL, reader="learned")
    assert dateline.code(UNUSUAL).reader is None


def test_the_command_line_asks_for_it(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(UNUSUAL, encoding="utf-8")
    told = run("code", str(report), "--reader", "learned", "--format", "jsonl")
    assert json.loads(told.stdout)["coder"]["reader"] == NAME
