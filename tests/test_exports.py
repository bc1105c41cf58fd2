"""Exports of the samples, read by other people's code: what we write is what their tools understand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.export_speed import fill, measured
from click.testing import CliRunner

from dateline.cli import cli
from dateline.cli.demo import _samples
from dateline.cli.export_options import ENDINGS, LAYOUTS
from dateline.engines import code
from dateline.ledger import Ledger, Query
from dateline.ledger.access import Access
from dateline.ledger.errors import NoLedger, NoSuchReport
from dateline.linking import link
from dateline.model.event import EventCount
from dateline.model.knowledge import load
from dateline.model.vocabulary import METHODS, TYPES
from dateline.publishing import FORMATS, LEVELS, Edition, written, written_bare
from dateline.publishing.antimeridian import box_of, line
from dateline.publishing.coarsening import Coarsening, wide
from dateline.publishing.columns import tables
from dateline.publishing.crosswalks import GETTERS, layouts
from dateline.publishing.formats import FORMATS as KNOWN
from dateline.publishing.formats import ftm
from dateline.publishing.keys import ReportKeys
from dateline.publishing.names import SOMEBODY, of_report


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("samples") / "samples.sqlite"
    with Ledger.open(str(path), create=True, by="ann") as opened:
        opened.add(_samples())
        opened.judge("comment", opened.events().events[0].id, "Seen by two of us.")
        yield opened


def _pack(ledger: Ledger, edition: Edition, folder: Path) -> Path:
    """The files of an edition in a folder."""
    out = io.BytesIO()
    written(ledger, edition, out)
    zipfile.ZipFile(out).extractall(folder)
    return folder


def test_the_command_knows_all_formats_and_layouts() -> None:
    assert {name: one.ending for name, one in KNOWN.items()} == ENDINGS
    assert tuple(layouts()) == LAYOUTS


def test_a_table_alone_names_the_reports_of_all_its_events(ledger: Ledger) -> None:
    own = {account.report for event in ledger.all_events() for account in event.accounts}
    for level in LEVELS:
        assert own == set(written_bare(ledger, Edition(level=level), io.BytesIO())["reports"])


def test_codings_in_few_questions_are_those_that_are_asked_one_by_one(ledger: Ledger) -> None:
    keys = [account.report for event in ledger.all_events() for account in event.accounts]
    assert ledger.coded_all(keys) == {key: ledger.coded(key) for key in keys}
    with pytest.raises(NoSuchReport, match="DL-L013 none"):
        ledger.coded_all([*keys, "none"])


@pytest.mark.parametrize("form", FORMATS)
def test_the_made_up_ledger_of_the_benchmark_can_be_written_as_each_format(form: str, tmp_path: Path) -> None:
    fill(str(tmp_path / "made.sqlite"), 7)
    with Ledger.open(str(tmp_path / "made.sqlite")) as made:
        told = written_bare(made, Edition(format=form), io.BytesIO())
        assert (told["rows"], len(told["reports"])) == (7, 7)
        coding, _ = made.coded(list(told["reports"])[3])
        [account] = coding.accounts
        assert coding.report.text[account.trigger.start : account.trigger.end] == "Clash"


def test_keys_of_reports_are_kept_once_and_in_order_in_eight_bytes_each() -> None:
    keys = ReportKeys()
    for first in range(0, 60_000, 3):  # Each three times: what comes twice is thrown out on the way.
        keys.add(f"{n % 20_000:016x}" for n in range(first, first + 3))
    assert list(keys) == [f"{n:016x}" for n in range(20_000)] and len(keys) == 20_000
    assert not list(ReportKeys())


@pytest.mark.slow
def test_parquet_takes_no_more_memory_for_more_events(tmp_path: Path) -> None:
    """Four times as many events take as much; benchmarks/export_speed.py measures 100,000."""
    took = []
    for number in (10_000, 40_000):
        fill(str(tmp_path / f"{number}.sqlite"), number)
        took.append(measured(str(tmp_path / f"{number}.sqlite"), "parquet")[3])
    assert took[1] < took[0] + 15, took


def test_a_child_of_the_benchmark_that_fails_ends_it(tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        measured(str(tmp_path / "none.sqlite"), "csv")


@pytest.mark.parametrize("level", LEVELS)
def test_pandas_and_pyarrow_read_parquet(ledger: Ledger, tmp_path: Path, level: str) -> None:
    import pandas as pd
    import pyarrow.parquet as pq

    path = _pack(ledger, Edition(format="parquet", level=level), tmp_path) / f"{level}s.parquet"  # type: ignore[arg-type]
    frame = pd.read_parquet(path)
    assert list(frame.columns) == [c.name for c in tables()[f"{level}s"].columns if c.basic]
    assert len(frame) == json.loads((tmp_path / "manifest.json").read_text())["rows"] == pq.read_table(path).num_rows
    if level == "claim":
        assert frame[["field", "value", "coder", "confidence", "judgement"]].notna().all().all()
        assert frame["comments"].str.contains("ann: Seen by two of us.").any()


@pytest.mark.parametrize("form", ["geoparquet", "gpkg", "geojson"])
def test_geopandas_reads_maps(ledger: Ledger, tmp_path: Path, form: str) -> None:
    import geopandas as gpd

    path = _pack(ledger, Edition(format=form), tmp_path) / f"events.{form}"
    if form == "geoparquet":
        frame = gpd.read_parquet(path)
    else:
        frame = gpd.read_file(path, layer="events" if form == "gpkg" else None)
    assert len(frame) == ledger.count() and frame.crs.to_string() in ("EPSG:4326", "OGC:CRS84")
    points = {row.id: row for row in ledger.all_events()}
    placed = frame[frame.geometry.notna()]
    assert len(placed) > 5
    for _, row in placed.iterrows():
        place = points[row["event_id"]].where[0]
        assert (row.geometry.x, row.geometry.y) == pytest.approx((place.lon, place.lat))
    if form == "gpkg":
        import pyogrio

        names = {name for name, _ in pyogrio.list_layers(path)}
        assert names == {"events", "accounts", "claims", "figures", "sources", "links", "rollups", "custody"}


def test_openpyxl_reads_the_workbook(ledger: Ledger, tmp_path: Path) -> None:
    import openpyxl

    path = _pack(ledger, Edition(format="xlsx"), tmp_path) / "events.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "events" and {"claims", "links", "rollups", "custody"} <= set(book.sheetnames)
    rows = list(book["events"].values)
    assert len(rows) == ledger.count() + 1
    first = dict(zip(rows[0], rows[1], strict=True))
    assert isinstance(first["start"], dt.datetime) and isinstance(first["confidence"], float)
    assert not any(cell.data_type == "f" for row in book["claims"].iter_rows() for cell in row)


@pytest.mark.parametrize(
    "edition",
    [
        *(Edition(level=level) for level in LEVELS),
        *(Edition(format=form) for form in FORMATS),
        Edition(layout="ucdp"),
        Edition(columns=("event_id", "type")),
    ],
    ids=lambda e: f"{e.level}-{e.layout or e.format}",
)
def test_frictionless_finds_the_package_valid(
    ledger: Ledger, tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    import frictionless

    _pack(ledger, edition, tmp_path)
    monkeypatch.chdir(tmp_path)
    report = frictionless.validate("datapackage.json", type="package")
    assert report.valid, report.flatten(["taskNumber", "fieldName", "message"])[:5]
    assert report.stats["tasks"] > 5


@pytest.mark.parametrize("incidents", [False, True])
def test_stix2_parses_the_bundle(ledger: Ledger, tmp_path: Path, incidents: bool) -> None:
    import stix2

    path = _pack(ledger, Edition(format="stix", incidents=incidents), tmp_path) / "events.stix.json"
    bundle = stix2.parse(path.read_text(encoding="utf-8"), allow_custom=incidents)
    kinds = [one["type"] for one in bundle.objects]
    assert kinds.count("incident") == ledger.count() and {"location", "identity", "relationship"} <= set(kinds)
    assert ({"event", "impact"} <= set(kinds)) == incidents
    known = {one["id"] for one in bundle.objects}
    refs = {one[k] for one in bundle.objects for k in ("source_ref", "target_ref") if k in one}
    assert refs <= known and len(known) == len(kinds)


def test_rdflib_reads_the_graph(ledger: Ledger, tmp_path: Path) -> None:
    import rdflib

    path = _pack(ledger, Edition(format="jsonld"), tmp_path) / "events.jsonld"
    graph = rdflib.Graph().parse(path, format="json-ld")
    sem, schema = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/"), rdflib.Namespace("https://schema.org/")
    events = set(graph.subjects(rdflib.RDF.type, sem.Event))
    assert len(events) == ledger.count() and events == set(graph.subjects(rdflib.RDF.type, schema.Event))
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == sum(len(c.figures) for e in ledger.all_events() for c in e.counts)
    assert all(graph.value(claim, schema.appearance) for claim in claims)


def test_followthemoney_validates_the_entities(ledger: Ledger, tmp_path: Path) -> None:
    from followthemoney import model

    path = _pack(ledger, Edition(format="ftm"), tmp_path) / "events.ftm.jsonl"
    entities = [model.get_proxy(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    for entity in entities:
        entity.schema.validate(entity.to_dict())
    assert sum(entity.schema.name == "Event" for entity in entities) == ledger.count()
    known = {entity.id for entity in entities}
    assert all(set(e.get("organizer", quiet=True)) <= known for e in entities)
    dropped = [(k, v) for line in path.read_text(encoding="utf-8").splitlines()
               for k, v in json.loads(line)["properties"].items()
               if set(model.get_proxy(json.loads(line)).get(k)) != set(v)]  # fmt: skip
    assert not dropped, "values that their types refuse"


def test_followthemoney_is_told_what_is_most_likely_of_a_range(ledger: Ledger) -> None:
    event = next(ledger.all_events())
    count = EventCount("killed", "civilian", 10, 15, 20, "mode", ())
    told = next(one for one in ftm.entities(replace(event, counts=(count,))) if one["schema"] == "Event")
    assert told["properties"]["summary"] == ["killed (civilian): 15 (10 to 20)"]


def test_sqlite_utils_reads_the_database(ledger: Ledger, tmp_path: Path) -> None:
    import sqlite_utils

    folder = _pack(ledger, Edition(format="sqlite"), tmp_path)
    database = sqlite_utils.Database(str(folder / "events.sqlite"))
    assert database["events"].count == ledger.count() and database["events"].pks == ["event_id"]
    orphans = "select count(*) from claims where event_id not in (select event_id from events)"
    assert database.execute(orphans).fetchone() == (0,)
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    told = json.loads((folder / "datasette.json").read_text())["databases"]["events"]["tables"]
    for table in database.tables:
        assert {c.name for c in table.columns} <= set(told[table.name]["columns"])


def test_hxl_tags_stand_below_the_heads(ledger: Ledger, tmp_path: Path) -> None:
    lines = (_pack(ledger, Edition(format="hxl"), tmp_path) / "events.hxl.csv").read_text().splitlines()
    assert lines[1].startswith("#event+id,#event+type,#event+method")
    known = {c.name for table in tables().values() for c in table.columns}
    tags = load("dateline.publishing", "hxl.yaml", dict[str, str])
    assert set(tags) <= known and all(tag.startswith("#") for tag in tags.values())


def test_a_citation_can_be_read(ledger: Ledger, tmp_path: Path) -> None:
    import yaml

    folder = _pack(ledger, Edition(), tmp_path)
    told = yaml.safe_load((folder / "CITATION.cff").read_text())
    assert (told["cff-version"], told["type"], told["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    assert {"title", "message", "authors"} <= set(told)
    assert (folder / "citation.bib").read_text().count("{") == (folder / "citation.bib").read_text().count("}")
    assert "creativecommons.org/licenses/by/4.0" in (folder / "LICENSE.txt").read_text()


# ---------------------------------------------------------------- other projects' layouts


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_sound_and_says_what_it_loses(ledger: Ledger, tmp_path: Path, name: str) -> None:
    from dateline.publishing.columns import FILLED

    layout = layouts()[name]
    assert {t for rule in layout.types for t in rule.type} <= TYPES and layout.losses
    given = {key for rule in layout.types for key in rule.give}
    for column in layout.columns:
        of = column.of or ""
        assert not of or of in GETTERS or of in FILLED or of.removeprefix("give.") in given, column
    folder = _pack(ledger, Edition(layout=name), tmp_path)
    rows = list(csv.DictReader((folder / f"{name}.csv").open(newline="")))
    assert rows and list(rows[0]) == list(layout.head)
    assert len(set(layout.head)) == len(layout.head) and {column.name for column in layout.columns} <= set(layout.head)
    told = [row["column"] for row in csv.DictReader((folder / "codebook.csv").open()) if row["table"] == layout.title]
    assert told == list(layout.head), "each column of theirs is documented, also those that stay empty"
    assert len((folder / "losses.csv").read_text().splitlines()) == len(layout.losses) + 1


@pytest.mark.parametrize(
    ("name", "columns"), [("acled", 31), ("ucdp", 49), ("gtd", 135), ("plover", 40), ("cameo", 61)]
)
def test_a_layout_has_all_columns_of_their_table(name: str, columns: int) -> None:
    """How many their published tables have: scripts that read by place or by name find what they look for."""
    assert len(layouts()[name].head) == columns
    assert {m for rule in layouts()[name].types for m in rule.method} <= METHODS


def test_sides_are_ordered_as_ucdp_orders_them() -> None:
    """A state is side A whoever struck; the dead of a side are those that reports give to it."""
    soldiers = code("Rebels killed five soldiers and three civilians near Goma on Monday.", "2024-05-15")
    [event] = [e for e in link([soldiers]) if e.type in ("attack", "killing")]
    filled = {name: GETTERS[name](event) for name in ("side_a", "side_b", "deaths_a", "deaths_b", "deaths_civilians")}
    assert filled["deaths_civilians"] == 3 and filled["deaths_a"] == 5 and filled["deaths_b"] == 0, filled
    assert "soldier" in str(filled["side_a"]) and "ebel" in str(filled["side_b"]), filled


def test_codes_of_precision_are_theirs(ledger: Ledger, tmp_path: Path) -> None:
    rows = list(csv.DictReader((_pack(ledger, Edition(layout="acled"), tmp_path) / "acled.csv").open()))
    ours = {event.id: event for event in ledger.all_events()}
    for row in rows:
        event = ours[row["event_id_cnty"]]
        when, where = event.when, event.where
        assert row["time_precision"] == (
            "" if when is None else "1" if when.precision == "day" else row["time_precision"]
        )
        if where and where[0].precision == "admin1":
            assert row["geo_precision"] == "3"
        if where and where[0].precision == "city":
            assert row["geo_precision"] == "1"


# ---------------------------------------------------------------- people


_NAMED = (
    "Gunmen shot Karim Haddad, a baker, near Shifa Hospital on Monday. Police colonel Saad Hamdani said Haddad's "
    "brother Omar al-Faruqi was held. Hamdani blamed the Islamic State. Lina Sadr, the mayor of Kirkuk, asked for calm."
)


def test_officials_keep_their_names_and_private_people_do_not() -> None:
    told = of_report(["Kirkuk"], ["Karim Haddad"], _NAMED, "officials").words(_NAMED)
    assert "Saad Hamdani" in told and "Lina Sadr" in told and "Islamic State" in told and "Shifa Hospital" in told
    assert not any(name in told for name in ("Karim", "Haddad", "Omar", "Faruqi")) and SOMEBODY in told
    none = of_report(["Kirkuk"], ["Karim Haddad"], _NAMED, "none").words(_NAMED)
    assert not any(name in none for name in ("Haddad", "Hamdani", "Sadr", "Faruqi")) and "Kirkuk" in none


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_and_no_level_tells_a_name_that_is_left_out(ledger: Ledger, tmp_path: Path, form: str) -> None:
    """What is inside files of databases and workbooks is read, too."""
    names = {n for e in ledger.all_events() for a in e.actors if a.kind == "person" for n in (a.name,)}
    assert len(names) >= 3
    for level in ("event",) if KNOWN[form].events_only else LEVELS:
        folder = _pack(ledger, Edition(format=form, level=level, names="none"), tmp_path / level)  # type: ignore[arg-type]
        told = "".join(_text_of(path) for path in sorted(folder.iterdir()))
        assert SOMEBODY in told
        assert not [name for name in names if name in told], (form, level)


def _text_of(path: Path) -> str:
    if path.suffix in (".sqlite", ".gpkg"):
        with sqlite3.connect(path) as connection:
            return "\n".join(connection.iterdump())
    if path.suffix == ".xlsx":
        book = zipfile.ZipFile(path)
        return "".join(book.read(name).decode() for name in book.namelist())
    if path.suffix in (".parquet", ".geoparquet"):
        import pyarrow.parquet as pq

        return str(pq.read_table(path).to_pylist())
    return path.read_text(encoding="utf-8")


#: Files that quote nothing of the events; addresses of reports are told as they are (docs/publishing.md).
_SAYING_NO_PLACE = ("codebook.csv", "CODEBOOK.md", "custody.csv", "sources.csv")


@pytest.mark.parametrize("level", LEVELS)
def test_coarse_places_and_days_leave_nothing_finer_behind(ledger: Ledger, tmp_path: Path, level: str) -> None:
    rules = (Coarsening("admin1", "month"),)
    edition = Edition(format="parquet", level=level, coarsening=rules, names="all")  # type: ignore[arg-type]
    folder = _pack(ledger, edition, tmp_path)
    told = "".join(_text_of(p) for p in folder.iterdir() if p.name not in _SAYING_NO_PLACE)
    fine = {p.name for e in ledger.all_events() for p in e.where if p.precision in ("city", "site", "district")}
    wider = {name for e in ledger.all_events() for p in e.where for name in (p.admin1, p.country) if name}
    wider |= {p.name for e in ledger.all_events() for p in e.where if p.precision in ("admin1", "country")}
    assert len(fine) > 5
    leaks = [name for name in fine if not any(name in one for one in wider) and name in told]
    assert not leaks
    if level != "claim":
        import pandas as pd

        frame = pd.read_parquet(folder / f"{level}s.parquet")
        dated = frame[frame["start"].notna()]
        assert set(pd.to_datetime(dated["start"]).dt.day) == {1}
        assert not set(frame["place_precision"].dropna()) & {"city", "site", "neighbourhood", "district"}


def test_coarsening_is_by_event_too(ledger: Ledger, tmp_path: Path) -> None:
    import pandas as pd

    rule = Coarsening("country", types=("bombing",))
    edition = Edition(format="parquet", columns=("type", "place_precision", "coarsened"), coarsening=(rule,))
    frame = pd.read_parquet(_pack(ledger, edition, tmp_path) / "events.parquet")
    assert set(frame[frame["type"] == "bombing"]["coarsened"]) == {"place to country"}
    assert frame[frame["type"] != "bombing"]["coarsened"].isna().all()
    assert "country" in json.loads((tmp_path / "manifest.json").read_text())["coarsening"][0]["place"]
    assert "less exact" in (tmp_path / "README.txt").read_text()


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    day = dt.date(2024, 2, 29)
    assert wide(day, day, "week") == (dt.date(2024, 2, 26), dt.date(2024, 3, 3))
    assert wide(day, day, "month") == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))


# ---------------------------------------------------------------- the 180th meridian


def test_a_box_over_the_meridian_is_narrow_and_a_line_is_cut_there() -> None:
    assert box_of([(179.0, -17.0), (-179.0, -16.0)]) == [179.0, -17.0, -179.0, -16.0]
    assert box_of([(10.0, 1.0), (20.0, 2.0)]) == [10.0, 1.0, 20.0, 2.0] and box_of([]) is None
    cut = line((178.0, -10.0), (-178.0, -12.0))
    assert cut == {"type": "MultiLineString", "coordinates": [[[178.0, -10.0], [180.0, -11.0]],
                                                              [[-180.0, -11.0], [-178.0, -12.0]]]}  # fmt: skip
    assert line((-178.0, 0.0), (178.0, 0.0))["coordinates"][0][1] == [-180.0, 0.0]  # type: ignore[index]
    assert line((0.0, 0.0), (1.0, 1.0))["type"] == "LineString"


# ---------------------------------------------------------------- the same bytes


@pytest.mark.parametrize("form", FORMATS)
def test_verify_makes_the_same_bytes_after_the_ledger_went_on(ledger: Ledger, tmp_path: Path, form: str) -> None:
    path = tmp_path / "e.zip"
    at = ["export", "--ledger", ledger.store.name, "--format", form, "--out", str(path), "--coarse-days", "week"]
    assert CliRunner().invoke(cli, at).exit_code == 0
    ledger.judge("accept", ledger.events().events[1].id)
    done = CliRunner().invoke(cli, ["verify", str(path), "--ledger", ledger.store.name])
    assert done.exit_code == 0 and "the same bytes" in done.output, done.output


def test_verify_says_that_reports_were_sealed_or_purged_since(ledger: Ledger, tmp_path: Path) -> None:
    path, name = str(tmp_path / "e.zip"), ledger.store.name
    assert CliRunner().invoke(cli, ["export", "--ledger", name, "--out", path]).exit_code == 0
    one, other = (account.report for account in [e.accounts[0] for e in ledger.all_events()][:2])
    ledger.set_access(one, Access("sealed"))
    done = CliRunner().invoke(cli, ["verify", path, "--ledger", name])
    assert done.exit_code == 0 and "the same bytes" in done.output
    assert "changed since for 1 report" in done.output and one in done.output
    sealed, revision = str(tmp_path / "s.zip"), ledger.revision() - 1
    at = ["export", "--ledger", name, "--out", sealed, "--as-of", str(revision)]
    assert CliRunner().invoke(cli, at).exit_code == 0
    ledger.set_access(one, Access("open"))
    done = CliRunner().invoke(cli, ["verify", sealed, "--ledger", name])
    assert done.exit_code == 0 and f"as it was at revision {revision + 1}" in done.output, done.output
    ledger.remove(other, "asked", purge_text=True)
    done = CliRunner().invoke(cli, ["verify", path, "--ledger", name])
    assert done.exit_code == 1 and "1 report purged since" in done.output, done.output


def test_verify_says_what_differs(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with path.open("wb") as out:
        written(ledger, Edition(Query(types=("arrest",))), out)
    with Ledger.open(str(tmp_path / "other.sqlite"), create=True, by="ann") as other:
        other.add(_samples()[:3])
    done = CliRunner().invoke(cli, ["verify", str(path), "--ledger", str(tmp_path / "other.sqlite")])
    assert done.exit_code == 1
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"x" if name == "events.csv" else b""))
    done = CliRunner().invoke(cli, ["verify", str(damaged), "--ledger", ledger.store.name])
    assert "events.csv is not what was written" in str(done.exception)
