"""Two coders compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.coders.comparing import Agreement, compare
from dateline.model import Coding
from tests.coders.answering import coded, of_one


def _both(one: Any, other: Any) -> tuple[dict[str, Coding], dict[str, Coding]]:
    a, b = coded(one), coded(other)
    return {a.report.id: a}, {b.report.id: b}


def _dead(number: int, words: str) -> Any:
    return of_one(counts=[{"what": "killed", "words": words, "n": number}])


def test_a_coder_agrees_with_itself() -> None:
    found = compare(*_both(_dead(2, "two policemen"), _dead(2, "two policemen")))
    assert (found.both, found.only_one, found.only_other, found.accounts) == (1, 0, 0, 1.0)
    assert all(one.share == 1.0 for one in found.fields.values()) and found.disagreements == []


def test_what_differs_is_told_with_the_words() -> None:
    one, other = _both(_dead(2, "two policemen"), _dead(15, "the dead at 15"))
    found = compare(one, other)
    assert [(d.field, d.one, d.other) for d in found.disagreements] == [("counts", "killed 2 2 2", "killed 15 15 15")]
    assert found.disagreements[0].words.startswith("Gunmen killed at least 12 villagers")


def test_accounts_of_one_coder_alone_are_counted() -> None:
    arrest = {"id": "a2", "type": "arrest", "sentences": [3], "trigger": "arrested"}
    found = compare(*_both({"accounts": [*of_one()["accounts"], arrest]}, {"accounts": [arrest]}))
    assert (found.both, found.only_one, found.only_other) == (1, 1, 0)


def test_kappa_takes_chance_away() -> None:
    # A textbook case: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.70 agree, 0.50 by chance.
    told = Agreement()
    told.pairs.update({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    assert told.share == 0.7 and told.kappa == pytest.approx(0.4)
    assert Agreement().kappa is None


def test_the_command(tmp_path: Path) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for path, answer in zip(paths, (_dead(2, "two policemen"), _dead(15, "the dead at 15")), strict=True):
        path.write_text(coded(answer).to_json() + "\n", encoding="utf-8")
    table = CliRunner().invoke(cli, ["compare-coders", *map(str, paths)])
    assert table.exit_code == 0 and "1 reports that both have; 1 accounts of both" in table.stdout
    lines = CliRunner().invoke(cli, ["compare-coders", *map(str, paths), "--disagreements"]).stdout.splitlines()
    assert json.loads(lines[0])["field"] == "counts"
