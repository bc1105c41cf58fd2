"""What a new user stumbled over at the terminal, each mended once and for all."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline.cli import cli
from dateline.cli.event_text import _chosen, _history
from dateline.cli.keys import _prompt
from dateline.cli.layout import fitted_text
from dateline.cli.review import _KEYS
from dateline.ledger import Ledger
from dateline.ledger.errors import DoubtfulEvent
from dateline.ledger.reviewing import harmed_of, people_of
from dateline.model import Account, Coding, Span, words
from dateline.model.event import CountStep, Event, EventCount, Figure
from dateline.model.vocabulary import Party, What
from dateline.publishing.asked import in_words
from dateline.publishing.columns import people
from dateline.publishing.paths import bare, shared_folder

TABLE = """title,text
Clash at the ford,"Gunmen shot dead two guards in Kabul on Monday, police said."
,"Police arrested three men in Herat on Monday, officials said."
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, case_reports: list[Coding]) -> Iterator[str]:
    path = str(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    with Ledger.open(path, create=True, by="ann") as opened:
        opened.add(case_reports)
    yield path


def ids_of(ledger: str) -> list[str]:
    with Ledger.open(ledger) as opened:
        return [str(row.id) for row in opened.all_events()]


# ---------------------------------------------------------------- one event, what changed


def test_as_much_of_an_id_as_no_other_event_has_is_enough(ledger: str) -> None:
    ids = ids_of(ledger)
    for event in ids:
        length = next(n for n in range(3, 15) if sum(other.startswith(event[:n]) for other in ids) == 1)
        assert json.loads(run("show", event[:length], "--ledger", ledger).stdout)["id"] == event
    with Ledger.open(ledger) as opened:
        assert opened.event(ids[0][:9]).event.id == ids[0]
    assert "DL-L007" in str(run("show", "e-_", "--ledger", ledger).exception)  # no wildcard
    assert "DL-L007" in str(run("show", "e-", "--ledger", ledger).exception)


def test_what_several_ids_begin_with_names_them(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.ledger.asking.finding._BEGINNING", 2)
    with Ledger.open(ledger) as opened, pytest.raises(DoubtfulEvent) as doubt:
        opened.event("e-")
    assert doubt.value.code == "DL-L020"
    assert all(event in str(doubt.value) for event in sorted(ids_of(ledger))[:5])


def test_a_difference_says_which_event_it_is_of_in_a_pipe_too(ledger: str) -> None:
    told = [json.loads(line) for line in run("diff", 0, 1, "--ledger", ledger).stdout.splitlines()]
    with Ledger.open(ledger) as opened:
        for change in told:
            event = opened.event(change["event"]).event
            assert (change["kind"], change["type"]) == ("new", event.type)
            assert change["when"] == event.as_record()["when"]
            assert change["place"] == (event.where[0].name if event.where else None)
    text = run("diff", 0, 1, "--ledger", ledger, "--format", "text").stdout
    assert all(f"{change['event']}  {change['type']}" in text for change in told)


# ---------------------------------------------------------------- words


def test_terms_are_words() -> None:
    told = Account("a1", "bombing", "foiled", "rollup", Span(0, 1), (), method=("roadside_bomb", "vehicle_bomb"))
    assert words.what(told) == "bombing (roadside bomb, vehicle bomb), foiled [total]"
    assert words.field("counts.arrested.nonstate") == "arrested (armed group)"
    assert words.field("when") == "the day"


def test_a_toll_of_one_day_has_no_order_and_its_rule_is_said_in_words() -> None:
    def count(*told: tuple[int, str, str]) -> EventCount:
        figures = tuple(Figure(uri, "a1", n, n, n, str(n), None) for n, _, uri in told)
        history = tuple(CountStep(day, n, n, n, 1) for n, day, _ in told)
        return EventCount("killed", None, 41, 41, 41, "revised", figures, history)

    same_day = count((38, "2026-11-20", "a"), (41, "2026-11-20", "b"))
    assert _history(same_day) == ": 38 or 41 (2026-11-20)"
    assert _history(count((38, "2026-11-20", "a"), (41, "2026-11-21", "b"))) == (
        ": 38 (2026-11-20), then 41 (2026-11-21)"
    )
    assert _chosen(same_day) == ", the latest figure"
    assert _chosen(count((38, "2026-11-20", "a"), (38, "2026-11-20", "b"))) == ", all reports agree"
    assert _chosen(count((38, "2026-11-20", "a"))) == ""


def test_the_prompt_says_what_each_key_does_and_wraps_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.cli.layout.width_of", lambda _: 60)
    lines = _prompt(_KEYS).split("\n")
    assert max(map(len, lines)) <= 60 and len(lines) > 1
    told = [part for line in lines for part in line.split("  ")]
    assert told == [f"{key} {does}" for key, does in _KEYS.items()]
    shown = run("review", "--help").stdout
    assert "[default: doubt]" in shown and "n near" in shown


def test_review_goes_by_the_order_asked_for(ledger: str) -> None:
    def first(*more: str) -> str:
        said = CliRunner().invoke(cli, ["review", "--ledger", ledger, *more], input="q\n").stdout
        return next(word for word in said.split() if word.startswith("e-"))

    for order in ("newest", "oldest", "doubt"):
        rows = run("events", "--ledger", ledger, "--order", order, "--limit", 1).stdout
        assert first("--order", order) == json.loads(rows)["id"]
    assert first() == first("--order", "doubt")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_explanations_wrap_at_the_width_of_the_terminal_beside_their_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    line = "    how many   'two men from the valley' -> 2 unknown arrested"
    told = fitted_text(f"a1\n{line}\n", _Terminal()).split("\n")
    assert told[0] == "a1" and max(map(len, told)) <= 40
    assert told[1].startswith("    how many   'two") and told[2].startswith(" " * 15)
    assert " ".join(" ".join(told[1:]).split()) == " ".join(line.split())
    assert fitted_text(line, io.StringIO()) == line


# ---------------------------------------------------------------- at the end, and over the tables


def test_at_the_end_it_is_told_what_was_unsure_and_which_reports_have_no_date(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Police arrested three men in Herat on Monday, officials said.", encoding="utf-8")
    told = run("code", path, "--format", "table").stderr
    assert f"Days are missing in 1 report without a publication date: {path}. Give it: --published" in told
    assert "Days are missing" not in run("code", path, "--format", "table", "--published", "2024-05-15").stderr


def test_accounts_left_out_as_unsure_are_counted_with_their_report(monkeypatch: pytest.MonkeyPatch) -> None:
    import dateline
    from dateline.cli.tally import Tally
    from dateline.engines.seam import coded_batch, coded_of

    text = "Gunmen shot dead two guards in Kabul on Monday, police said."
    assert dateline.code(text, "2024-05-15", reader="learned").unsure == ()
    monkeypatch.setattr("dateline.coding.passes.accepting.LEAST", 1.1)
    monkeypatch.setattr("dateline.coding.passes.accepting.PLAIN", 1.1)
    coding = dateline.code(text, "2024-05-15", uri="news/a.txt", reader="learned")
    assert coding.accounts == () and coding.unsure
    tally = Tally()
    tally.take(coding)
    n = len(coding.unsure)
    assert f"Left out as unsure: {n} account{'' if n == 1 else 's'}, of news/a.txt." in "\n".join(tally.said())
    assert "Nothing that is coded in 1 of 1 report." in tally.said()
    others = Tally()
    for one in coded_of(coded_batch([(0, coding)])):
        others.take(one)
    assert others.said() == tally.said()


def test_accounts_below_the_least_confidence_are_counted_alike_in_one_process_and_in_many(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Police arrested three men in Herat on Monday, officials said.", encoding="utf-8")
    done = [run("code", path, "--format", "jsonl", "--min-confidence", "1", "--processes", n) for n in (1, 2)]
    assert done[0].stdout == done[1].stdout
    for one in done:
        assert "Left out below the least confidence that was asked for: 1 account." in one.stderr
        assert "Nothing that is coded" not in one.stderr and "Days are missing" not in one.stderr


def test_rows_of_a_table_stand_under_their_title_and_files_under_their_name(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text(TABLE, encoding="utf-8")
    shown = run("code", tmp_path / "sheet.csv", "--published", "2024-05-15", "--format", "table").stdout.splitlines()
    assert "Clash at the ford" in shown and "sheet.csv:3" in shown


def test_one_is_no_plural(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Police arrested three men in Herat on Monday, officials said.", encoding="utf-8")
    told = run("add", path, "--published", "2024-05-15", "--ledger", tmp_path / "l.sqlite").stderr
    assert "1 report added." in told and "1 account, 1 new event." in told


def test_files_of_word_processors_and_mail_are_called_so(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Police arrested three men in Herat.", encoding="utf-8")
    for name, called in (
        ("a.docx", "a document of a word processor"),
        ("b.eml", "mail"),
        ("c.xlsx", "a spreadsheet"),
        ("d.pdf", "a PDF"),
    ):
        (tmp_path / name).write_text("Police arrested three men in Herat.", encoding="utf-8")
        done = run("code", tmp_path)
        assert f"Its name is that of {called}. Save it as text" in done.stderr
        (tmp_path / name).unlink()
    (tmp_path / "e.docx").write_bytes(b"PK\x03\x04 and no more")
    assert "save it anew with the program that made it" in run("code", tmp_path).stderr


# ---------------------------------------------------------------- what others get


def test_the_zip_says_how_to_cite_it_in_words(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "x.zip"
    assert run("export", "--ledger", ledger, "--type", "bombing", "--undated", "--out", out).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        cited = archive.read("CITATION.txt").decode()
        assert "Events of type bombing, without a day: " in cited
        assert archive.read("README.txt").decode().startswith(f"How to cite\n\n{cited.strip()}\n")
        assert "CITATION.txt" in archive.read("SHA256SUMS").decode()
        assert json.loads(archive.read("manifest.json"))["query"]["dated"] is False


def test_filters_are_said_as_a_phrase() -> None:
    assert in_words({"order": "newest"}) == "All events but rejected ones"
    asked = {"places": ["Iraq", "SY"], "since": "2024-01-01", "min_confidence": 0.9, "disputed": True}
    assert in_words(asked) == "Events in Iraq or SY, from 2024-01-01 on, at least 90% sure, on which sources disagree"


def test_an_export_has_the_other_places_and_an_empty_one_is_told(ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    run("export", "--ledger", ledger, "--out", out)
    assert "other_places" in next(csv.reader(out.read_text(encoding="utf-8").splitlines()))
    told = run("export", "--ledger", ledger, "--until", "1970-01-01", "--out", out, "--force").stderr
    assert "No event is like that: the table is empty." in told


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_events_say_that_there_are_none(ledger: str, form: str) -> None:
    asked = ("events", "--ledger", ledger, "--format", form)
    assert "No event is like that." in run(*asked, "--until", "1970-01-01").stderr
    assert "No event" not in run(*asked).stderr


def test_no_export_says_where_a_file_lay(tmp_path: Path) -> None:
    for name, town in (("north/a.txt", "Kabul"), ("south/b.txt", "Herat")):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(f"Police arrested three men in {town} on Monday, officials said.", encoding="utf-8")
    ledger, out = tmp_path / "l.sqlite", tmp_path / "x"
    run("add", tmp_path / "north", tmp_path / "south", "--published", "2024-05-15", "--ledger", ledger)
    for form in ("csv", "jsonl", "geojson"):
        assert (
            run("export", "--ledger", ledger, "--out", out.with_suffix(".zip"), "--format", form, "--force").exit_code
            == 0
        )
        with zipfile.ZipFile(out.with_suffix(".zip")) as archive:
            assert not [n for n in archive.namelist() if str(tmp_path).encode() in archive.read(n)]
            told = {row["uri"] for row in csv.DictReader(io.StringIO(archive.read("sources.csv").decode()))}
            figures = csv.DictReader(io.StringIO(archive.read("figures.csv").decode()))
            assert told == {"north/a.txt", "south/b.txt"} == {row["report_uri"] for row in figures}


def test_only_what_all_whole_paths_have_in_common_is_left_out() -> None:
    assert shared_folder(["/home/ann/news/a.txt", "/home/ann/new/b.txt", "wire/1", "https://x.org/1"]) == "/home/ann"
    assert shared_folder(["wire/1"]) == ""
    assert bare("/home/ann/news/a.txt", "/home/ann") == "news/a.txt"
    assert bare("/home/anna/a.txt", "/home/ann") == "/home/anna/a.txt"
    assert bare("/a.txt", "/") == "a.txt" and bare("wire/1", "/") == "wire/1"


def test_accounts_have_their_dead_in_columns_and_no_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("At least 9 people were killed in a bombing in Kabul on Monday, police said.", encoding="utf-8")
    [row] = csv.DictReader(io.StringIO(run("code", path, "--format", "csv", "--published", "2024-05-15").stdout))
    assert "/9/?" in row["counts"] and "None" not in row["counts"]
    assert (row["killed"], row["arrested"]) == ("9", "")
    assert words.slashed(CountStep(None, 9, 9, None, 1)) == "9/9/?"
    assert people([("civilian", 2), ("state", 3)]) == 5
    assert people([("civilian", 2), ("unknown", 7)]) == 7
    assert people([("civilian", None)]) is None and people([]) is None


# ---------------------------------------------------------------- people, actors


def test_marchers_are_nobody_to_whom_something_was_done() -> None:
    def count(what: What, party: Party | None, best: int) -> EventCount:
        return EventCount(what, party, best, best, best, "agreed", ())

    def event(*counts: EventCount) -> Event:
        rest: dict[str, Any] = dict.fromkeys(("when", "part_of", "case"))
        rest |= dict.fromkeys(("method", "where", "actors", "accounts", "disagreements", "why"), ())
        return Event(
            "e-1", "protest", status="occurred", scope="event", counts=counts, sources=1, confidence=0.9, **rest
        )

    told = (count("participants", None, 2000), count("killed", "civilian", 3), count("killed", "state", 2))
    assert (people_of(event(*told)), harmed_of(event(*told))) == (2000, 5)
    more = (*told, count("killed", "unknown", 9), count("wounded", None, 4), count("incidents", None, 9000))
    assert (people_of(event(*more)), harmed_of(event(*more))) == (2000, 13)


def test_an_actor_that_was_added_can_be_taken_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.who import actors, own_actors_file

    monkeypatch.setattr(actors, "home", lambda: tmp_path)
    try:
        added = run("actors", "add", "--name", "Free Valley Front", "--kind", "armed_group")
        assert f"Kept in {own_actors_file()}" in added.stderr and own_actors_file().parent == tmp_path
        run("actors", "add", "--name", "Valley Youth", "--kind", "armed_group", "--parent", "free-valley-front")
        assert "Remove these first" in str(run("actors", "remove", "free-valley-front").exception)
        assert "no actor of your own" in str(run("actors", "remove", "islamic-state").exception)
        for key in ("valley-youth", "free-valley-front"):
            assert run("actors", "remove", key).exit_code == 0
        assert run("actors", "find", "Free Valley Front").exit_code == 1
    finally:
        actors.actor_rows.cache_clear()


# ---------------------------------------------------------------- who published it


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KABUL (AFP) - Gunmen shot dead two guards on Monday.", "AFP"),
        ("Guards killed in Kabul\n\nKABUL, May 3 (Reuters) - Gunmen shot dead two guards.", "Reuters"),
        ("KABUL (Agence France-Presse) -- Gunmen shot dead two guards.", "AFP"),
        ("Gunmen shot dead two guards in Kabul on Monday, police said. (Reuters)", "Reuters"),
        ("Gunmen shot dead two guards in Kabul on Monday, police said.\n(AFP).\n", "AFP"),
        ("Gunmen shot dead two guards in Kabul on Monday. (Reuters) (BBC News)", None),
        ("Gunmen shot dead two guards (AFP) in Kabul on Monday, police said.", None),
        ("The Armed Forces (AFP) said that gunmen shot dead two guards.", None),
        ("Unrest has spread across the Middle East and North Africa (MENA).", None),
        ("The African Parks Association (APA) - a body of guards - lost two men.", None),
        ("Gunmen shot dead two guards in Aden, Perim (AP).", "AP"),
    ],
)
def test_an_agency_named_at_the_head_or_the_end_of_a_text_is_its_publisher(text: str, agency: str | None) -> None:
    from dateline.readers import report_of

    assert report_of(text, "a.txt").publisher == agency
    assert report_of(text, "https://paper.example/a").publisher is None  # a page is its site's
    assert report_of(text, "a.txt", publisher="The Gazette").publisher == "The Gazette"


@pytest.mark.parametrize(
    ("name", "other", "country"),
    [("Nineveh", "Ninawa", "IQ"), ("Lower Juba", "Jubbada Hoose", "SO"), ("South Kivu", "Sud-Kivu", "CD"),
     ("Chechnya", "Chechenskaya Respublika", "RU")],
)  # fmt: skip
def test_a_province_that_stands_twice_in_the_gazetteer_is_one_to_whoever_asks(
    name: str, other: str, country: str
) -> None:
    from dateline.ledger.names import places_of

    one, two = places_of(name), places_of(other)
    assert one.provinces == two.provinces and len(one.provinces) == 2
    assert {code for code, _ in one.provinces} == {country}
    assert len(places_of("Helmand").provinces) == 1
    # Two of our own that share a name ("Svalbard and Jan Mayen") are two.
    assert ("NO", "jan mayen") not in places_of("Svalbard").provinces
