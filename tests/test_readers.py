"""Pages, tables and archives: what is read, what is left out, and what is rejected with which reason."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from dateline.model import RejectedReport, Report
from dateline.model.errors import NoReports
from dateline.model.rejections import NotRead
from dateline.readers import expected, read_paths, reports_of

_PAGE = """<!doctype html><html><head><title>Blast in Mosul - The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-05-15T10:00:00Z">
<script>var x = "Gunmen killed five";</script></head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Blast in Mosul</h1><p>MOSUL, Iraq - A car bomb exploded in Mosul on Tuesday, killing 12 people, police
said.</p><p>Advertisement</p><p>Read more: The week in pictures</p><p>The wounded were taken to two hospitals in the
west of the city, where doctors asked residents to give blood.</p></article>
<footer>Copyright 2024 The Paper. All rights reserved.</footer></body></html>"""


def _only(data: bytes, name: str) -> Report | RejectedReport:
    (found,) = reports_of(data, name)
    return found


def test_a_page_gives_its_story_and_what_it_says_of_itself() -> None:
    found = _only(_PAGE.encode(), "http://paper.example/1.html")
    assert isinstance(found, Report)
    assert (found.title, found.publisher) == ("Blast in Mosul", "The Paper")
    assert found.published is not None and found.published.start == "2024-05-15"
    assert found.text.startswith("Blast in Mosul\n")
    assert "killing 12 people" in found.text and "give blood" in found.text
    for furniture in ("Advertisement", "Read more", "Home", "Copyright", "Gunmen", "<p>"):
        assert furniture not in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1254", "iso-8859-9"])
def test_pages_are_read_in_the_encoding_that_they_name(encoding: str) -> None:
    page = (
        f'<html><head><meta charset="{encoding}"></head><body><article><p>{"Diyarbakır’da saldırı: üç ölü. " * 8}</p>'
    )
    data = page.replace("’", "'").encode(encoding)
    found = _only(data, "a.html")
    assert isinstance(found, Report) and "Diyarbakır'da saldırı: üç ölü." in found.text


@pytest.mark.parametrize(
    "data",
    [b"", b"<", b"<html>", b"<html><body></body></html>", b"\x00" * 50, b"\xff\xfe\x00", b"<p>" * 20_000,
     b"<div " * 9_000 + b">", b"<!--" + b"x" * 9_000],
)  # fmt: skip
def test_broken_pages_are_rejected_with_a_reason(data: bytes) -> None:
    found = _only(data, "a.html")
    assert isinstance(found, RejectedReport)
    assert found.code in ("DL-R001", "DL-R003", "DL-R008") and found.where == "a.html"


def test_a_table_has_a_report_a_row() -> None:
    data = 'uri,text,published\nx/1,"A bomb killed two, police said.",2024-05-14\nx/2,,\nx/3,Text,yesterday\n'
    good, empty, dated = reports_of(data.encode(), "t.csv")
    assert isinstance(good, Report) and (good.uri, good.text) == ("x/1", "A bomb killed two, police said.")
    assert isinstance(empty, RejectedReport) and (empty.code, empty.where) == ("DL-R001", "t.csv:3")
    assert isinstance(dated, RejectedReport) and dated.code == "DL-R006"
    assert isinstance(_only(b"a,b\n1,2\n", "t.csv"), RejectedReport)
    *_, torn = reports_of(b'text\nfine\n"not closed\n', "t.csv")
    assert isinstance(torn, RejectedReport) and torn.code == "DL-R005"


def test_folders_hold_files_of_all_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A bomb killed two people in Kabul.")
    (tmp_path / "b.html").write_text(_PAGE)
    (tmp_path / "c.csv").write_text("text\nGunmen killed three people in Basra.\n")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as out:
        out.writestr("inner/e.txt", "Police arrested four men in Erbil.")
        out.writestr("inner/readme.md", "no report")
    (tmp_path / "f.zip").write_bytes(b"PK\x03\x04 torn")
    found = list(read_paths([str(tmp_path)], published="2024-05-15"))
    reports = [one for one in found if isinstance(one, Report)]
    assert [Path(one.uri.split(":")[0]).name for one in reports] == ["a.txt", "b.html", "c.csv", "e.txt"]
    assert all(one.published is not None for one in reports)
    assert [one.code for one in found if isinstance(one, RejectedReport)] == ["DL-R011", "DL-R009"]


_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><item><title>Blast kills two in Kano</title>
<description>A bomb killed two people in Kano on Monday.</description></item></channel></rss>"""
_ROW = '{"text": "A bomb killed two people in Kano on Monday.", "uri": "x/1"}'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (_PAGE, "page.txt"), (_PAGE, "page"), (_PAGE, "page.csv"), ("<p>A bomb killed two people in Kano on Monday.</p>"
        "<p>The police said that they were looking for three men who had fled.</p>", "part.txt"),
    ],
)  # fmt: skip
def test_a_page_under_another_name_is_read_as_a_page(data: str, name: str) -> None:
    found = _only(data.encode(), name)
    assert isinstance(found, Report) and "<" not in found.text


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl", "a", "a.html", "a.csv"])
@pytest.mark.parametrize("data", [_ROW, f"[{_ROW}]", f"[\n  {_ROW}\n]", _ROW.replace('{"', '{\n  "')])
def test_json_is_never_read_as_words(data: str, name: str) -> None:
    found = _only(data.encode(), name)
    assert isinstance(found, Report)
    assert (found.uri, found.text) == ("x/1", "A bomb killed two people in Kano on Monday.")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n", "a.png"), (b"PK\x03\x04....[Content_Types].xml", "a.pptx"),
        (b"PK\x03\x04....mimetypeapplication/epub+zip", "a.epub"), (b"<?xml version=\"1.0\"?><NewsML/>", "a.xml"),
    ],
)  # fmt: skip
def test_what_is_not_read_says_what_it_is(data: bytes, name: str) -> None:
    found = _only(data, name)
    assert isinstance(found, RejectedReport) and (found.code, found.where) == ("DL-R011", name)


