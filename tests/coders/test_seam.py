"""The seam: coders by their names, those of other packages, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.coders import RulesCoder, coder, coder_names, seam
from dateline.coders.asking import Question, Settings
from dateline.coders.errors import BadAnswers, NoSuchCoder, NotAnswered
from dateline.coders.kept import Answers, Kept
from dateline.coders.model import ModelCoder
from dateline.model import Coding, Report
from dateline.readers import report_of
from tests.coders.answering import TEXT, as_text, of_one


class _Entry:
    name = "coin"

    def load(self) -> Any:
        return lambda **options: lambda report: Coding(report, warnings=("tossed a coin",))


def test_coders_of_other_packages_are_had_by_their_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(seam, "entry_points", lambda group: [_Entry()] if group == "dateline.coders" else [])
    assert coder_names() == ("rules", "model", "cascade", "coin")
    assert coder("coin")(Report("1", "u", "text")).warnings == ("tossed a coin",)
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(cli, ["code", str(tmp_path / "r.txt"), "--coder", "coin", "--format", "jsonl"])
    assert "tossed a coin" in done.stdout


def test_a_coder_that_there_is_none_of() -> None:
    assert isinstance(coder("rules"), RulesCoder)
    with pytest.raises(NoSuchCoder, match="only rules, model, cascade"):
        coder("tarot")


def test_prompts_are_written_answered_and_replayed(tmp_path: Path) -> None:
    report, prompts, answers = (tmp_path / name for name in ("r.txt", "p.jsonl", "a.jsonl"))
    report.write_text(TEXT, encoding="utf-8")
    assert CliRunner().invoke(cli, ["coder", "ask", str(report), "--out", str(prompts)]).exit_code == 0
    import json

    row = json.loads(prompts.read_text(encoding="utf-8"))
    assert row["system"].startswith("You code news reports") and "[2] Gunmen killed" in row["user"]
    answers.write_text(json.dumps({"key": row["key"], "answer": of_one()}) + "\n", encoding="utf-8")
    code = ["code", str(report), "--coder", "model", "--answers", str(answers), "--offline", "--format", "jsonl"]
    one, two = (CliRunner().invoke(cli, code) for _ in range(2))
    assert one.exit_code == 0 and one.stdout == two.stdout and '"type":"attack"' in one.stdout
    assert CliRunner().invoke(cli, [*code, "--model", "other"]).exit_code == 3
    assert CliRunner().invoke(cli, [*code, "--model", "other", "--any-prompt"]).exit_code == 0
    done = CliRunner().invoke(cli, ["coder", "ask", str(report), "--answers", str(answers)])
    assert done.stdout == "" and done.stderr.startswith("0 prompts for 1 reports")


def test_a_batch_apis_lines_are_read(tmp_path: Path) -> None:
    seen: list[Question] = []
    report = report_of(TEXT, "t", "2024-03-12")
    with pytest.raises(NotAnswered):
        ModelCoder()(report)
    ModelCoder(ask=lambda q: seen.append(q) or Kept(q.key, of_one()))(report)  # type: ignore[func-returns-value]
    body = {"choices": [{"message": {"content": as_text(of_one())}}]}
    path = tmp_path / "batch.jsonl"
    path.write_text(as_text({"custom_id": seen[0].key, "response": {"body": body}}) + "\n", encoding="utf-8")
    assert ModelCoder(Answers.read(path), Settings())(report).accounts[0].type == "attack"


@pytest.mark.parametrize("line", ["no json", "3", '{"key": 3, "answer": {}}', '{"key": "k"}', "[" * 100_000])
def test_a_broken_file_of_answers_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"key": "k.1.x", "answer": {}}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(BadAnswers) as failed:
        Answers.read(path)
    assert str(failed.value.where).endswith(":2")


def test_a_last_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"key": "k.1.x", "answer": {}}\n{"key": "k.1', encoding="utf-8")
    assert list(Answers.read(path).by_key) == ["k.1.x"]
