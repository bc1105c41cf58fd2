"""Reports that disagree on an event of a ledger are read by the cascade's model (`dateline coder settle`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.ledger import Ledger, Query
from dateline.ledger.access import Access
from dateline.ledger.disagreeing import to_ask
from tests.coders.serving import Reply, Served, serving

ONE = (
    "KARO, Nigeria, May 21, 2024 - A suicide bomber killed 12 people and wounded 30 at a market in Maiduguri, Nigeria, "
    "on Monday, police said."
)
TWO = (
    "A suicide bomber killed at least 19 people and wounded 30 in a crowded market in the Nigerian city of Maiduguri "
    "on Monday, hospital workers told reporters."
)
OTHER = (
    "Turkish police detained 48 people suspected of links to Islamic State in Istanbul on Monday, the minister said."
)


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_API_KEY", "sk-none")


def _reports(folder: Path, **texts: str) -> str:
    path = folder / "reports.jsonl"
    rows = [{"uri": uri, "published": "2024-05-21", "text": text} for uri, text in texts.items()]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def _run(*words: str | Path) -> Result:
    done = CliRunner().invoke(cli, [str(w) for w in words])
    assert done.exit_code == 0, done.output
    return done


def _answer(_: int, body: dict[str, Any]) -> Reply:
    """A model that reads the highest of the figures, and nothing else."""
    asked = body["messages"][-1]["content"]
    killed = "12 people" if "12 people" in asked else "at least 19 people"
    account = {
        "id": "a1", "type": "bombing", "method": ["suicide"], "sentences": [1, 2], "trigger": "killed",
        "when": {"words": "on Monday", "start": "2024-05-20"},
        "where": [{"words": "Maiduguri", "country": "NG", "precision": "city"}],
        "counts": [{"what": "killed", "party": "civilian", "words": killed}],
    }  # fmt: skip
    return Reply(json.dumps({"accounts": [account]}))


def _coders(ledger: Path) -> dict[str, list[str]]:
    """Report -> who has read it, the coder in force first."""
    with Ledger.open(str(ledger)) as opened:
        keys = {account.report for event in opened.events(Query()).events for account in event.accounts}
        return {opened.coded(key)[0].report.uri: [one["coder"] for one in opened.readings(key)] for key in keys}


def _settle(served: Served, ledger: Path, answers: Path, *more: str) -> Result:
    model = ("--model", "m", "--base-url", served.url, "--answers", answers)
    return _run("coder", "settle", "--ledger", ledger, *model, *more)


def test_only_the_reports_that_disagree_are_asked_about_and_both_codings_are_kept(tmp_path: Path) -> None:
    ledger, answers = tmp_path / "l.sqlite", tmp_path / "a.jsonl"
    _run("add", _reports(tmp_path, one=ONE, two=TWO, other=OTHER), "--ledger", ledger)
    with serving(_answer) as served:
        done = _settle(served, ledger, answers, "--share", "1")
        assert "2 read by the model" in done.output and len(served.asked) == 2
        again = _settle(served, ledger, answers, "--share", "1")
        assert again.output == "" and len(served.asked) == 2
    read = _coders(ledger)
    assert read == {"one": ["cascade: m", "rules"], "two": ["cascade: m", "rules"], "other": ["rules"]}


def test_the_recorded_answers_give_the_same_ledger_without_a_model(tmp_path: Path) -> None:
    answers, found = tmp_path / "a.jsonl", []
    reports = _reports(tmp_path, one=ONE, two=TWO, other=OTHER)
    with serving(_answer) as served:
        _run("add", reports, "--ledger", tmp_path / "online.sqlite")
        _settle(served, tmp_path / "online.sqlite", answers, "--share", "1")
    _run("add", reports, "--ledger", tmp_path / "offline.sqlite")
    settle = ("coder", "settle", "--ledger", tmp_path / "offline.sqlite", "--share", "1", "--model", "m")
    _run(*settle, "--answers", answers, "--offline")
    for name in ("online", "offline"):
        with Ledger.open(str(tmp_path / f"{name}.sqlite")) as opened:
            found.append([event.to_json() for event in opened.events(Query()).events])
    assert found[0] == found[1] and len(found[0]) == 2


def test_prompts_can_be_written_and_answered_elsewhere(tmp_path: Path) -> None:
    ledger, prompts, answers = (tmp_path / name for name in ("l.sqlite", "p.jsonl", "a.jsonl"))
    _run("add", _reports(tmp_path, one=ONE, two=TWO, other=OTHER), "--ledger", ledger)
    settle = ("coder", "settle", "--ledger", ledger, "--share", "1")
    _run(*settle, "--out", prompts)
    rows = [json.loads(line) for line in prompts.read_text(encoding="utf-8").splitlines()]
    assert {row["uri"] for row in rows} == {"one", "two"}
    given = _answer(0, {"messages": [{"content": rows[0]["user"]}]}).content
    answers.write_text(json.dumps({"key": rows[0]["key"], "answer": given}), encoding="utf-8")
    done = _run(*settle, "--answers", answers, "--offline")
    assert "1 read by the model, 1 without an answer" in done.output
    assert sorted(map(len, _coders(ledger).values())) == [1, 1, 2]
    # The prompt about a report in a ledger is the one about the report in its file.
    _run("coder", "ask", tmp_path / "reports.jsonl", "--out", tmp_path / "all.jsonl")
    keys = {json.loads(line)["key"] for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()}
    assert {row["key"] for row in rows} < keys


def test_a_cascade_asks_about_disagreements_when_it_adds_and_does_not_undo_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.coders.cascade.gain", lambda rules: 0.0)  # Each report alone is sure enough.
    ledger, answers = tmp_path / "l.sqlite", tmp_path / "a.jsonl"
    reports = _reports(tmp_path, one=ONE, two=TWO, **{f"other{n}": f"{OTHER} Report {n}." for n in range(10)})
    with serving(_answer) as served:
        model = ("--coder", "cascade", "--model", "m", "--base-url", served.url, "--answers", answers)
        done = _run("add", reports, "--ledger", ledger, *model, "--share", "0.2")
        assert "Reports that disagree with others on an event: 2 read by the model" in done.output
        before = _coders(ledger)
        again = _run("add", reports, "--ledger", ledger, *model, "--share", "0.2")
        assert "12 there already" in again.output and _coders(ledger) == before and len(served.asked) == 2
    assert before["one"] == ["cascade: m", "cascade"] and before["other1"] == ["cascade"]


def test_no_more_is_asked_than_the_share_allows(tmp_path: Path) -> None:
    ledger = tmp_path / "l.sqlite"
    _run("add", _reports(tmp_path, one=ONE, two=TWO, other=OTHER), "--ledger", ledger)
    with Ledger.open(str(ledger)) as opened:
        found = {share: to_ask(opened.store, share, "accounts", 6_000) for share in (0.1, 0.34, 0.67)}
        by_questions = to_ask(opened.store, 0.34, "questions", 6_000)
    assert [(len(one.reports), one.left) for one in found.values()] == [(0, 2), (1, 1), (2, 0)]
    assert (len(by_questions.reports), by_questions.events) == (1, 1)


def test_restricted_reports_are_not_sent_and_events_that_a_person_settled_not_asked_about(tmp_path: Path) -> None:
    ledger = tmp_path / "l.sqlite"
    _run("add", _reports(tmp_path, one=ONE, two=TWO), "--ledger", ledger)
    with Ledger.open(str(ledger), by="ada") as opened:
        opened.set_access("one", Access("team"))
        found = to_ask(opened.store, 1.0, "accounts", 6_000)
        assert ([r.uri for r in found.reports], found.withheld) == (["two"], 1)
        [event] = opened.events(Query()).events
        opened.judge("accept", event.id, "read it")
        assert to_ask(opened.store, 1.0, "accounts", 6_000).reports == ()


def test_a_failed_question_leaves_the_coding_that_is_there_and_says_so(tmp_path: Path) -> None:
    ledger, answers = tmp_path / "l.sqlite", tmp_path / "a.jsonl"
    _run("add", _reports(tmp_path, one=ONE, two=TWO), "--ledger", ledger)
    with serving(lambda number, body: Reply("nothing like JSON")) as served:
        model = ("--model", "m", "--base-url", served.url, "--answers", answers, "--share", "1")
        done = CliRunner().invoke(cli, ["coder", "settle", "--ledger", str(ledger), *map(str, model)])
    assert done.exit_code == 3 and "2 failed" in done.output and "DL-M004" in done.output
    assert _coders(ledger) == {"one": ["rules"], "two": ["rules"]}


def test_a_budget_that_is_spent_leaves_the_rest_for_another_time(tmp_path: Path) -> None:
    ledger, answers = tmp_path / "l.sqlite", tmp_path / "a.jsonl"
    _run("add", _reports(tmp_path, one=ONE, two=TWO), "--ledger", ledger)
    with serving(_answer) as served:
        done = _settle(served, ledger, answers, "--share", "1", "--budget", "4300", "--at-once", "1")
        assert "1 read by the model, 1 without an answer" in done.output and len(served.asked) == 1
        _settle(served, ledger, answers, "--share", "1")
    assert sorted(_coders(ledger).values()) == [["cascade: m", "rules"], ["cascade: m", "rules"]]


def test_one_report_that_says_it_was_foiled_disagrees_with_one_that_says_it_took_place(tmp_path: Path) -> None:
    from dateline.ledger.disagreeing import _status_differs

    assert _status_differs({"occurred", "foiled"}) and not _status_differs({"occurred", "ongoing"})
    assert not _status_differs({"planned", "occurred"})