def test_a_feed_gives_its_entries() -> None:
    for data, name in ((_FEED.encode(), "feed.xml"), (_FEED.encode(), "feed.txt"), (_FEED[21:].encode(), "feed")):
        found = _only(data, name)
        assert isinstance(found, Report) and found.title == "Blast kills two in Kano" and found.uri == f"{name}:1"


def test_what_only_begins_as_a_document_is_rejected() -> None:
    for data, name, code in (
        (b"%PDF-1.7 ...", "a.pdf", "DL-R018"),
        (b"%PDF-1.7 ...", "a.txt", "DL-R018"),
        (b"PK\x03\x04....[Content_Types].xml", "a.docx", "DL-R009"),
    ):
        found = _only(data, name)
        assert isinstance(found, RejectedReport) and (found.code, found.where) == (code, name)


def test_words_under_another_name_are_read_as_words() -> None:
    for name in ("a.html", "a.txt", "a.log", "a"):
        found = _only(b"{Kano} A bomb killed two people in Kano on Monday.", name)
        assert isinstance(found, Report) and found.text.startswith("{Kano}"), name
    table = _only(b'uri,text\nx/1,"A bomb killed two, police said."\n', "a.txt")
    assert isinstance(table, Report) and table.uri == "x/1"
    assert isinstance(_only("A bomb killed two.".encode("utf-16"), "a.html"), Report)


def test_a_folder_names_what_it_does_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A bomb killed two people in Kabul.")
    (tmp_path / "b").write_text(_PAGE)
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / "d.md").write_text("Notes of our own.")
    (tmp_path / ".DS_Store").write_bytes(b"Bud1")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "a.txt").write_text("system")
    found = list(read_paths([str(tmp_path)]))
    assert [Path(one.uri).name for one in found if isinstance(one, Report)] == ["a.txt", "b"]
    assert [Path(one.where or "").name for one in found if isinstance(one, NotRead)] == ["c.png", "d.md"]
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b").unlink()
    with pytest.raises(NoReports, match="2 files"):
        list(read_paths([str(tmp_path)]))


def test_how_many_reports_there_are_is_known_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A bomb killed two people in Kabul.")
    (tmp_path / "b.jsonl").write_text(f"{_ROW}\n\n{_ROW}\n")
    assert expected([str(tmp_path)]) == 3
    assert expected(["-"]) is None


def test_a_tag_of_very_many_attributes_costs_no_time() -> None:
    attributes = " ".join(f"a{n}='1'" for n in range(30_000))
    told = "A bomb killed three people in Kabul on Monday, police said; the market was full at noon."
    page = f"<html><body><p {attributes}>{told}</p><p class='x'>{told} Twice.</p></body></html>".encode()
    begun = time.process_time()
    (report,) = reports_of(page, "x.html")
    assert time.process_time() - begun < 3
    assert isinstance(report, Report) and told in report.text
