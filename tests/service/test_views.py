"""Second opinions, comparison, comments and accounts by hand, as the API has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.service.people import People
from tests.service.conftest import PASSWORD, log_in

API = "/api/v1"


def bombing(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{API}/events?type=bombing").json()["events"][0]
    return found


def judge(client: TestClient, event: str, **judgement: object) -> Any:
    answer = client.post(f"{API}/judgements", json={"event": event, **judgement})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def team(address: str, serving: Callable[..., TestClient]) -> dict[str, TestClient]:
    """Two reviewers and a reader, each with a browser."""
    with Ledger.open(address) as ledger:
        people = People(ledger)
        for name, role in (("ann", "admin"), ("ben", "reviewer"), ("rea", "reader")):
            people.add(name, role, PASSWORD)
    found = {}
    for name in ("ann", "ben", "rea"):
        found[name] = serving()
        log_in(found[name], name)
    return found


def test_an_opinion_is_hidden_until_the_other_has_one(team: dict[str, TestClient]) -> None:
    ann, ben = team["ann"], team["ben"]
    event = bombing(ann)["id"]
    judge(ann, event, kind="accept", opinion=True)
    judge(ann, event, kind="correct", field="type", value="attack", opinion=True)
    assert bombing(ann)["review"] == "unreviewed"
    assert ben.get(f"{API}/events/{event}").json()["judgements"] == []
    assert ben.get(f"{API}/events/{event}/views").json() == {"views": [], "hidden": 1}
    assert [row["id"] for row in ben.get(f"{API}/second").json()] == [event]
    assert ann.get(f"{API}/second").json() == []
    judge(ben, event, kind="accept", opinion=True)
    told = ben.get(f"{API}/events/{event}/views").json()
    assert [(row["by"], row["verdict"], row["values"]) for row in told["views"]] == [
        ("ann", "accept", [{"field": "type", "value": "attack"}]), ("ben", "accept", []),
    ]  # fmt: skip
    compared = team["rea"].get(f"{API}/comparison").json()
    assert [(row["event"]["id"], row["differing"]) for row in compared["events"]] == [(event, ["type"])]
    assert compared["events"][0]["coded"] == [{"field": "type", "value": "bombing"}]
    rows = {row["field"]: (row["same"], row["compared"]) for row in compared["agreement"]}
    assert (rows["verdict"], rows["type"], rows["where"]) == ((1, 1), (0, 1), (1, 1))


def test_a_second_opinion_sees_what_was_coded(team: dict[str, TestClient]) -> None:
    ann, ben = team["ann"], team["ben"]
    before = bombing(ann)
    judge(ann, before["id"], kind="correct", field="type", value="attack", reason="paper archive")
    coded = ben.get(f"{API}/events/{before['id']}?coded=true").json()
    assert coded["event"] == before
    assert coded["judgements"] == []
    # What changed the event is seen by all.
    assert ben.get(f"{API}/events/{before['id']}/views").json()["hidden"] == 0


def test_a_comment_reaches_whom_it_mentions(team: dict[str, TestClient]) -> None:
    ann, ben = team["ann"], team["ben"]
    event = bombing(ann)["id"]
    judge(ann, event, kind="comment", reason="@ben, is this the market?")
    [told] = ben.get(f"{API}/mentions").json()
    assert (told["by"], told["text"], told["event"]) == ("ann", "@ben, is this the market?", event)
    assert ann.get(f"{API}/mentions").json() == []
    assert team["rea"].get(f"{API}/second").status_code == 403


def test_an_account_is_written_by_hand_and_taken_back(client: TestClient) -> None:
    key = next(
        a["report"] for e in client.get(f"{API}/events").json()["events"] for a in e["accounts"]
        if a["report_uri"] == "kabul"
    )  # fmt: skip
    text = client.get(f"{API}/reports/{key}").json()["report"]["text"]
    at = {"start": text.index("Nobody"), "end": text.index("Nobody") + 6}
    place = {"name": "Kabul", "country": "AF", "lat": 34.5, "lon": 69.2, "precision": "city"}
    given = {
        "trigger": at, "type": "arrest", "when": "2024-05-13", "where": [place],
        "actors": [{"role": "target", "name": "two suspects", "kind": "person"}],
        "counts": [{"what": "arrested", "party": "civilian", "low": 2, "best": 2, "high": 2}],
        "reason": "read again",
    }  # fmt: skip
    answer = client.post(f"{API}/reports/{key}/accounts", json=given)
    assert answer.status_code == 201, answer.text
    made = client.get(f"{API}/events/{answer.json()['event']}").json()
    assert (made["event"]["type"], made["event"]["when"]["start"]) == ("arrest", "2024-05-13")
    assert made["event"]["counts"][0]["figures"][0]["text"] == "Nobody"
    assert [row["kind"] for row in made["judgements"]] == ["account"]
    for wrong, said in (
        ({"type": "war"}, "no type"), ({"when": "soon"}, "no day"), ({"trigger": {"start": 0, "end": 9999}}, "outside"),
        ({"counts": [{"what": "killed", "low": -1, "best": -1, "high": -1}]}, "no figure"),
        ({"where": [{**place, "precision": "near"}]}, "no precision"),
        ({"actors": [{"role": "x", "name": "y"}]}, "role"),
    ):  # fmt: skip
        refused = client.post(f"{API}/reports/{key}/accounts", json={**given, **wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "DL-L009"), refused.text
        assert said in refused.json()["what"]
    number = answer.json()["judgement"]
    assert client.post(f"{API}/judgements/{number}/withdrawal", json={}).status_code == 201
    assert client.get(f"{API}/events?type=arrest").json()["events"] == []


def test_words_of_a_correction_are_told_with_it(client: TestClient) -> None:
    event = bombing(client)
    words = {"report": event["accounts"][0]["report"], "start": 0, "end": 5}
    judge(client, event["id"], kind="correct", field="when", value="2024-05-13", words=words)
    [told] = client.get(f"{API}/events/{event['id']}").json()["event"]["corrections"]
    assert told["words"] == words
