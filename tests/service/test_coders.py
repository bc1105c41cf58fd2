"""What coders read otherwise, through the API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from tests.ledger.test_coders import MODEL, RULES

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
