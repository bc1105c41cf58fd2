"""Names as people say them: every name of an actor and of a country gives the same events on the command line, by the
API, and in what the page asks; and what was understood is said."""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from benchmarks.world import World
from click.testing import CliRunner
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from dateline.cli import cli
from dateline.ledger import Ledger, Query
from dateline.ledger.names import actor_label, places_of
from dateline.ledger.rows import as_json, insert
from dateline.ledger.tables import actors, places, versions
from dateline.ledger.versions import search_rows
from dateline.model.event import Event
from dateline.service.app import create_app
from dateline.service.exploring import Columns, masks_of
from dateline.service.params import Asked
from dateline.service.settings import Settings
from dateline.where import adjective, country_aliases, country_name, meaning
from dateline.who import actors_meant, body_meant, known_actors, names_of

_ACTORS = sorted(known_actors().values(), key=lambda a: a.id)
_CODES = sorted(country_aliases())
_CODED = Path(__file__).parents[2] / "training/coded"
#: A value of each filter that is no name, some of which give few events; the test fails when a filter is added.
_FILTERS: dict[str, list[Any]] = {
    "type": ["bombing", "arrest"], "status": ["occurred", "foiled"], "scope": ["event", "rollup"],
    "case": ["c-000000000000"], "since": ["2025-06-01", "1 June 2025"], "until": ["2025-06-01"], "last": ["20y", "7d"],
    "undated": [True], "unplaced": [True], "box": ["-20,0,60,70", "170,-50,-170,50"], "disputed": [True],
    "text": ["police", "nosuchwordanywhere"], "min_confidence": [0.5, 0.95], "min_people": [1, 30],
    "min_killed": [1, 12], "reviewed": ["unreviewed", "all"],
}  # fmt: skip


@dataclass(frozen=True)
class Served:
    """A ledger whose events have all known actors and all countries, each once or more; and its API."""

    ledger: Ledger
    columns: Columns
    client: TestClient
    path: str

    def counts(self, kind: str, name: str) -> set[int]:
        """How many events the query layer and the columns in memory count; a set of one where they agree."""
        query = Query(places=(name,)) if kind == "place" else Query(actors=(name,))
        return {self.ledger.count(query), int(masks_of(self.columns, query, lambda _: set()).all().sum())}

    def asked(self, name: str, value: str | float) -> set[int]:
        """How many events the command line, the API's pages and the page's own request give for a filter's value."""
        told = CliRunner().invoke(cli, ["events", "--ledger", self.path, *_option(name, value), "--count"])
        listed = self.client.get("/api/v1/events", params={name: value, "limit": 500, "view": "brief"}).json()
        explored = self.client.get("/api/v1/explore", params={name: value, "limit": 1}).json()
        return {int(told.stdout), len(listed["events"]), explored["total"]}

    def given_out(self, name: str, value: str | float, folder: Path) -> set[int]:
        """How many events an export of the command line, one of the API, and a feed hold."""
        out = folder / "events.csv"
        args = ["export", "--ledger", self.path, *_option(name, value), "--out", str(out), "--force"]
        assert CliRunner().invoke(cli, args).exit_code == 0
        with out.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.DictReader(file))
        packed = self.client.get("/api/v1/export", params={name: value, "format": "jsonl"}).content
        with zipfile.ZipFile(io.BytesIO(packed)) as package:
            held = package.read("events.jsonl").count(b"\n")
        fed = self.client.get("/api/v1/feeds/events.json", params={name: value}).json()
        # A feed holds the last fifty.
        return {rows, held} if len(fed["items"]) == min(rows, 50) else {rows, held, -len(fed["items"])}


def _option(name: str, value: str | float) -> list[str]:
    option = f"--{name.replace('_', '-')}"
    return [option] if value is True else [option, str(value)]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = str(tmp_path_factory.mktemp("names") / "ledger.sqlite")
    app = create_app(Settings(path, by="ann", separate=False))
    asking = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1))
    with asking as client, Ledger.open(path, create=True, by="ann") as ledger:
        ledger.add(World(seed=3, events_a_day=8).codings(420))
        with ledger.store.writing() as connection:
            _put_names(connection)
        yield Served(ledger, Columns.of(ledger.standing()), client, path)


