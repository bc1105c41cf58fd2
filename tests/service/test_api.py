"""The API: its description, one form of errors, ETags, pages, judgements, jobs, feeds; and that it keeps its word."""

from __future__ import annotations

import hashlib
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import schemathesis
from click.testing import CliRunner
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.cli import cli
from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.publishing import written
from dateline.service.app import create_app
from dateline.service.feeds import WRITERS, Entry, Feed
from dateline.service.settings import Settings
from dateline.service.shapes.about import ChangeOf, GazetteerEntry, Revision, SavedQuery, Vocabulary
from dateline.service.shapes.events import Brief, Briefs, Events, Near, OneEvent, Version
from dateline.service.shapes.evidence import Evidence
from dateline.service.shapes.exploring import Atlas, Explored
from dateline.service.shapes.session import AuditRow, Session, UserOf
from dateline.service.shapes.shape import Problem
from tests.openapi import FILE, described

API = "/api/v1"


def test_the_description_in_the_repository_is_that_of_the_api() -> None:
    assert FILE.read_text(encoding="utf-8") == described()


def _event(client: TestClient, text: str = "zaytun") -> str:
    found: str = client.get(f"{API}/events", params={"text": text}).json()["events"][0]["id"]
    return found


# Answers that are made by hand, for speed, have the form that the description promises.
_FORMS: list[tuple[str, Any]] = [
    ("/session", Session),
    ("/events", Events),
    ("/events?view=brief", Briefs),
    ("/explore?type=bombing&order=people", Explored),
    ("/explore?zoom=4&seen=20,10,60,50&window_from=2024-05-01&window_to=2024-06-01&bin=day", Explored),
    ("/map?zoom=4", Atlas),
    ("/events/EVENT", OneEvent),
    ("/events/EVENT?revision=1", OneEvent),
    ("/events/EVENT/evidence", list[Evidence]),
    ("/events/EVENT/history", list[Version]),
    ("/events/EVENT/case", list[Brief]),
    ("/events/EVENT/case?revision=1", list[Brief]),
    ("/events/EVENT/near", list[Near]),
    ("/vocabulary", Vocabulary),
    ("/places?name=Mosul", list[GazetteerEntry]),
    ("/revisions", list[Revision]),
    ("/diff?one=0&two=1", list[ChangeOf]),
    ("/saved", list[SavedQuery]),
    ("/users", list[UserOf]),
    ("/audit", list[AuditRow]),
]


@pytest.mark.parametrize(("path", "form"), _FORMS, ids=[path for path, _ in _FORMS])
def test_answers_have_the_form_that_is_described(client: TestClient, path: str, form: Any) -> None:
    event = _event(client)
    client.post(f"{API}/judgements", json={"kind": "unsure", "event": event, "reason": "?"})
    answer = client.get(API + path.replace("EVENT", event))
    assert answer.status_code == 200, answer.text
    TypeAdapter(form).validate_json(answer.content)


