"""Our events beside another project's: matches, what each lacks, where they differ. All rows are made up."""
# ruff: noqa: E501  rows of tables

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.cli.compare import _KNOWN
from dateline.linking.weights import default_weights
from dateline.publishing import comparing, theirs
from dateline.publishing.errors import BadTheirs

_HEAD = (
    "event_id,type,status,scope,start,end,place,admin1,country,lat,lon,agents,targets,victims,killed,wounded,kidnapped"
)
_OURS = """\
e-1,bombing,occurred,event,2024-05-14,2024-05-14,Mosul,Nineveh,IQ,36.335,43.119,Islamic State,market,,12,30,
e-2,attack,occurred,event,2024-05-20,2024-05-20,Kirkuk,Kirkuk,IQ,35.468,44.392,gunmen,police,,3,,
e-3,bombing,occurred,event,2024-06-01,2024-06-01,Basra,Basra,IQ,30.508,47.783,,checkpoint,,5,,
e-4,arrest,occurred,event,2024-05-14,2024-05-14,Mosul,Nineveh,IQ,36.335,43.119,police,,,,,
e-5,bombing,planned,event,2024-05-14,2024-05-14,Mosul,Nineveh,IQ,36.335,43.119,,,,,,
e-6,bombing,occurred,event,2024-05-14,2024-05-14,Lagos,Lagos,NG,6.45,3.39,,,,2,,
"""
_ACLED = """\
event_id_cnty,event_date,event_type,sub_event_type,actor1,assoc_actor_1,actor2,assoc_actor_2,country,admin1,location,latitude,longitude,fatalities
IRQ1,14 May 2024,Explosions/Remote violence,Remote explosive/landmine/IED,Islamic State (Iraq),,Civilians (Iraq),,Iraq,Ninewa,Mosul,36.34,43.13,14
IRQ2,21 May 2024,Violence against civilians,Attack,Unidentified Armed Group (Iraq),,Civilians (Iraq),,Iraq,Kirkuk,Kirkuk,35.47,44.39,3
IRQ3,02 June 2024,Explosions/Remote violence,Air/drone strike,Military Forces,,Islamic State (Iraq),,Iraq,Diyala,Khanaqin,34.35,45.38,0
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    ours, acled = tmp_path / "ours.csv", tmp_path / "acled.csv"
    ours.write_text(f"{_HEAD}\n{_OURS}")
    acled.write_text(_ACLED)
    return ours, acled


def _found(ours: Path, other: Path) -> comparing.Comparison:
    rows = theirs.rows_of(other)
    yours = list(theirs.read(rows, theirs.mapping_of(theirs.guessed(rows[0])), "theirs"))
    mine = comparing.within(theirs.read(theirs.rows_of(ours), theirs.mapping_of("dateline"), "ours"), yours)
    return comparing.compare(mine, yours, default_weights())


def test_the_command_knows_all_mappings() -> None:
    assert theirs.mappings() == _KNOWN


def test_what_is_one_is_matched_and_what_each_lacks_is_told(files: tuple[Path, Path]) -> None:
    found = _found(*files)
    assert {(m.ours.id, m.theirs.id) for m in found.matches} == {("e-1", "IRQ1"), ("e-2", "IRQ2")}
    assert [one.id for one in found.only_ours] == ["e-3"] and [one.id for one in found.only_theirs] == ["IRQ3"]
    first = next(m for m in found.matches if m.ours.id == "e-1")
    assert "when same day" in first.why() and "groups shared" in first.why()
    assert first.differing() == ["admin1", "killed"] and first.weight == round(sum(p.weight for p in first.parts), 2)
    told = {one.field: (one.compared, one.same) for one in found.agreements()}
    assert told["type"] == (2, 2) and told["start"] == (2, 1) and told["killed"] == (2, 1) and told["country"] == (2, 2)


def test_the_order_of_rows_does_not_matter(files: tuple[Path, Path], tmp_path: Path) -> None:
    head, *rows = _ACLED.splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(rows)]) + "\n")
    assert list(comparing.rows(_found(*files))) == list(comparing.rows(_found(files[0], turned)))


def test_the_command_writes_a_table_and_a_map(files: tuple[Path, Path], tmp_path: Path) -> None:
    table, chart = tmp_path / "t.csv", tmp_path / "m.geojson"
    done = CliRunner().invoke(cli, ["compare", *map(str, files), "--table", str(table), "--map", str(chart)])
    assert done.exit_code == 0, done.output
    assert "2 matched" in done.output and "we lack: 1 airstrike" in done.output
    with table.open(newline="") as stream:
        assert [row["kind"] for row in csv.DictReader(stream)] == ["matched", "matched", "only ours", "only theirs"]
    kinds = [f["properties"]["kind"] for f in json.loads(chart.read_text())["features"]]
    assert {"matched", "only ours", "only theirs"} == set(kinds)


def test_gtd_and_ucdp_are_known_by_their_columns_and_days_may_be_vague(
    tmp_path: Path, files: tuple[Path, Path]
) -> None:
    gtd = tmp_path / "gtd.csv"
    gtd.write_text(
        "eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,attacktype1_txt,gname,target1,nkill,nwound,"
        "nhostkid\n1,2024,5,14,Iraq,Nineveh,Mosul,36.33,43.12,Bombing/Explosion,Islamic State,market,12,30,\n"
        "2,2024,6,0,Iraq,Basra,Basra,30.5,47.78,Bombing/Explosion,Unknown,checkpoint,5,,\n"
    )
    assert {(m.ours.id, m.theirs.id) for m in _found(files[0], gtd).matches} == {("e-1", "1"), ("e-3", "2")}
    ucdp = tmp_path / "ged.csv"
    ucdp.write_text(
        "id,date_start,date_end,country,adm_1,where_coordinates,latitude,longitude,best,side_a,side_b\n"
        "77,2024-05-14 00:00:00.000,2024-05-14 00:00:00.000,Iraq,Nineveh,Mosul city,36.335,43.119,12,IS,Civilians\n"
    )
    assert {(m.ours.id, m.theirs.id) for m in _found(files[0], ucdp).matches} == {("e-1", "77")}


def test_any_table_is_read_by_a_mapping(files: tuple[Path, Path], tmp_path: Path) -> None:
    other, how = tmp_path / "mine.csv", tmp_path / "mine.yaml"
    other.write_text("nr;tag;ort;land;breite;laenge;tote\n1;14/05/2024;Mosul;Iraq;36.335;43.119;12\n")
    how.write_text(
        "title: our clippings\ncolumns: {id: nr, start: tag, place: ort, country: land, lat: breite, lon: laenge, killed: tote}\n"
        "types: [{type: bombing}]\n"
    )
    done = CliRunner().invoke(cli, ["compare", str(files[0]), str(other), "--mapping", str(how)])
    assert done.exit_code == 0 and "1 matched" in done.output, done.output


def test_what_cannot_be_compared_is_said(tmp_path: Path, files: tuple[Path, Path]) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("a,b\n1,2\n")
    with pytest.raises(BadTheirs, match="no project"):
        theirs.guessed(theirs.rows_of(odd)[0])
    with pytest.raises(BadTheirs, match="no column"):
        list(theirs.read(theirs.rows_of(odd), theirs.mapping_of("acled"), "theirs"))
    how = tmp_path / "bad.yaml"
    how.write_text("title: x\ncolumns: {nosuch: a}\n")
    with pytest.raises(BadTheirs, match="nosuch"):
        theirs.mapping_of(None, how)
