"""The client against a real server that stalls, limits, cuts off, lies and fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.cli.progress import progress
from dateline.coders import prompt
from dateline.coders.asking import Settings
from dateline.coders.client import Server, api_key
from dateline.coders.errors import NoServer, NotReached, NotUnderstood, OverBudget
from dateline.coders.kept import Answers, Keeping
from dateline.coders.model import ModelCoder
from dateline.coders.spending import Price, Spending
from dateline.engines import code_with
from dateline.model import Coding
from dateline.readers import report_of
from tests.coders.answering import TEXT, as_text, of_one
from tests.coders.serving import Reply, Served, serving

pytest.importorskip("openai")
GOOD = as_text(of_one(counts=[{"what": "killed", "words": "two policemen", "n": 2}]))
KEY = "sk-very-secret-0123456789"


def _server(served: Served, waited: list[float] | None = None, **options: Any) -> Server:
    pauses = waited if waited is not None else []
    return Server(served.url, Settings("m"), KEY, sleep=pauses.append, **options)


def _coded(server: Server, text: str = TEXT) -> Coding:
    return ModelCoder(settings=server.settings, ask=server)(report_of(text, "t", "2024-03-12"))


def test_an_answer_becomes_a_record_that_names_model_and_prompt() -> None:
    with serving(lambda n, body: Reply(GOOD)) as served:
        coding = _coded(_server(served))
    record = json.loads(coding.to_json())
    assert record["coder"]["model"] == "m" and len(record["coder"]["prompt"]) == 12
    assert coding.accounts[0].counts[0].best == 2
    asked = served.asked[0]
    assert asked["response_format"]["type"] == "json_schema" and asked["temperature"] == 0
    assert served.headers[0]["authorization"] == f"Bearer {KEY}"


def test_a_limit_is_waited_for_as_long_as_the_server_asks() -> None:
    waited: list[float] = []
    replies = [Reply(status=429, headers={"Retry-After": "7"}), Reply(status=503), Reply(GOOD)]
    with serving(lambda n, body: replies[n]) as served:
        assert _coded(_server(served, waited)).accounts
    assert waited[0] == 7 and 1 <= waited[1] <= 3 and len(served.asked) == 3


@pytest.mark.parametrize(
    "bad",
    [
        Reply(status=500),
        Reply(GOOD, stall=0.4),
        Reply(GOOD, cut=40),
        Reply(raw=b"<html>busy</html>", headers={"Content-Type": "text/html"}),
        Reply(raw=b"{}"),
        Reply(content=None),
        Reply(content="  "),
    ],
    ids=["500", "stalls", "hangs up", "a page", "no choices", "refused", "empty"],
)
def test_what_fails_once_is_asked_again(bad: Reply) -> None:
    with serving(lambda n, body: bad if n == 0 else Reply(GOOD)) as served:
        assert _coded(_server(served, timeout=0.2)).accounts
    assert len(served.asked) == 2


def test_what_fails_for_good_rejects_the_report_and_tells_no_key() -> None:
    raw = json.dumps({"error": {"message": f"bad key {KEY}"}}).encode()
    waited: list[float] = []
    with serving(lambda n, body: Reply(status=500, raw=raw)) as served, pytest.raises(NotReached) as failed:
        _coded(_server(served, waited, tries=4))
    assert len(waited) == 3 and waited[0] < waited[1] < waited[2] and "in 4 tries" in failed.value.what
    assert KEY not in str(failed.value)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_is_refused_to_all_stops_the_run_at_once(status: int) -> None:
    raw = json.dumps({"error": {"message": f"no such key: {KEY}"}}).encode()
    with serving(lambda n, body: Reply(status=status, raw=raw)) as served, pytest.raises(NoServer) as failed:
        _coded(_server(served))
    assert len(served.asked) == 1 and KEY not in str(failed.value) and KEY not in repr(_server(served))


def test_a_server_without_schemas_is_asked_without() -> None:
    def reply(number: int, body: dict[str, Any]) -> Reply:
        return Reply(status=400) if "response_format" in body else Reply(GOOD)

    with serving(reply) as served:
        server = _server(served)
        assert _coded(server).accounts and _coded(server, TEXT + " More.").accounts
    forms = [(body.get("response_format") or {}).get("type") for body in served.asked]
    assert forms == ["json_schema", "json_object", None, None]


def test_a_model_that_takes_no_temperature_is_asked_without() -> None:
    with serving(lambda n, body: Reply(status=400) if "temperature" in body else Reply(GOOD)) as served:
        server = _server(served)
        assert _coded(server).accounts and _coded(server, TEXT + " More.").accounts
    assert [("temperature" in body) for body in served.asked] == [True, True, True, False, False]
    assert served.asked[-1]["response_format"]["type"] == "json_schema"


def test_a_run_ends_where_the_server_answers_nothing_but_not_after_it_has_answered() -> None:
    reports = [report_of(f"{TEXT} {n}.", f"t{n}", "2024-03-12") for n in range(9)]
    with serving(lambda n, body: Reply(status=503)) as served:
        server = _server(served, tries=2, patience=3)
        with pytest.raises(NoServer, match=r"\(3 reports, 2 tries each\): it answers 503"):
            list(code_with(ModelCoder(settings=server.settings, ask=server), reports))
        assert len(served.asked) == 6
    with serving(lambda n, body: Reply(status=503) if n else Reply(GOOD)) as served:
        server = _server(served, tries=2, patience=3)
        found = list(code_with(ModelCoder(settings=server.settings, ask=server), reports))
    assert [isinstance(one, NotReached) for one in found] == [False] + [True] * 8


def test_a_server_that_lies_about_its_schemas_is_mended_or_asked_again() -> None:
    replies = [Reply("I am sorry, I cannot."), Reply(f"Sure!\n```json\n{GOOD}\n```")]
    with serving(lambda n, body: replies[n]) as served:
        coding = _coded(_server(served))
    assert coding.accounts and "was no JSON and was mended" in coding.warnings[0]


def test_prose_twice_rejects_the_report_and_is_not_kept(tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl"
    with serving(lambda n, body: Reply("I cannot.")) as served, pytest.raises(NotUnderstood):
        _coded(_server(served, keeping=Keeping(kept)))
    assert len(served.asked) == 2 and not kept.exists()


def test_an_answer_that_was_cut_off_is_read_and_told_of() -> None:
    with serving(lambda n, body: Reply(GOOD[:-4], finish="length")) as served:
        coding = _coded(_server(served))
    assert coding.accounts and "was cut off" in coding.warnings[0]


def test_several_are_asked_at_once_and_no_more() -> None:
    reports = [report_of(f"{TEXT} Number {n}.", f"r{n}", "2024-03-12") for n in range(12)]
    with serving(lambda n, body: Reply(GOOD, stall=0.05)) as served:
        server = _server(served)
        coded = list(code_with(ModelCoder(settings=server.settings, ask=server), reports, at_once=3))
    assert [c.report.uri for c in coded if isinstance(c, Coding)] == [r.uri for r in reports]
    assert 2 <= served.most_at_once <= 3


def test_who_is_interrupted_asks_only_the_rest(tmp_path: Path) -> None:
    kept = tmp_path / "answers.jsonl.gz"
    reports = [report_of(f"{TEXT} Number {n}.", f"r{n}") for n in range(3)]
    with serving(lambda n, body: Reply(GOOD)) as served:
        for part in (reports[:2], reports):
            server = _server(served, keeping=Keeping(kept))
            answers = Answers.read(kept) if kept.exists() else Answers()
            list(code_with(ModelCoder(answers, server.settings, server), part))
    assert len(served.asked) == 3
    assert KEY.encode() not in kept.read_bytes()
    again = [c.to_json() for c in code_with(ModelCoder(Answers.read(kept), Settings("m")), reports)]  # type: ignore[union-attr]
    assert len(again) == 3


def test_a_budget_is_kept() -> None:
    reports = [report_of(f"{TEXT} Number {n}.", f"r{n}") for n in range(3)]
    with serving(lambda n, body: Reply(GOOD)) as served:
        spending = Spending(Price(input=1_000_000, output=0), budget=4_200)
        server = _server(served, spending=spending)
        coded = list(code_with(ModelCoder(settings=server.settings, ask=server), reports))
    assert isinstance(coded[0], Coding) and isinstance(coded[-1], OverBudget)
    assert spending.summary().endswith(f"{spending.spent:.4f} spent.") and spending.questions == len(served.asked)


def test_the_command_asks_keeps_and_replays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, kept = tmp_path / "r.txt", tmp_path / "a.jsonl"
    report.write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DATELINE_API_KEY", KEY)
    online = ["code", str(report), "--coder", "model", "--model", "m", "--answers", str(kept)]
    with serving(lambda n, body: Reply(GOOD)) as served:
        first = CliRunner().invoke(cli, [*online, "--base-url", served.url])
        again = CliRunner().invoke(cli, [*online, "--base-url", served.url])
    offline = CliRunner().invoke(cli, [*online, "--offline"])
    assert first.exit_code == again.exit_code == offline.exit_code == 0, first.output
    assert first.stdout == again.stdout == offline.stdout and len(served.asked) == 1
    assert "1 questions asked: 100 tokens sent, 10 received." in first.stderr
    assert KEY not in first.output + kept.read_text(encoding="utf-8")


def test_a_manifest_says_what_was_asked_and_what_it_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, prices, manifest = tmp_path / "r.txt", tmp_path / "prices.yaml", tmp_path / "run.json"
    report.write_text(TEXT, encoding="utf-8")
    prices.write_text("m: {input: 2.0, output: 8.0}\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_API_KEY", KEY)
    asked = ["code", str(report), "--coder", "model", "--model", "m", "--answers", str(tmp_path / "a.jsonl.gz")]
    asked += ["--prices", str(prices), "--manifest", str(manifest)]
    with serving(lambda n, body: Reply(GOOD)) as served:
        address = served.url.replace("//", "//me:secret@")
        first = CliRunner().invoke(cli, [*asked, "--base-url", address])
        told = json.loads(manifest.read_text(encoding="utf-8"))
        again = CliRunner().invoke(cli, [*asked, "--base-url", address])
    assert first.exit_code == again.exit_code == 0 and first.stdout == again.stdout
    assert (told["coder"], told["model"], told["prompt"], told["reports"]) == ("model", "m", prompt.version(), 1)
    assert told["questions"] == 1 and told["tokens"] == {"sent": 100, "received": 10} and told["cost"] == 0.00028
    assert told["server"] == served.url and "secret" not in str(told) and KEY not in str(told)
    replayed = json.loads(manifest.read_text(encoding="utf-8"))
    assert replayed["questions"] == 0 and replayed["cost"] == 0


def test_what_was_used_is_told_while_it_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spending = Spending(Price(input=1_000_000, output=0), budget=500)
    spending.count(120, 30)
    clock = iter((0.0, 10.0, 31.0, 31.0, 40.0))
    monkeypatch.setattr("dateline.cli.progress.time.monotonic", lambda: next(clock))
    with progress("coding", quiet=False, using=spending.so_far) as advance:
        for _ in range(3):
            advance()
    assert capsys.readouterr().err == "1 asked, 150 tokens, 120.0000 spent of 500\n"


def test_a_dry_run_asks_nobody_and_says_what_it_would_cost(tmp_path: Path) -> None:
    report, prices = tmp_path / "r.txt", tmp_path / "prices.yaml"
    report.write_text(TEXT, encoding="utf-8")
    prices.write_text("m: {input: 2.0, output: 8.0}\n", encoding="utf-8")
    done = CliRunner().invoke(
        cli, ["code", str(report), "--coder", "model", "--model", "m", "--dry-run", "--prices", str(prices)]
    )
    assert done.exit_code == 0 and done.stdout == ""
    assert done.stderr.startswith("1 prompts for 1 reports. About 4,")
    cost = float(done.stderr.rpartition(": ")[2].strip().rstrip("."))
    assert 0.008 < cost < 0.015


def test_options_of_a_model_need_the_model(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="--coder model"):
        CliRunner().invoke(cli, ["code", "x", "--offline"], standalone_mode=False, catch_exceptions=False)


def test_openais_key_is_sent_to_no_other_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATELINE_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert api_key(None, "http://127.0.0.1:1/v1") is None and api_key(None, None) == KEY
    (tmp_path / "key").write_text(f"{KEY}-2\n", encoding="utf-8")
    assert api_key(tmp_path / "key", None) == f"{KEY}-2"
    with serving(lambda n, body: Reply(GOOD)) as served:
        _coded(Server(served.url, Settings("m"), api_key(None, served.url)))
    assert KEY not in str(served.headers)


def test_a_key_is_told_to_nobody_though_the_server_is_moved_while_it_answers() -> None:
    def reply(n: int, body: dict[str, Any]) -> Reply:
        server.move_to("http://127.0.0.1:1/v1")
        return Reply(status=401, raw=json.dumps({"error": {"message": f"wrong key: {KEY}"}}).encode())

    with serving(reply) as served:
        server = _server(served)
        with pytest.raises(NoServer) as told:
            _coded(server)
    assert "wrong key" in str(told.value) and KEY not in str(told.value)


def test_a_server_that_sends_us_elsewhere_is_not_followed() -> None:
    with serving(lambda n, body: Reply(GOOD)) as other:
        there = {"Location": f"{other.url}/chat/completions"}
        moved = Reply(status=307, headers=there)
        with serving(lambda n, body: moved) as served, pytest.raises(NoServer, match="307"):
            _coded(_server(served))
    assert other.asked == [] and len(served.asked) == 1
