"""What coders read otherwise, through the API."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.coders.asking import Question, Settings
from dateline.coders.client import Server
from dateline.coders.errors import NoServer
from dateline.coders.kept import Kept
from dateline.coders.model import ModelCoder
from dateline.ledger import Ledger
from dateline.ledger.access import Access
from dateline.linking.facts import report_key
from dateline.service.errors import BadAddress
from dateline.service.offering import Offered
from tests.ledger.test_coders import MODEL, RULES, TEXT, _account
from tests.service.conftest import log_in

API = "/api/v1"


@pytest.fixture
def client(serving: Callable[..., TestClient], tmp_path: Path) -> TestClient:
    found = str(tmp_path / "coders.sqlite")
    with Ledger.open(found, create=True, by="ann") as ledger:
        ledger.add([RULES])
        ledger.set_coder("rules")
        ledger.add([MODEL])
    return serving(found)


def test_differences_readings_and_a_choice(client: TestClient) -> None:
    found = client.get(f"{API}/differences").json()
    assert found["coder"] == "rules"
    assert found["total"] == sum(len(r["differences"]) for r in found["reports"])
    report, one = next((r, d) for r in found["reports"] for d in r["differences"] if d["field"] == "type")
    assert [s["coder"] for s in one["said"]] == ["rules", "model: m"]
    readings = client.get(f"{API}/reports/{report['report']}/readings").json()
    assert [(r["coder"], r["in_force"]) for r in readings] == [("rules", True), ("model: m", False)]
    choice = {"account": one["account"], "field": "type", "coder": "model: m", "reason": "as it says"}
    ruled = client.post(f"{API}/reports/{report['report']}/choices", json=choice)
    assert ruled.status_code == 201
    assert client.get(f"{API}/differences").json()["total"] == found["total"] - 1
    assert client.get(f"{API}/events/{report['event']}/differences").status_code == 200
    taken_back = client.post(f"{API}/judgements/{ruled.json()['judgement']}/withdrawal", json={"reason": ""})
    assert taken_back.status_code == 201 and client.get(f"{API}/differences").json() == found


def test_another_coder_is_put_in_force(client: TestClient) -> None:
    assert client.put(f"{API}/coder", json={"coder": "model"}).json() == {"coder": "model"}
    assert client.get(f"{API}/differences").json()["coder"] == "model"
    refused = client.put(f"{API}/coder", json={"coder": "nobody"})
    assert refused.status_code == 422 and refused.json()["code"] == "DL-M009"


def test_what_cannot_be_chosen_is_refused(client: TestClient) -> None:
    report = client.get(f"{API}/differences").json()["reports"][0]["report"]
    bad = client.post(f"{API}/reports/{report}/choices", json={"account": "x", "field": "type", "coder": "rules"})
    assert bad.status_code == 422 and bad.json()["code"] == "DL-L009"


def _done(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(200):
        job = client.get(f"{API}/jobs/{job['id']}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError(job)


def test_new_reports_are_coded_by_the_coder_that_is_offered(serving: Callable[..., TestClient], tmp_path: Path) -> None:
    answer = {"accounts": [_account(3, "three soldiers")]}
    coder = ModelCoder(ask=lambda question: Kept(question.key, answer, "m"))
    client = serving(str(tmp_path / "new.sqlite"), offered=Offered("model", coder, using=lambda: "1 asked"))
    assert client.get(f"{API}/coders").json() == {
        "offered": ["model", "rules"],
        "in_force": "last",
        "used": "1 asked",
        "server": None,
    }
    report = {"text": TEXT, "uri": "paper", "published": "2024-03-14"}
    assert _done(client, client.post(f"{API}/reports", json=report).json())["added"] == 1
    key = client.get(f"{API}/events").json()["events"][0]["accounts"][0]["report"]
    assert [r["coder"] for r in client.get(f"{API}/reports/{key}/readings").json()] == ["model: m"]
    assert client.put(f"{API}/coder", json={"coder": "model"}).status_code == 200
    job = _done(client, client.post(f"{API}/reports", json={**report, "coder": "rules"}).json())
    assert (job["added"], job["beside"]) == (0, 1)
    refused = client.post(f"{API}/reports", json={**report, "coder": "cascade"})
    assert refused.status_code == 422 and refused.json()["code"] == "DL-S033"
    form = {"files": ("a.txt", TEXT.encode(), "text/plain")}
    assert client.post(f"{API}/uploads", files=form, data={"coder": "cascade"}).json()["code"] == "DL-S033"


def test_a_coder_that_cannot_be_asked_fails_its_job_with_the_reason(
    serving: Callable[..., TestClient], tmp_path: Path
) -> None:
    def refuses(question: Question) -> Kept:
        raise NoServer("The server answers 401.")

    client = serving(str(tmp_path / "new.sqlite"), offered=Offered("model", ModelCoder(ask=refuses)))
    job = _done(client, client.post(f"{API}/reports", json={"text": TEXT}).json())
    assert job["state"] == "failed" and job["error"]["code"] == "DL-M006"


def test_without_a_coder_of_its_own_the_page_offers_the_rules(client: TestClient) -> None:
    assert client.get(f"{API}/coders").json() == {
        "offered": ["rules"],
        "in_force": "rules",
        "used": None,
        "server": None,
    }


def test_who_may_not_read_a_report_gets_nothing_that_coders_read_in_it(
    serving: Callable[..., TestClient], team: str
) -> None:
    """The page of what coders differ on, of an event, what each read, and a choice: by the right as elsewhere."""
    with Ledger.open(team, by="ann") as ledger:
        ledger.add([RULES])
        ledger.set_coder("rules")
        ledger.add([MODEL])
        key = report_key(RULES.report)
        report = next(w for w in ledger.waiting()[1] if w.report == key)
        account = next(d.account for d in report.differences if d.field == "where")
        ledger.choose(key, account, "where", "model: m")
        ledger.set_access(key, Access("sealed", "", ("ben",)))
    client = serving(team)
    paths = ("/differences", f"/events/{report.event}/differences", f"/reports/{key}/readings")
    choice = {"account": account, "field": "type", "coder": "model: m", "reason": ""}
    told = {}
    for name in ("rea", "ann", "ben"):
        log_in(client, name)
        told[name] = "".join(client.get(f"{API}{path}").text for path in (*paths, f"/events/{report.event}"))
    assert all("soldiers" in told[name] and "Gunmen" in told[name] for name in ("ann", "ben"))
    assert not [words for words in ("soldiers", "Gunmen", "traders", "Kano") if words in told["rea"]]
    log_in(client, "rea")
    assert client.get(f"{API}{paths[0]}").json()["total"] == 0 and client.get(f"{API}{paths[1]}").json() == []
    assert client.get(f"{API}{paths[2]}").json()["code"] == "DL-L023"
    with Ledger.open(team, by="ann") as ledger:
        ledger.set_access(key, Access("sealed"))
    log_in(client, "ben")
    refused = client.post(f"{API}/reports/{key}/choices", json=choice)
    assert (refused.status_code, refused.json()["code"]) == (403, "DL-L023")


def test_an_admin_moves_the_model_to_another_address_and_the_key_stays_with_its_server(
    serving: Callable[..., TestClient], team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openai")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("8.8.8.8", 80))])
    server = Server("http://one.example:8000/v1", Settings("m"), "secret")
    client = serving(team, offered=Offered("model", ModelCoder(ask=server), server=server))
    log_in(client, "ben")
    assert client.get(f"{API}/coders").json()["server"] is None
    assert client.put(f"{API}/coders/server", json={"address": "http://two.example/v1"}).status_code == 403
    log_in(client, "ann")
    assert client.get(f"{API}/coders").json()["server"] == "http://one.example:8000/v1"
    moved = client.put(f"{API}/coders/server", json={"address": "http://two.example/v1"})
    assert moved.json() == {"address": "http://two.example/v1"}
    assert (server.base_url, server.key, server._client().api_key) == ("http://two.example/v1", None, "none")
    client.put(f"{API}/coders/server", json={"address": "http://one.example:8000/v2"})
    assert server.key == server._client().api_key == "secret"
    for bad in ("file:///etc/passwd", "two.example", "http://u:p@two.example", "http://[", "http://"):
        refused = client.put(f"{API}/coders/server", json={"address": bad})
        assert (refused.status_code, refused.json()["code"]) == (422, "DL-M006"), bad
    assert server.base_url == "http://one.example:8000/v2"


def test_the_model_is_moved_to_no_private_network_but_that_of_the_start(
    serving: Callable[..., TestClient], team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openai")
    means = {"model.example": "8.8.8.8", "inside.example": "10.0.0.7"}
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: [(0, 0, 0, "", (means.get(host, host), 80))])
    server = Server("http://127.0.0.1:9/v1", Settings("m"), "secret", tries=1)
    client = serving(team, offered=Offered("model", ModelCoder(ask=server), server=server))
    log_in(client, "ann")
    for bad in ("http://169.254.169.254/latest", "http://inside.example/v1", "http://[::1]:8000/v1", "http://10.1.1.1"):
        refused = client.put(f"{API}/coders/server", json={"address": bad})
        assert (refused.status_code, refused.json()["code"]) == (422, "DL-S006"), bad
    for good in ("http://127.0.0.1:8/v1", "http://model.example/v1"):
        assert client.put(f"{API}/coders/server", json={"address": good}).status_code == 200
    means["model.example"] = "10.0.0.7"  # The name comes to mean a machine in the network of the service.
    question = Question("r.1.x", "u", 1, 1, ({"role": "user", "content": "?"},))
    with pytest.raises(BadAddress):
        server(question)


def test_where_no_model_is_asked_there_is_no_address(serving: Callable[..., TestClient], team: str) -> None:
    client = serving(team)
    log_in(client, "ann")
    assert client.get(f"{API}/coders").json()["server"] is None
    assert client.put(f"{API}/coders/server", json={"address": "http://a.example"}).json()["code"] == "DL-S033"