def test_the_other_events_of_a_case_come_in_order_of_day(
    serving: Callable[..., TestClient], tmp_path: Path, case_reports: list[Coding]
) -> None:
    address = str(tmp_path / "cases.sqlite")
    with Ledger.open(address, create=True, by="ann") as ledger:
        ledger.add(case_reports)
    client = serving(address)
    [arrest] = client.get(f"{API}/events", params={"type": "arrest", "text": "tikrit"}).json()["events"]
    stages = client.get(f"{API}/events/{arrest['id']}/case").json()
    assert [event["type"] for event in stages] == ["bombing", "sentence"]
    assert {event["case"] for event in stages} == {arrest["case"]}
    found = client.get(f"{API}/explore", params={"case": arrest["case"]}).json()
    assert (found["total"], {row["id"] for row in found["rows"]}) == (3, {arrest["id"], *(e["id"] for e in stages)})
    assert client.get(f"{API}/events", params={"case": "c-none"}).json()["events"] == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/events/e-none", 404, "DL-L007"),
        ("/events?type=sandwich", 422, "DL-L014"),
        ("/events?since=2024-13-01", 422, "DL-L014"),
        ("/events?limit=0", 422, "DL-S010"),
        ("/events?nosuch=1", 422, "DL-S010"),
        ("/events?after=rubbish", 422, "DL-L014"),
        ("/events?revision=99", 404, "DL-L008"),
        ("/explore?box=1,2,3", 422, "DL-L014"),
        ("/explore?box=nan,nan,nan,nan", 422, "DL-L014"),
        ("/export?columns=nosuch", 422, "DL-P001"),
        ("/export?format=docx", 422, "DL-P001"),
        ("/reports/none", 404, "DL-L013"),
        ("/jobs/none", 404, "DL-S009"),
        ("/feeds/saved/none.atom", 404, "DL-S009"),
        ("/nowhere", 404, "DL-S009"),
    ],
)
def test_errors_have_one_form_and_the_code_of_the_command_line(
    client: TestClient, path: str, status: int, code: str
) -> None:
    answer = client.get(API + path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["what"] and answer.json()["remedy"]
    TypeAdapter(Problem).validate_json(answer.content)


def test_nothing_is_sent_twice_until_the_ledger_has_changed(client: TestClient) -> None:
    first = client.get(f"{API}/explore")
    tag = first.headers["etag"]
    assert client.get(f"{API}/explore", headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{API}/explore?type=bombing").headers["etag"] != tag
    client.post(f"{API}/judgements", json={"kind": "accept", "event": _event(client)})
    assert client.get(f"{API}/explore", headers={"If-None-Match": tag}).status_code == 200


def test_pages_hold_each_event_once(client: TestClient) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = client.get(f"{API}/events?limit=1&view=brief{after}").json()
        seen += [event["id"] for event in page["events"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen)) == client.get(f"{API}/explore").json()["total"]


def test_judgements_are_signed_and_taken_back_and_do_not_overwrite_each_other(client: TestClient) -> None:
    event = _event(client)
    seen = client.get(f"{API}/events/{event}").json()["revision"]
    made = client.post(f"{API}/judgements", json={"kind": "accept", "event": event, "seen": seen, "reason": "seen it"})
    assert made.status_code == 201
    state = client.get(f"{API}/events/{event}").json()
    assert state["event"]["review"] == "accepted"
    assert [(row["by"], row["reason"]) for row in state["judgements"]] == [("ann", "seen it")]
    late = client.post(f"{API}/judgements", json={"kind": "reject", "event": event, "seen": seen})
    assert (late.status_code, late.json()["code"]) == (409, "DL-L010")
    back = client.post(f"{API}/judgements/{made.json()['judgement']}/withdrawal", json={"reason": "too early"})
    assert back.status_code == 201
    assert client.get(f"{API}/events/{event}").json()["event"]["review"] == "unreviewed"
    # What was true at an earlier revision is still told.
    old = client.get(f"{API}/events/{event}?revision={made.json()['revision']}").json()
    assert old["event"]["review"] == "accepted"


def test_evidence_points_at_the_words(client: TestClient) -> None:
    for report in client.get(f"{API}/events/{_event(client)}/evidence").json():
        claims = [claim for account in report["accounts"] for claim in account["claims"]]
        assert {"what", "when", "where", "how many", "says"} <= {claim["field"] for claim in claims}
        for claim in claims:
            assert report["text"][claim["start"] : claim["end"]].strip()
        days = next(claim for claim in claims if claim["field"] == "when")
        assert report["text"][days["start"] : days["end"]].lower() in days["how"].lower()


def _finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + 60
    while job["state"] not in ("done", "failed"):
        assert time.monotonic() < until
        time.sleep(0.05)
        job = client.get(f"{API}/jobs/{job['id']}").json()
    return job


def test_reports_are_added_and_the_rest_goes_on_where_one_is_rejected(client: TestClient) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("../../../etc/a.txt", "A bomb killed nine people in Kabul on 4 June 2024.")
        out.writestr("b.html", "<html><body></body></html>")
        out.writestr("picture.png", b"\x89PNG")
    files = [
        ("files", ("..\\..\\one.txt", b"Gunmen shot dead six people in Basra on 3 June 2024.")),
        ("files", ("empty.txt", b"")),
        ("files", ("more.zip", archive.getvalue())),
        ("files", ("rows.csv", b"text,uri,published\nPolice arrested two men in Erbil on Sunday.,csv/1,2024-06-04\n")),
        ("files", ("bad.jsonl", b'{"text": 3}\n')),
    ]
    made = client.post(f"{API}/uploads", files=files, data={"published": "2024-06-05", "note": "by hand"})
    assert made.status_code == 202
    job = _finished(client, made.json())
    assert (job["state"], job["added"]) == ("done", 3)
    assert sorted(one["code"] for one in job["rejected"]) == ["DL-R001", "DL-R001", "DL-R005", "DL-R011"]
    uris = {
        account["report_uri"]
        for event in client.get(f"{API}/events?since=2024-06-01").json()["events"]
        for account in event["accounts"]
    }
    assert uris == {"one.txt", "more.zip/../../../etc/a.txt", "csv/1"}
    ledger = client.app.state.service.ledger  # type: ignore[attr-defined]
    sent = {"one.txt": files[0][1][1], "more.zip/../../../etc/a.txt": archive.getvalue(), "csv/1": files[3][1][1]}
    for uri, data in sent.items():
        told = ledger.custody(uri)[0]["body"]
        assert (told["sha256"], told["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert told["tool"].endswith(" serve")
    again = _finished(client, client.post(f"{API}/uploads", files=files[:1], data={"published": "2024-06-05"}).json())
    assert (again["added"], again["known"]) == (0, 1)


def test_who_chooses_a_reports_address_learns_nothing_of_the_servers_files(client: TestClient) -> None:
    text = "Gunmen shot dead six people in Basra on Monday, police said."
    body = {"text": text, "uri": __file__, "published": "2024-06-05"}
    assert _finished(client, client.post(f"{API}/reports", json=body).json())["added"] == 1
    told = client.app.state.service.ledger.custody(__file__)[0]["body"]  # type: ignore[attr-defined]
    assert told["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_text_is_added_as_it_was_pasted(client: TestClient) -> None:
    text = "Gunmen shot dead six people in Basra on Monday, police said. 😀"
    body = {"text": text, "uri": "desk/1", "title": "Basra", "published": "2024-06-05"}
    job = _finished(client, client.post(f"{API}/reports", json=body).json())
    assert job["state"] == "done" and job["events"] == 1
    (event,) = client.get(f"{API}/events?text=basra").json()["events"]
    assert event["when"]["start"] == "2024-06-03"
    assert client.get(f"{API}/events/{event['id']}/evidence").json()[0]["text"] == text
    assert client.post(f"{API}/reports", json={}).json()["code"] == "DL-S010"
    assert client.post(f"{API}/reports", json={"text": "x", "published": "2024-99-01"}).json()["code"] == "DL-E003"


@pytest.mark.parametrize(
    "asked",
    [
        {"type": "bombing", "format": "jsonl", "names": "none"},
        {"format": "sqlite", "level": "claim", "coarse_place": "admin1", "coarse_days": "week", "names": "all"},
        {"layout": "acled", "licence": "CC0-1.0"},
        {"format": "stix", "incidents": "true"},
    ],
    ids=lambda asked: asked.get("layout") or asked["format"],
)
def test_an_export_has_the_bytes_of_the_library_and_of_the_command(
    client: TestClient, address: str, tmp_path: Path, asked: dict[str, str]
) -> None:
    answer = client.get(f"{API}/export", params={**asked, "revision": "1"})
    names = {"layout": "--as", "coarse_place": "--coarse-place", "coarse_days": "--coarse-days"}
    options = [
        part
        for key, value in asked.items()
        for part in ((f"--{key}",) if value == "true" else (names.get(key, f"--{key}"), value))
    ]
    out = tmp_path / "e.zip"
    done = CliRunner().invoke(cli, ["export", "--ledger", address, "--as-of", "1", "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    assert answer.content == out.read_bytes()
    from dateline.publishing.verifying import edition_in, manifest_in

    own = io.BytesIO()
    with Ledger.open(address) as ledger, zipfile.ZipFile(out) as made:
        written(ledger, edition_in(manifest_in(made, "")), own)
    assert answer.content == own.getvalue()


def test_feeds_of_saved_queries_tell_what_was_last_written(client: TestClient) -> None:
    client.put(f"{API}/saved/blasts", json={"query": "type=bombing&zoom=3"})
    feed = client.get(f"{API}/feeds/saved/blasts.json").json()
    assert len(feed["items"]) == client.get(f"{API}/explore?type=bombing").json()["total"] > 0
    atom = client.get(f"{API}/feeds/saved/blasts.atom")
    root = ET.fromstring(atom.content)
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(feed["items"])
    assert "bombing in Mosul" in (entries[0].findtext("{http://www.w3.org/2005/Atom}title") or "")
    tag = {"If-None-Match": atom.headers["etag"]}
    assert client.get(f"{API}/feeds/saved/blasts.atom", headers=tag).status_code == 304
    assert client.put(f"{API}/saved/bad", json={"query": "type=sandwich"}).json()["code"] == "DL-L014"
    assert client.delete(f"{API}/saved/blasts").status_code == 204


def test_a_feed_is_xml_whatever_its_words_hold() -> None:
    odd = "a\x00b\x0bc\ufffed\uffffe\ud800f\U0001f4a5\tg"
    made = Feed(
        odd, "http://x/", "http://x/feed", "2024-05-15T00:00:00+00:00", (Entry("e-1", "http://x/1", odd, odd, "2024"),)
    )
    root = ET.fromstring(WRITERS["atom"](made)[0])
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == "abcdef\U0001f4a5\tg"


def test_a_basemap_of_ones_own_is_served_in_ranges(serving: Callable[..., TestClient], tmp_path: Any) -> None:
    tiles = tmp_path / "own.pmtiles"
    tiles.write_bytes(bytes(range(256)))
    client = serving(basemap=tiles)
    assert client.get(f"{API}/session").json()["basemap"] is True
    part = client.get("/basemap.pmtiles", headers={"Range": "bytes=10-13"})
    assert (part.status_code, part.content) == (206, bytes([10, 11, 12, 13]))


# ---------------------------------------------------------------- schemathesis: whatever the description allows


_LOCAL = {"Host": "127.0.0.1"}
_CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
#: With a first user everybody would have to log in; and addresses that are made up are not to be fetched.
_LEFT_OUT = {("POST", f"{API}/users"), ("POST", f"{API}/reports")}


@pytest.mark.slow
def test_the_api_keeps_its_word_whatever_is_sent(address: str) -> None:
    """No server error, and every answer has a status and form that the description has."""
    app = create_app(Settings(address, by="ann", separate=False))
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app, headers=_LOCAL)
    headers = {**_LOCAL, "X-CSRF-Token": app.state.service.csrf("")}
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        name = operation.method.upper(), operation.path
        if name in _LEFT_OUT:
            continue
        asked.add(name)

        @given(case=operation.as_strategy())
        @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def keeps_its_word(case: Any) -> None:
            case.validate_response(case.call(headers=headers), checks=_CHECKS)

        keeps_its_word()
    app.state.service.close()
    assert len(asked) > 25


def test_json_bodies_are_what_json_says(client: TestClient) -> None:
    answer = client.post(f"{API}/judgements", content=b"{not json", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "DL-S010")
    assert json.loads(answer.content)


@pytest.mark.parametrize("given", [b"Basic \xe9", b"Basic =", b"Basic /w==", b"Bearer \xff"])
def test_a_log_in_that_is_no_text_is_a_wrong_one(client: TestClient, given: bytes) -> None:
    # Without users everybody on this machine is let in, whatever they send.
    assert client.get(f"{API}/session", headers={b"Authorization": given}).status_code == 200
