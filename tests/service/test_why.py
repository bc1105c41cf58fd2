"""Why a report's words were coded as they were: what is told of a sentence, of which version, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.coding import code_report
from dateline.ledger import Ledger
from dateline.readers import report_of
from dateline.service import reasons
from dateline.service.people import People
from dateline.service.shapes.why import Reread
from dateline.version import CODER, VERSION
from tests.ledger.conftest import coded
from tests.service.conftest import PASSWORD, log_in

API = "/api/v1"
_TEXT = (
    "KABUL, 3 May 2024 - Police arrested two men on Thursday over a market bombing. 😀 The harvest was good.\n\n"
    "Farmers sold wheat in the morning. The price of bread fell. Rain is due.\n\nSchools open on Monday."
)


@pytest.fixture
def kabul(address: str) -> None:
    """The ledger has a report of which one sentence tells of something."""
    with Ledger.open(address, by="ann") as ledger:
        ledger.add([coded("desk/kabul", _TEXT)])


def _key(client: TestClient) -> str:
    event, *_ = client.get(f"{API}/events?text=police+thursday").json()["events"]
    return str(event["accounts"][0]["report"])


def _why(client: TestClient, words: str) -> dict[str, Any]:
    start = _TEXT.index(words)
    answer = client.get(f"{API}/reports/{_key(client)}/why", params={"start": start, "end": start + len(words)})
    assert answer.status_code == 200, answer.text
    Reread.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


def test_a_sentence_that_tells_of_something(client: TestClient, kabul: None) -> None:
    told = _why(client, "two men")
    (sentence,) = told["sentences"]
    assert sentence["read"] and sentence["accounts"] == ["a1", "a2"]
    assert any("arrested" in line for line in sentence["tree"])
    (frame,) = [s for s in sentence["steps"] if s["rule"] == "what.frame.arrest.arrest"]
    assert frame["words"] == "arrested" and frame["outcome"] == "told" and not frame["refused"]
    for step in (*sentence["gate"], *sentence["steps"]):
        assert _TEXT[step["start"] : step["end"]] == step["words"]
    says = [s for s in sentence["steps"] if s["rule"].startswith("says.")]
    assert says and all(s["does"] for s in says)
    account, other = told["accounts"]
    assert {account["type"], other["type"]} == {"bombing", "arrest"}
    assert {"what", "why", "when", "who"} <= {v["field"] for v in account["values"]}


def test_a_sentence_that_tells_of_nothing(client: TestClient, kabul: None) -> None:
    told = _why(client, "price of bread")
    (sentence,) = told["sentences"]
    assert sentence["text"] == "The price of bread fell." and sentence["accounts"] == [] and told["accounts"] == []
    assert any(step["refused"] for step in sentence["gate"])
    assert sentence["tree"]
    # A span over two sentences tells of both; the spans of all lead to the next one.
    both = _why(client, "fell. Rain")
    assert [one["number"] for one in both["sentences"]] == [sentence["number"], sentence["number"] + 1]
    assert [sentence["start"], sentence["end"]] in both["spans"] and len(both["spans"]) > 5


def test_the_answer_says_of_which_version_it_is(client: TestClient, address: str, kabul: None) -> None:
    told = _why(client, "two men")
    assert told["coder"] == told["ledger_coder"] == {"name": CODER, "version": VERSION}
    assert told["same"] is True


def test_another_coding_in_the_ledger_is_told(client: TestClient, address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("dateline.ledger.batching.VERSION", "0.0.1")
    other = code_report(report_of(_TEXT.replace("arrested", "wounded"), "desk/kabul", "2024-05-15"))
    own = coded("desk/kabul", _TEXT)
    with Ledger.open(address, by="ann") as ledger:
        ledger.add([type(own)(own.report, other.accounts)])
    start = _TEXT.index("two men")
    key = _key(client)
    told = client.get(f"{API}/reports/{key}/why", params={"start": start, "end": start + 3}).json()
    assert told["ledger_coder"]["version"] == "0.0.1" != told["coder"]["version"]
    assert told["same"] is False


@pytest.mark.parametrize(
    ("span", "status", "code"),
    [
        ({"start": 5, "end": 5}, 422, "DL-S010"),
        ({"start": -1, "end": 5}, 422, "DL-S010"),
        ({"start": 1}, 422, "DL-S010"),
        ({"start": 90_000, "end": 90_001}, 404, "DL-E011"),
    ],
)
def test_spans_that_are_none(client: TestClient, kabul: None, span: dict[str, int], status: int, code: str) -> None:
    answer = client.get(f"{API}/reports/{_key(client)}/why", params=span)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_reports_that_are_not_there_or_too_long(client: TestClient, kabul: None, monkeypatch: Any) -> None:
    span = {"start": 0, "end": 5}
    gone = client.get(f"{API}/reports/none/why", params=span)
    assert (gone.status_code, gone.json()["code"]) == (404, "DL-L013")
    key = _key(client)
    monkeypatch.setattr(reasons, "LONGEST", 100)
    long = client.get(f"{API}/reports/{key}/why", params=span)
    assert (long.status_code, long.json()["code"]) == (422, "DL-R004")
    assert "dateline why" in long.json()["remedy"]


def test_one_report_is_coded_at_a_time_and_once(client: TestClient, kabul: None, monkeypatch: Any) -> None:
    asked: list[str] = []
    why = reasons.why
    monkeypatch.setattr(reasons, "why", lambda report, reader: (asked.append(report.id), why(report, reader=reader))[1])
    _why(client, "two men")
    _why(client, "Farmers")
    assert len(asked) == 1
    key = _key(client)
    monkeypatch.setattr(reasons, "_PATIENCE", 0.01)
    service = client.app.state.service  # type: ignore[attr-defined]
    with service.recoder._lock:
        busy = client.get(f"{API}/reports/{key}/why", params={"start": 0, "end": 3})
    assert (busy.status_code, busy.json()["code"]) == (503, "DL-S013")


def test_a_report_in_another_language_has_a_warning_and_no_sentences(client: TestClient, address: str) -> None:
    text = (
        "La policía detuvo el lunes a dos hombres que habían atacado un mercado en el centro de Madrid. Los vecinos "
        "dijeron que no habían oído nada durante aquella noche, y el alcalde pidió calma a toda la ciudad."
    )
    coding = coded("desk-es", text)
    with Ledger.open(address, by="ann") as ledger:
        ledger.add([coding])
    answer = client.get(f"{API}/reports/desk-es/why?start=0&end=9")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["warnings"] == list(coding.warnings) != [] and told["sentences"] == told["spans"] == []


def test_whoever_may_look_may_ask_and_nobody_else(
    serving: Callable[..., TestClient], address: str, kabul: None
) -> None:
    key = _key(serving())
    with Ledger.open(address, by="ann") as ledger:
        People(ledger).add("rea", "reader", PASSWORD)
    client = serving()
    path = f"{API}/reports/{key}/why?start=0&end=9"
    assert client.get(path).json()["code"] == "DL-S001"
    log_in(client, "rea")
    assert client.get(path).status_code == 200