def _put_names(connection: Connection) -> None:
    """Give all events actors and countries in turn; some have no id, as where somebody has corrected them."""
    who, where = itertools.cycle(_ACTORS), itertools.cycle(_CODES)
    records: list[tuple[int, Event]] = []
    standing = select(versions.c.num, versions.c.body).where(versions.c.ended.is_(None))
    rows = connection.execute(standing).all()
    each = len(_ACTORS) // len(rows) + 2
    for turn, (num, body) in enumerate(rows):
        record = json.loads(body)
        record["actors"] = [_actor(next(who), known=turn % 3 > 0) for _ in range(each)]
        record["where"] = [_place(next(where), known=turn % 5 > 0) for _ in range(each)]
        connection.execute(update(versions).where(versions.c.num == num).values(body=as_json(record)))
        records.append((num, Event.from_record(record)))
    connection.execute(delete(actors))
    connection.execute(delete(places))
    where_rows, who_rows = search_rows(records, 1, 1)
    insert(connection, places, where_rows)
    insert(connection, actors, who_rows)


def _actor(actor: Any, known: bool) -> dict[str, Any]:
    name = {"name": actor.name, "id": actor.id if known else None}
    return {"role": "agent", "kind": actor.kind, **name, "worded": [actor.name]}


def _place(code: str, known: bool) -> dict[str, Any]:
    land = {"name": country_name(code), "country": code if known else None, "admin1": None, "gazetteer_id": None}
    return {**land, "precision": "country", "lat": None, "lon": None}


def _names_of_country(code: str) -> list[str]:
    """The codes and names of a country that are no other's."""
    names = (country_name(code) or code, code, code.lower(), *country_aliases()[code])
    return [name for name in names if [sense.country for sense in meaning(name).senses] == [code]]


def test_every_name_of_every_actor_counts_the_same(served: Served) -> None:
    for actor in _ACTORS:
        expected = served.counts("actor", actor.id)
        assert len(expected) == 1 and expected != {0}, actor.id
        for name in names_of(actor.id):
            found = served.counts("actor", name)
            assert len(found) == 1, name
            # Whoever else bears the name is counted too; what is said names them all.
            if [one.id for one in actors_meant(name)] == [actor.id]:
                assert found == expected, name


def test_every_name_of_every_country_counts_the_same(served: Served) -> None:
    assert len(_CODES) > 240
    for code in _CODES:
        expected = served.counts("place", code)
        assert len(expected) == 1 and expected != {0}, code
        assert len(_names_of_country(code)) >= 3, code
        for name in _names_of_country(code):
            assert served.counts("place", name) == expected, name


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([name for actor in _ACTORS for name in names_of(actor.id)]))
def test_command_line_api_and_page_count_an_actor_alike(served: Served, name: str) -> None:
    assert served.asked("actor", name) == served.counts("actor", name)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([name for code in _CODES for name in (code, *country_aliases()[code])]))
def test_command_line_api_and_page_count_a_country_alike(served: Served, name: str) -> None:
    assert served.asked("place", name) == served.counts("place", name)


