"""The commands that show and choose between coders."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.ledger.errors import NoReading
from tests.ledger.test_coders import MODEL, RULES


def _run(*words: str, said: str = "") -> Result:
    result = CliRunner().invoke(cli, words, input=said, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def address(tmp_path: Path) -> str:
    found = str(tmp_path / "l.sqlite")
    with Ledger.open(found, create=True, by="ann") as ledger:
        ledger.add([RULES])
    return found


def _both(address: str, tmp_path: Path) -> Result:
    """The rules are chosen, and a model's codings come."""
    assert _run("ledger", "coder", "rules", "--ledger", address).stdout == "rules\n"
    file = tmp_path / "model.jsonl"
    file.write_text(MODEL.to_json() + "\n", encoding="utf-8")
    return _run("add", "--codings", str(file), "--ledger", address)


def test_the_chosen_coder_is_shown_and_set(address: str, tmp_path: Path) -> None:
    assert _run("ledger", "coder", "--ledger", address).stdout == "last\n"
    assert "1 kept beside what the chosen coder read" in _both(address, tmp_path).stderr
    refused = CliRunner().invoke(cli, ["ledger", "coder", "nobody", "--ledger", address])
    assert isinstance(refused.exception, NoReading)
    assert "revision 4" in _run("ledger", "coder", "model: m", "--ledger", address).stderr


def test_differences_are_shown_with_the_event_and_reviewed_one_by_one(address: str, tmp_path: Path) -> None:
    _both(address, tmp_path)
    with Ledger.open(address) as ledger:
        total = ledger.waiting()[0]
        event = next(e.id for e in ledger.all_events() if e.type == "killing")
    shown = _run("show", event, "--ledger", address, "--format", "text").stdout
    assert "coders differ:" in shown and "2  model: m: attack" in shown
    result = _run("review", "--coders", "--ledger", address, said="2\nz\n1\nq\n")
    assert f"Coders differ in {total} places." in result.stderr
    assert "is taken back" in result.stderr
    with Ledger.open(address) as ledger:
        assert ledger.waiting()[0] == total - 1


def test_in_the_queue_a_key_goes_over_what_coders_read_otherwise(address: str, tmp_path: Path) -> None:
    _both(address, tmp_path)
    with Ledger.open(address) as ledger:
        event = next(e.id for e in ledger.all_events() if e.type == "killing")
        of_event = sum(len(w.differences) for w in ledger.differences(event))
    result = _run("review", "--event", event, "--ledger", address, said="k\n" + "1\n" * of_event + "q\n")
    assert "Nothing is left to choose." in result.stderr
    with Ledger.open(address) as ledger:
        assert ledger.differences(event) == []
