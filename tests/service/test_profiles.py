"""Pages of actors and places, suggestions, and facets by province and town."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.service.app import page_folder
from tests.ledger.conftest import coded

API = "/api/v1"
_TEXTS = {
    "wire/tikrit": "TIKRIT, Iraq - Islamic State militants shot dead three policemen in Tikrit on Monday.",
    "wire/samarra": "SAMARRA, Iraq - ISIS fighters attacked an army checkpoint in Samarra on Sunday, killing two.",
}


@pytest.fixture
def address(tmp_path: Path, codings: list[Coding]) -> str:
    """The usual ledger, and two deeds of an actor that the list of actors knows."""
    found = str(tmp_path / "ledger.sqlite")
    with Ledger.open(found, create=True, by="ann") as ledger:
        ledger.add([*codings, *(coded(uri, text) for uri, text in _TEXTS.items())])
    return found


def test_an_actor_has_names_kin_counterparts_and_sources(client: TestClient) -> None:
    facets = client.get(f"{API}/explore").json()["facets"]["actor"]
    key = next(row["value"] for row in facets if row["label"] == "Islamic State")
    told = client.get(f"{API}/actors/{key}").json()
    assert told["name"] == "Islamic State"
    assert "ISIS" in told["aliases"]
    assert told["years"] == "since 2006"
    assert any(row["id"] == "islamic-state-khorasan" and row["years"] for row in told["branches"])
    assert told["events"] == next(row["count"] for row in facets if row["value"] == key)
    assert told["worded"] and told["sources"]
    khorasan = client.get(f"{API}/actors/islamic-state-khorasan").json()
    assert [row["id"] for row in khorasan["chain"]] == ["islamic-state"]
    assert khorasan["events"] == 0


def test_a_place_says_where_it_lies_and_what_lies_in_it(client: TestClient) -> None:
    iraq = client.get(f"{API}/places/IQ").json()
    assert (iraq["name"], iraq["kind"]) == ("Iraq", "country")
    assert iraq["events"] == client.get(f"{API}/explore?place=IQ").json()["total"] > 0
    assert iraq["inner"]
    province = client.get(f"{API}/places/{quote(iraq['inner'][0]['key'])}").json()
    assert province["kind"] == "admin1"
    assert province["outer"][-1]["key"] == "IQ"


def test_a_place_has_its_other_names(client: TestClient) -> None:
    assert "Republic Of Iraq" in client.get(f"{API}/places/IQ").json()["aliases"]
    istanbul = client.get(f"{API}/places/geonames:745044").json()
    assert "Constantinople" in istanbul["aliases"] and istanbul["name"] not in istanbul["aliases"]


def test_of_places_of_one_name_the_page_is_of_the_one_that_events_are_told_of(client: TestClient) -> None:
    mosul = client.get(f"{API}/places/Mosul").json()
    assert (mosul["kind"], mosul["events"]) == ("city", 1)


def test_reports_from_files_have_no_publisher_rather_than_a_folder() -> None:
    from dateline.service.exploring.profiles import _source

    told = {"publisher": None, "uri": "/home/ann/news/a.txt"}
    assert _source(told) == _source({**told, "uri": "b.txt"}) == "no publisher named"
    assert _source({**told, "uri": "https://example.org/a"}) == "example.org"
    assert _source({**told, "publisher": "Wire"}) == "Wire"


def test_what_nobody_knows_is_not_found(client: TestClient) -> None:
    for path, code in (
        ("actors/nobody of this name", "DL-S025"),
        ("places/Xyzzyx", "DL-S026"),
        ("places/geonames:1", "DL-S026"),
    ):
        answer = client.get(f"{API}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_names_are_suggested_and_find_as_many_as_they_say(client: TestClient) -> None:
    for of, words in (("place", "mos"), ("place", "ira"), ("actor", "islamic")):
        found = client.get(f"{API}/suggestions", params={"of": of, "words": words}).json()
        assert found
        for row in found:
            assert client.get(f"{API}/explore", params={of: row["write"]}).json()["total"] > 0
    assert client.get(f"{API}/suggestions", params={"of": "place", "words": " "}).json() == []


def test_provinces_and_towns_give_what_they_say(client: TestClient) -> None:
    facets = client.get(f"{API}/explore").json()["facets"]
    assert facets["province"] and facets["city"]
    for row in (*facets["province"], *facets["city"]):
        assert client.get(f"{API}/explore", params={"place": row["value"]}).json()["total"] == row["count"], row
    inside = client.get(f"{API}/explore?place=IQ").json()["facets"]
    assert inside["city"] and all(row["label"].endswith(", IQ") for row in inside["city"])


def test_the_map_of_one_event_shows_what_lies_around(client: TestClient) -> None:
    event = next(row for row in client.get(f"{API}/explore?place=IQ").json()["rows"] if row["where"][0]["lat"])
    made = client.get(f"{API}/events/{event['id']}/map").json()
    west, south, east, north = made["extent"]
    assert west < event["where"][0]["lon"] < east and south < event["where"][0]["lat"] < north
    assert sum(one["count"] for one in made["clusters"]) + len(made["provinces"]) + len(made["countries"]) > 0
    assert made["names"]


def test_a_moving_range_is_told_as_days(client: TestClient) -> None:
    told = client.get(f"{API}/explore?last=1y").json()
    assert None not in told["days"]
    assert client.get(f"{API}/explore?last=ever").json()["code"] == "DL-L014"


def test_an_unknown_address_is_the_page_for_people_and_an_error_for_programs(client: TestClient) -> None:
    told = client.get("/nowhere/at/all", headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (404, "DL-S009")
    api = client.get(f"{API}/nowhere", headers={"accept": "text/html"})
    assert (api.status_code, api.json()["code"]) == (404, "DL-S009")
    shown = client.get("/nowhere/at/all", headers={"accept": "text/html,*/*"})
    assert shown.status_code == 404
    assert shown.headers["content-type"].startswith("text/html") == (page_folder() is not None)
