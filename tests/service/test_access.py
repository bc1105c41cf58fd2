"""Sealed reports count, and show no words to anyone without the right: in the API, feeds, exports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger, Query
from dateline.ledger.access import PUBLIC, Access, BadAccess, Right, SealedReport
from dateline.ledger.errors import NoSuchReport
from tests.service.conftest import log_in

#: Words that stand in the sealed report alone.
_WORDS = ("Zaytun", "Hamdani", "Jabbar", "police colonel", "wire", "threw cars")


@pytest.fixture
def sealed(team: str) -> str:
    """The ledger of a team, in which one of the two reports of the bombing is sealed, and the other one is only the
    team's."""
    with Ledger.open(team, by="ann") as ledger:
        ledger.set_access("wire", Access("sealed", "a source who asked for it, 3 May", ("ben",)))
        ledger.set_access("paper", Access("team"))
    return team


def _all(client: TestClient, event: str) -> str:
    paths = (
        "/events?limit=100", "/events?view=brief", "/explore", f"/events/{event}", f"/events/{event}?coded=true",
        f"/events/{event}/evidence", f"/events/{event}/history", f"/events/{event}/near", f"/events/{event}/map",
        "/map", "/feeds/events.atom", "/feeds/events.json", "/diff?one=0&two=1", "/diff?one=1&two=3",
        "/suggestions?of=actor&words=a", "/revisions",
    )  # fmt: skip
    told = []
    for path in paths:
        answer = client.get(f"/api/v1{path}")
        told.append(f"{path}: {answer.text}")
    for form in ("csv", "jsonl", "geojson"):
        answer = client.get(f"/api/v1/export?format={form}")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as edition:
            told += [f"{form} {name}: {edition.read(name).decode()}" for name in edition.namelist()]
    return "\n".join(told)


def _bombing(client: TestClient) -> dict[str, object]:
    rows = client.get("/api/v1/events?type=bombing").json()["events"]
    assert len(rows) == 1
    found: dict[str, object] = rows[0]
    return found


def test_who_may_not_read_gets_no_words(serving: Callable[..., TestClient], sealed: str) -> None:
    client = serving(sealed)
    log_in(client, "rea")
    event = _bombing(client)
    assert event["sources"] == 2 and len(event["accounts"]) == 2  # type: ignore[arg-type]
    told = _all(client, str(event["id"]))
    for words in (*_WORDS, "hospital officials", "bakery"):
        lines = [line for line in told.splitlines() if words in line]
        assert not lines, (words, [line[max(0, line.find(words) - 200) :][:400] for line in lines])
    assert client.get("/api/v1/events?text=zaytun").json()["events"] == []
    assert client.get("/api/v1/events?text=education").json()["events"] != []
    key = event["accounts"][0]["report"]  # type: ignore[index]
    for path in (f"/reports/{key}", f"/reports/{key}/why?start=0&end=9"):
        answer = client.get(f"/api/v1{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "DL-L023")


def test_the_team_reads_what_is_the_teams_and_named_people_what_is_sealed(
    serving: Callable[..., TestClient], sealed: str
) -> None:
    client = serving(sealed)
    for name in ("ann", "ben"):
        log_in(client, name)
        told = _all(client, str(_bombing(client)["id"]))
        assert all(words in told for words in (*_WORDS[:3], "hospital officials")), name
    with Ledger.open(sealed) as ledger:
        ledger.set_access("wire", Access("sealed"))
    told = _all(client, str(_bombing(client)["id"]))
    assert "Jabbar" not in told and "hospital officials" in told


def test_an_answer_is_not_another_persons(serving: Callable[..., TestClient], sealed: str) -> None:
    """What a browser was given for an admin is not said to be current for a reader."""
    client = serving(sealed)
    log_in(client, "ann")
    tag = client.get("/api/v1/events").headers["ETag"]
    log_in(client, "rea")
    assert client.get("/api/v1/events", headers={"If-None-Match": tag}).status_code == 200


def test_what_is_open_again_is_read_again(sealed: str) -> None:
    with Ledger.open(sealed) as ledger:
        seen = ledger.seen_by(PUBLIC)
        key = ledger.custody("wire")[0]["report"]
        for ask in (seen.report, seen.custody, seen.readings):
            with pytest.raises(SealedReport, match="DL-L023"):
                ask(key)
            with pytest.raises(NoSuchReport):  # its address is hidden, too
                ask("wire")
        assert seen.count(Query(text="zaytun")) == 0
        ledger.set_access("wire", Access("open"))
        assert seen.report("wire").report.uri == "wire"
        assert [e["body"]["level"] for e in ledger.custody("wire") if e["act"] == "access"] == ["sealed", "open"]
        with pytest.raises(BadAccess, match="DL-L024"):
            ledger.set_access("wire", Access("open", people=("ben",)))


def test_values_that_open_reports_say_too_stay(sealed: str) -> None:
    with Ledger.open(sealed) as ledger:
        before = next(ledger.all_events(Query(types=("bombing",))))
        seen = next(ledger.seen_by(Right("team")).all_events(Query(types=("bombing",))))
        assert [c.best for c in seen.counts] == [c.best for c in before.counts]
        assert seen.when == before.when and seen.where == before.where
        assert "at least 14 people" in seen.to_json() and "police colonel" not in seen.to_json()


def test_an_admin_says_on_the_page_who_may_read_and_nobody_else_does(
    serving: Callable[..., TestClient], sealed: str
) -> None:
    client = serving(sealed)
    with Ledger.open(sealed) as ledger:
        wire, paper = (ledger.custody(uri)[0]["report"] for uri in ("wire", "paper"))
    at, told = f"/api/v1/reports/{paper}/access", {"level": "sealed", "note": "asked, 5 May", "people": ["ben"]}
    for name in ("rea", "ben"):
        log_in(client, name)
        assert client.put(at, json=told).status_code == 403
    assert client.get(at).json()["level"] == "team"  # ben is of the team
    log_in(client, "rea")
    assert client.get(at).status_code == 403
    log_in(client, "ann")
    found = client.put(at, json=told).json()
    assert (found["level"], found["people"], found["by"], found["note"]) == ("sealed", ["ben"], "ann", "asked, 5 May")
    refused = client.put(at, json={**told, "people": ["ben", "zoe"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "DL-S034") and "zoe" in refused.json()["what"]
    refused = client.put(at, json={"level": "team", "people": ["ben"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "DL-L024")
    assert client.put("/api/v1/reports/none/access", json=told).status_code == 404
    with Ledger.open(sealed) as ledger:
        ledger.set_access(wire, Access("sealed"))
    log_in(client, "ben")
    assert client.get(at).json()["note"] == "asked, 5 May"
    assert client.get(f"/api/v1/reports/{wire}/access").json()["code"] == "DL-L023"
