"""The commands of a ledger, as a person would use them."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.cli.corrections import correction
from dateline.ledger import Ledger
from dateline.ledger.errors import BadJudgement
from dateline.model import Coding


@pytest.fixture
def folder(tmp_path: Path, codings: list[Coding], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with reports, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    rows = [
        json.dumps({"uri": c.report.uri, "text": c.report.text, "published": c.report.published and "2024-05-15"})
        for c in codings
    ]
    (tmp_path / "news" / "reports.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def run(*words: str, said: str | None = None, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, words, input=said, catch_exceptions=True)
    assert result.exit_code == status, (words, result.output, result.exception)
    return result


def events(*words: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in run("events", "--format", "jsonl", *words).stdout.splitlines()]


def test_from_reports_to_a_judged_ledger(folder: Path) -> None:
    added = run("add", "news")
    assert "4 reports added" in added.stderr
    assert "4 there already" in run("add", "news").stderr
    assert run("events", "--count").stdout.strip() == str(len(events()))
    [bombing] = events("--type", "bombing", "--place", "Mosul")
    assert bombing["id"] in run("events", "--format", "table").stdout
    shown = run("show", bombing["id"], "--format", "text").stdout
    for words in (
        "killing «12 people»",
        "said Saad Hamdani",
        "are one event because",
        "sources disagree on killed (civilians)",
    ):
        assert words in shown or words == "said Saad Hamdani", shown
    assert json.loads(run("show", bombing["id"]).stdout)["id"] == bombing["id"]
    run("review", "--event", bombing["id"], "--correct", "counts.killed.unknown=14", "--reason", "list", "--by", "ben")
    run("review", "--event", bombing["id"], "--judge", "accept")
    assert events("--reviewed", "accepted")[0]["id"] == bombing["id"]
    assert "corrected by ben" in run("show", bombing["id"], "--format", "text").stdout
    assert "accepted" in run("diff", "2", "3").stdout
    assert "counts" in run("diff", "1", "2", "--format", "text").stdout
    assert len(json.loads(run("show", bombing["id"], "--history").stdout)) == 3
    assert events("--as-of", "1", "--type", "bombing")[0]["review"] == "unreviewed"
    assert json.loads(run("ledger", "info").stdout)["revision"] == 3
    run("review", "--withdraw", "1", "--reason", "wrong list")
    run("ledger", "check", "--deep")


def test_a_reviewer_goes_through_the_queue_and_back(folder: Path) -> None:
    run("add", "news")
    total = len(events())
    done = run("review", "--by", "ann", said="a\nfine\n" * total)
    assert "Nothing is left to review." in done.stderr
    assert len(events("--reviewed", "accepted")) == total
    again = run("review", said="q\n")
    assert "Nothing is left" in again.stderr


def test_undo_skip_help_and_split_in_the_queue(folder: Path) -> None:
    run("add", "news")
    [bombing] = events("--type", "bombing")
    total = len(events())
    assert len(bombing["accounts"]) == 2
    run("review", "--event", bombing["id"], said="?\nn\nx\n1\nnot one\ns\n")
    assert len(events()) == total + 1
    other = next(e["id"] for e in events("--place", "Mosul") if e["id"] != bombing["id"])
    run("review", "--event", bombing["id"], said=f"m\n{other}\none after all\nz\ns\n")
    assert len(events()) == total + 1
    run("review", "--event", bombing["id"], said="c\nwhen=2024-05-13\nletter\nc\nwhen=nonsense\nwhy\nu\n\n")
    assert json.loads(run("show", bombing["id"]).stdout)["when"]["start"] == "2024-05-13"
    assert json.loads(run("show", bombing["id"]).stdout)["review"] == "unsure"
    assert run("review", said="s\n" * 9).stderr.count("--- ") == total + 1


def test_blind_review_hides_what_others_think(folder: Path) -> None:
    run("add", "news")
    [bombing] = events("--type", "bombing")
    assert "% sure" not in run("review", "--event", bombing["id"], "--blind", said="s\n").stdout
    assert "% sure" in run("review", "--event", bombing["id"], said="s\n").stdout


def test_care_for_a_ledger(folder: Path) -> None:
    run("add", "news")
    run("ledger", "backup", "copy.sqlite")
    run("ledger", "export", "--out", "all.jsonl")
    run("ledger", "import", "all.jsonl", "--ledger", "second.sqlite")
    assert run("ledger", "export", "--ledger", "second.sqlite").stdout == Path("all.jsonl").read_text(encoding="utf-8")
    Path("rules.yaml").write_text("counts: max\nkilled: min\n", encoding="utf-8")
    assert json.loads(run("ledger", "rules", "rules.yaml").stdout)["figures"] == {"killed": "min"}
    [bombing] = events("--type", "bombing")
    assert {c["rule"] for c in bombing["counts"] if c["what"] == "killed"} == {"min"}
    Path("weights.yaml").write_text("prior: {any: -30}\n", encoding="utf-8")
    assert 'prior: {"any": -30.00}' in run("ledger", "weights", "weights.yaml").stdout
    assert len(events("--type", "bombing")) == 2
    lines = run("link", "news", "--weights", "weights.yaml", "--format", "jsonl", "-q").stdout.splitlines()
    assert len(lines) == len(events())
    Path("weights.yaml").write_text("", encoding="utf-8")
    run("ledger", "weights", "weights.yaml")
    assert "DL-L015" in str(run("ledger", "refit", status=1).exception)
    run("ledger", "remove", "paper", "--reason", "withdrawn")
    assert len(events("--type", "bombing")[0]["accounts"]) == 1
    run("ledger", "recode", "--every")
    run("ledger", "check", "--deep")
    run("ledger", "restore", "copy.sqlite")
    assert len(events("--type", "bombing")[0]["accounts"]) == 2
    run("ledger", "upgrade")


def test_codings_are_added_as_they_are(folder: Path, codings: list[Coding]) -> None:
    Path("coded.jsonl").write_text("".join(f"{c.to_json()}\n" for c in codings), encoding="utf-8")
    run("add", "--codings", "coded.jsonl", "--ledger", "one.sqlite", "-q")
    run("add", "news", "--ledger", "two.sqlite", "-q")
    assert events("--ledger", "one.sqlite") == events("--ledger", "two.sqlite")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("events",), "DL-L001"),
        (("show", "e-1", "--ledger", "x/y.sqlite"), "DL-L001"),
        (("events", "--since", "May"), "DL-L014"),
        (("events", "--box", "1,2"), "DL-L014"),
        (("add", "--codings", "none.jsonl"), "DL-E001"),
    ],
)
def test_errors_say_what_to_do(folder: Path, words: tuple[str, ...], code: str) -> None:
    result = CliRunner().invoke(cli, words)
    assert code in str(result.exception)


def test_corrections_are_read() -> None:
    assert correction("counts.killed.civilian=12") == ("counts.killed.civilian", 12)
    assert correction("when=") == ("when", None)
    assert correction("method=shooting, arson") == ("method", ["shooting", "arson"])
    assert correction("actors=agent:ISIS; victim: two shoppers") == (
        "actors", [{"role": "agent", "name": "ISIS"}, {"role": "victim", "name": "two shoppers"}],
    )  # fmt: skip
    [place] = correction("where=Mosul")[1]
    assert (place["country"], place["precision"]) == ("IQ", "city")
    for bad in ("nothing", "counts.killed.civilian=many"):
        with pytest.raises(BadJudgement):
            correction(bad)


def test_the_other_stages_of_a_case_are_shown(
    tmp_path: Path, case_reports: list[Coding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger.open("ledger.sqlite", create=True) as ledger:
        ledger.add(case_reports)
    [arrest] = events("--type", "arrest", "--text", "tikrit")
    case = events("--case", arrest["case"], "--order", "oldest")
    assert [event["type"] for event in case] == ["bombing", "arrest", "sentence"]
    lines = run("show", arrest["id"], "--format", "text").stdout.splitlines()
    at = lines.index(f"  case {arrest['case']}, with")
    assert lines[at + 1].split() == ["2024-05-14", "bombing", "in", "Mosul", case[0]["id"]]
    assert lines[at + 2].split()[:2] == ["2025-03-02", "sentence"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_one_key_is_enough_at_a_terminal_and_the_words_stand_in_their_sentence(folder: Path) -> None:
    import pty

    run("add", "news")
    before = len(events("--reviewed", "accepted"))
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    env.pop("NO_COLOR", None)
    args = [sys.executable, "-m", "dateline", "review", "--by", "ann", "--type", "bombing"]
    with subprocess.Popen(args, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True) as running:
        try:
            os.close(theirs)
            shown = _until(ours, "q quit: ")
            # An arrow is no key, though it ends in A; nor is 5.
            _until(ours, "no reason", pressed=b"\x1b[A5a")
            _until(ours, "Nothing is left", pressed=b"\r")
            assert running.wait(timeout=60) == 0
        finally:
            running.kill()
            os.close(ours)
    assert re.search("killing \x1b\\[1m1[24]( people)?", " ".join(shown.split())), shown
    assert all(len(re.sub(r"\x1b\[[0-9]+m", "", line)) <= 80 for line in shown.splitlines() if "  +" not in line)
    assert len(events("--reviewed", "accepted")) == before + 1


def _until(terminal: int, words: str, pressed: bytes = b"") -> str:
    """What a terminal shows until it shows some words, while keys are pressed: those that come before anybody listens
    are lost."""
    shown, end = "", time.monotonic() + 60
    while words not in shown and time.monotonic() < end:
        os.write(terminal, pressed)
        while words not in shown and select.select([terminal], [], [], 2)[0]:
            try:
                shown += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:  # it was closed
                break
    assert words in shown
    return shown
