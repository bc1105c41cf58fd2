"""Editions: the same bytes for the same question, a codebook that is true, checksums that hold, names left out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.ledger import Ledger, Query
from dateline.model import Coding
from dateline.publishing import FORMATS, Edition, codebook, written
from dateline.publishing.columns import FILLED
from dateline.publishing.errors import BadEdition
from dateline.publishing.persons import has_name
from tests.ledger.conftest import coded, codings  # noqa: F401  fixture


@pytest.fixture
def ledger(tmp_path: Path, codings: list[Coding]):  # type: ignore[no-untyped-def]  # noqa: F811
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann") as opened:
        opened.add(codings)
        yield opened


def _edition(ledger: Ledger, edition: Edition) -> zipfile.ZipFile:
    out = io.BytesIO()
    written(ledger, edition, out)
    return zipfile.ZipFile(out)


def _rows(edition: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(edition.read(name).decode())))


def test_every_column_is_filled_and_every_filling_is_a_column() -> None:
    assert [column.name for column in codebook()] == list(FILLED)


@pytest.mark.parametrize("form", FORMATS)
def test_checksums_hold_and_the_same_question_gives_the_same_bytes(ledger: Ledger, form: str) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    told = written(ledger, Edition(format=form), first)
    event = ledger.events().events[0].id
    ledger.judge("accept", event)
    written(ledger, Edition(format=form, as_of=told["revision"]), second)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as edition:
        sums = dict(reversed(line.split("  ")) for line in edition.read("SHA256SUMS").decode().splitlines())
        assert sorted(sums) == sorted(set(edition.namelist()) - {"SHA256SUMS"})
        assert all(hashlib.sha256(edition.read(name)).hexdigest() == digest for name, digest in sums.items())
        assert json.loads(edition.read("manifest.json"))["events"] == told["events"] == ledger.count()


def test_a_row_says_what_the_event_says_and_figures_say_who_said_it(ledger: Ledger) -> None:
    edition = _edition(ledger, Edition(Query(text="zaytun"), names="all"))
    (row,) = _rows(edition, "events.csv")
    assert (row["type"], row["place"], row["country"], row["start"]) == ("bombing", "Mosul", "IQ", "2024-05-14")
    assert (row["wounded"], row["sources"], row["reports"]) == ("30", "2", "wire; paper")
    figures = {(f["words"], f["said_by"]) for f in _rows(edition, "figures.csv") if f["what"] == "killed"}
    assert figures == {("12 people", "police colonel Saad Hamdani"), ("at least 14 people", "hospital officials")}
    assert {row["uri"] for row in _rows(edition, "sources.csv")} == {"wire", "paper"}
    assert [r["column"] for r in _rows(edition, "codebook.csv") if r["table"] == "events"] == list(row)
    assert "revision 1" in edition.read("README.txt").decode()


def test_figures_of_parties_are_added_and_a_total_is_not(ledger: Ledger) -> None:
    ledger.add([coded("clash", "Nine people, including four soldiers, were killed in a clash in Basra on Monday.")])
    (row,) = _rows(_edition(ledger, Edition(Query(text="basra"))), "events.csv")
    assert row["killed"] == "9"


def test_columns_are_chosen_by_name(ledger: Ledger) -> None:
    (row, *_) = _rows(_edition(ledger, Edition(columns=("place", "event_id"))), "events.csv")
    assert list(row) == ["event_id", "place"]
    lines = _edition(ledger, Edition(format="jsonl", columns=("event_id",))).read("events.jsonl").splitlines()
    assert all(list(json.loads(line)) == ["event_id"] for line in lines)
    with pytest.raises(BadEdition, match="nosuch"):
        _edition(ledger, Edition(columns=("nosuch",)))


def test_a_map_has_points_only_where_a_point_is_known(ledger: Ledger) -> None:
    ledger.add([coded("country", "Police arrested nine suspects across Iraq on Monday, officials said.")])
    made = json.loads(_edition(ledger, Edition(format="geojson")).read("events.geojson"))
    precise = {f["id"]: f["geometry"] is not None for f in made["features"]}
    for event in ledger.all_events():
        places = event.where
        assert precise[event.id] == bool(places and places[0].precision in ("city", "site", "district"))
    assert set(precise.values()) == {True, False}


def test_parquet_has_types_and_the_codebook(ledger: Ledger) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(_edition(ledger, Edition(format="parquet")).read("events.parquet")))
    assert table.num_rows == ledger.count()
    assert str(table.schema.field("start").type) == "date32[day]"
    assert b"First day" in table.schema.field("start").metadata[b"about"]


def test_names_of_private_people_are_left_out_everywhere(ledger: Ledger) -> None:
    ledger.add([coded(
        "named", "Police in Kirkuk arrested Karim Haddad, a baker, on Monday, his neighbour Salma Aziz said. "
        "Gunmen of the Islamic State killed Omar Faruqi, a teacher, in Kirkuk on Sunday, the Interior Ministry said."
    )])  # fmt: skip
    for form in ("csv", "jsonl", "geojson"):
        edition = _edition(ledger, Edition(format=form, names="none"))
        told = b"".join(edition.read(name) for name in edition.namelist()).decode()
        for name in ("Haddad", "Salma", "Faruqi", "Hamdani", "Jabbar"):
            assert name not in told, (form, name)
        assert "a person" in told and "Islamic State" in told and "hospital officials" in told
    whole = _edition(ledger, Edition(names="all")).read("events.csv").decode()
    assert "Faruqi" in whole


@pytest.mark.parametrize(
    "words", ["Karim Haddad", "Shopkeeper Walid Jabbar", "Yerlikaya", "police colonel Saad Hamdani"]
)
def test_a_name_is_seen(words: str) -> None:
    assert has_name(words)


@pytest.mark.parametrize("words", ["12 people", "hospital officials", "Interior Ministry", "Islamic State", "PKK",
                                   "Turkish police", "Istanbul police", "Two teachers"])  # fmt: skip
def test_offices_peoples_and_known_actors_are_no_names(words: str) -> None:
    assert not has_name(words)


def test_the_command_writes_what_the_library_writes(ledger: Ledger, tmp_path: Path) -> None:
    out = tmp_path / "e.zip"
    options = ["--type", "bombing", "--without-names", "--format", "jsonl", "--out", str(out)]
    done = CliRunner().invoke(cli, ["export", "--ledger", ledger.store.name, *options])
    assert done.exit_code == 0, done.output
    own = io.BytesIO()
    written(ledger, Edition(Query(types=("bombing",)), "jsonl", names="none"), own)
    assert out.read_bytes() == own.getvalue()
    assert "killed" in CliRunner().invoke(cli, ["export", "--list-columns"]).output


def test_the_events_of_a_case_share_its_id(tmp_path: Path, case_reports: list[Coding]) -> None:
    with Ledger.open(str(tmp_path / "cases.sqlite"), create=True, by="ann") as ledger:
        ledger.add(case_reports)
        rows = _rows(_edition(ledger, Edition(Query(text="tikrit"))), "events.csv")
        (arrest,) = [row for row in rows if row["type"] == "arrest"]
        stages = _rows(_edition(ledger, Edition(Query(case=arrest["case"]))), "events.csv")
        assert {row["type"] for row in stages} == {"bombing", "arrest", "sentence"}
        assert {row["case"] for row in stages} == {arrest["case"]}