def _commonest(number: int = 100) -> list[str]:
    """The actors that are told of most in the coded reports, then those with most names."""
    told: Counter[str] = Counter()
    for path in sorted(_CODED.glob("batch_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told.update(one["id"] for account in json.loads(line)["accounts"] for one in account["actors"] if one["id"])
    ids = [actor.id for actor in _ACTORS]
    return sorted(ids, key=lambda id: (-told[id], -len(names_of(id)), id))[:number]


@pytest.mark.slow
def test_every_way_counts_every_name_of_the_hundred_commonest_actors_alike(served: Served) -> None:
    found = _commonest()
    assert len(found) == 100 and found[0] == "islamic-state"
    for actor in found:
        expected = served.asked("actor", actor)
        assert len(expected) == 1 and expected != {0}, actor
        for name in names_of(actor):
            counted = served.asked("actor", name)
            assert len(counted) == 1, name
            if [one.id for one in actors_meant(name)] == [actor]:
                assert counted == expected, name


@pytest.mark.slow
def test_every_way_counts_every_name_of_every_country_alike(served: Served) -> None:
    for code in _CODES:
        expected = served.asked("place", code)
        assert len(expected) == 1 and expected != {0}, code
        for name in _names_of_country(code):
            assert served.asked("place", name) == expected, name


@settings(max_examples=8, deadline=None)
@given(st.sampled_from([("actor", id) for id in _commonest()] + [("place", code) for code in _CODES]))
def test_exports_and_feeds_hold_as_many_as_are_counted(
    served: Served, tmp_path_factory: pytest.TempPathFactory, asked: tuple[str, str]
) -> None:
    kind, own = asked
    names = names_of(own) if kind == "actor" else tuple(_names_of_country(own))
    for name in names[:2]:
        assert served.given_out(kind, name, tmp_path_factory.getbasetemp()) == served.asked(kind, name), name


def test_every_other_filter_counts_alike_in_every_way(served: Served, tmp_path: Path) -> None:
    others = {"place", "actor", "order", "revision"}
    assert set(_FILTERS) == set(Asked.model_fields) - others
    for name, values in _FILTERS.items():
        for value in values:
            counted = served.asked(name, value)
            assert len(counted) == 1, (name, value, counted)
            assert served.given_out(name, value, tmp_path) == counted, (name, value)


def test_what_was_understood_is_said(served: Served) -> None:
    told = served.client.get("/api/v1/explore", params={"place": "Türkiye", "actor": ["Daesh", "Islamik State"]}).json()
    place, known, unknown = told["understood"]
    assert [r["write"] for r in place["readings"]] == ["TR"] and place["values"] == ["TR"]
    assert [r["write"] for r in known["readings"]] == ["islamic-state"]
    assert unknown["readings"] == [] and unknown["near"][0] == "Islamic State"
    country = next(row for row in told["facets"]["country"] if row["value"] == "TR")
    assert country["on"] and country["label"] == "Turkey"
    known = served.client.get("/api/v1/explore", params={"actor": "Daesh"}).json()["facets"]["actor"]
    assert ("islamic-state", "Islamic State") in [(row["value"], row["label"]) for row in known if row["on"]]
    assert all(row["label"].casefold() == "islamic state" for row in known if row["on"])


def test_the_command_line_says_what_else_a_name_could_be(served: Served) -> None:
    def said(*args: str) -> str:
        return CliRunner().invoke(cli, ["events", "--ledger", served.path, "--count", *args]).stderr

    assert said("--actor", "FMLN") == ""
    assert "[cpi-maoist]" in said("--actor", "Maoists") and "[shining-path]" in said("--actor", "Maoists")
    assert "no event has it; near to it: Nigeria" in said("--place", "Nigerria")


def test_a_name_means_a_country_first_and_a_comma_says_where() -> None:
    assert [s.write for s in meaning("Georgia").senses] == ["GE"]
    assert [s.kind for s in meaning("Georgia, US").senses] == ["admin1"]
    assert {s.country for s in meaning("Tripoli, Lebanon").senses} == {"LB"}
    assert {s.country for s in meaning("Congo").senses} == {"CD", "CG"}
    assert [s.label for s in meaning("Mossoul").senses] == ["Mosul (town in Nineveh, Iraq)"]
    assert "Mumbai" in meaning("Bombay").senses[0].label
    assert all("San Diego" not in s.label for s in meaning("San Miguel").senses)


def test_a_body_of_a_state_has_one_name() -> None:
    from dateline.where import country_of

    for name in ("Turkish police", "police of Turkey", "the Turkish police force", "turkey-police"):
        assert (body_meant(name, country_of) or ("",))[0] == "turkey-police"
    assert actor_label("turkey-police") == "Turkish police"
    assert actor_label("fmln") == "Farabundo Martí National Liberation Front"
    assert actor_label("nobody-knows") is None
    assert adjective("SV") == "Salvadoran"


def test_places_are_named_as_people_say_them_and_older_ledgers_are_found() -> None:
    """ "Nīnawá", "Tikrīt" and "Al Fallūjah" of the gazetteer are in no report; marks that are part of a name stay."""
    told = [meaning(name).senses[0].label for name in ("Nineveh", "Tikrit", "Fallujah", "Sanliurfa", "Hodeidah")]
    assert told == [
        "Nineveh (province in Iraq)", "Tikrit (town in Salah al-Din, Iraq)", "Fallujah (town in Anbar, Iraq)",
        "Şanlıurfa (province in Turkey)", "Hodeidah (town in Yemen)",
    ]  # fmt: skip
    assert places_of("Nineveh").provinces == {("IQ", "nineveh"), ("IQ", "ninawa")}
