"""Documents: what is read of each, where it stands in the original, what its metadata say, and what is refused."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest

from dateline.model import Coding, Known, RejectedReport, Report
from dateline.readers import reports_of
from dateline.readers.given import part
from tests.readers.samples import (
    ATOM,
    FACTIVA,
    NEXIS,
    PROQUEST,
    RSS,
    RTF,
    STORIES,
    TELEGRAM,
    TITLES,
    WHATSAPP,
    begin,
    docx,
    mbox,
    message,
    pdf,
    prose,
    scanned,
    tar,
    wacz,
    warc,
    xlsx,
)


def read(data: bytes | str, name: str) -> list[Report]:
    found = list(reports_of(data.encode() if isinstance(data, str) else data, name))
    assert all(isinstance(one, Report) for one in found), found
    return [one for one in found if isinstance(one, Report)]


def refused(data: bytes, name: str) -> RejectedReport:
    (found,) = reports_of(data, name)
    assert isinstance(found, RejectedReport), found
    return found


def told(report: Report, field: str) -> list[tuple[str, str, bool]]:
    return [(one.value, one.source, one.chosen) for one in report.known if one.field == field]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_pdf_is_read_column_by_column_without_heads_and_feet(columns: int) -> None:
    (report,) = read(pdf(columns, pages=4), "review.pdf")
    at = -1
    for page in range(4):
        for column in range(columns):
            assert report.text.index(begin(page, column)) > at
            at = report.text.index(begin(page, column))
            for paragraph in prose(page * 3 + column)[: 3 if columns == 3 else None]:
                assert paragraph in report.text[at:], (page, column, paragraph)
    assert "issue 4" not in report.text and "- 2 -" not in report.text
    assert [(one.unit, one.first) for one in report.origins] == [("page", n) for n in range(1, 5)]
    third = report.origins[2].span.of(report.text)
    assert third.startswith(begin(2, 0)) and begin(3, 0) not in third


def test_metadata_of_a_pdf_are_kept_and_its_day_is_not_believed() -> None:
    (report,) = read(pdf(), "review.pdf")
    assert report.title == "The Kano Weekly Review" and report.published is None
    assert told(report, "author") == [("Amina Bello", "metadata: Author", True)]
    assert [chosen for _, _, chosen in told(report, "published")] == [False]


def test_scanned_and_locked_documents_say_what_to_do() -> None:
    scan = refused(scanned(), "a.pdf")
    assert scan.code == "DL-R016" and "ocrmypdf" in scan.remedy
    assert refused(pdf(1, 2, encrypt=True), "a.pdf").code == "DL-R017"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
    assert [refused(locked, f"a.{ending}").code for ending in ("docx", "xlsx", "doc")] == [
        "DL-R017",
        "DL-R017",
        "DL-R011",
    ]


def test_word_gives_paragraphs_by_their_numbers() -> None:
    (report,) = read(docx(), "a.docx")
    assert report.title == TITLES[0] and STORIES[0] in report.text and report.text.endswith("Dead\n\nthree")
    assert [(o.first, o.span.of(report.text)) for o in report.origins[:3]] == [
        (1, TITLES[0]), (2, STORIES[0]), (4, STORIES[1])
    ]  # fmt: skip


def test_rtf_is_read_in_its_code_page_and_without_what_is_no_text() -> None:
    (report,) = read(RTF, "a.rtf")
    assert "José Núñez, a doctor, said so. {sic}" in report.text and "Times" not in report.text
    assert report.text.startswith(f"{TITLES[0]}\n\nKANO, 3 May 2024 – A bomb")
    (russian,) = read(rb"{\rtf1\ansi\ansicpg1251 \'c2\'e7\'f0\'fb\'e2 {\pict 0012ff}\u-10179?\u-8704?}", "a.rtf")
    assert russian.text == "Взрыв 😀"


def test_sheets_have_a_report_a_row() -> None:
    *good, empty = reports_of(xlsx(), "a.xlsx")
    assert [one.uri for one in good if isinstance(one, Report)] == ["x/1", "x/2", "x/3"]
    assert isinstance(good[1], Report) and good[1].published is not None and good[1].published.start == "2024-05-02"
    assert isinstance(empty, RejectedReport) and (empty.code, empty.where) == ("DL-R001", "a.xlsx/reports:5")


def test_mail_gives_its_text_and_attachments_of_their_own() -> None:
    text, review, photo, inner = reports_of(message(attach=True), "a.eml")
    assert isinstance(text, Report) and text.text == f"{TITLES[0]}\n\n{STORIES[0]}"
    assert text.published is not None and text.published.start == "2024-05-03"
    assert told(text, "published")[0][1] == "header: Date" and told(text, "author")[0][0] == "Amina Bello"
    assert isinstance(review, Report) and review.uri == "a.eml/review.pdf" and review.origins[0].unit == "page"
    assert isinstance(photo, RejectedReport) and photo.where == "a.eml/photo.png"
    assert isinstance(inner, Report) and inner.title == TITLES[2]


def test_a_mailbox_is_read_message_by_message() -> None:
    data = mbox()
    for number, report in enumerate(read(data, "a.mbox")):
        (place,) = report.origins
        assert report.title == TITLES[number]
        assert data[place.first : place.last].startswith(b"From amina@")
        assert place.last == len(data) or data[place.last :].startswith(b"From amina@")
    assert "\nFrom here on nothing is known." in read(data, "a.mbox")[1].text


def test_feeds_give_what_they_tell_and_where_it_is() -> None:
    first, _, _ = read(RSS, "a.rss")
    assert (first.uri, first.publisher) == ("https://watch.example/2024/05/03/0", "Kano Watch")
    assert first.text == f"{TITLES[0]}\n\n{STORIES[0]}"
    (entry,) = read(ATOM, "a.atom")
    assert entry.uri == "https://watch.example/1"
    days = [("2024-05-03", "entry: published", True), ("2024-05-06", "entry: updated", False)]
    assert told(entry, "published") == days and "2024-05-06 (entry: updated)" in entry.notes[0]


def test_chats_give_messages_with_their_senders() -> None:
    first, second = read(TELEGRAM, "result.json")
    assert first.text.startswith(f"{TITLES[0]}\n\nKANO") and first.publisher == "Kano Watch"
    senders = [("Gao Now", "message: forwarded_from", True), ("Kano Watch", "message: from", False)]
    assert told(second, "author") == senders
    first, second = read(WHATSAPP, "_chat.txt")
    assert (first.text, first.origins[0].last) == (f"{TITLES[0]}\n{STORIES[0]}", 3)
    assert first.published is not None and first.published.start == "2024-05-13" and not first.notes
    unsure = WHATSAPP.replace("13/05", "03/05").replace("14/05", "04/05")
    assert "guess" in read(unsure, "_chat.txt")[0].notes[0]
    american = read(
        "5/13/24, 2:21 PM - Amina: Two people were shot dead.\n5/14/24, 2:21 PM - Amina: Nobody knows why.", "c.txt"
    )
    assert american[0].published is not None and american[0].published.start == "2024-05-13"


@pytest.mark.parametrize(("data", "base"), [(NEXIS, "LexisNexis"), (FACTIVA, "Factiva"), (PROQUEST, "ProQuest")])
def test_downloads_hold_many_articles(data: str, base: str) -> None:
    found = read(data, "download.txt")
    assert [one.title for one in found] == list(TITLES)
    for number, report in enumerate(found):
        assert report.text.startswith(f"{TITLES[number]}\n\n{STORIES[number]}")
        assert report.publisher == "The Kano Weekly Review" and report.uri == f"download.txt:{number + 1}"
        assert report.published is not None and report.published.start == f"2024-05-0{number + 3}"
        assert told(report, "author") == [("Amina Bello", told(report, "author")[0][1], True)]
        assert all(one.source.startswith(base) for one in report.known)
        assert "Load-Date" not in report.text and "Violence" not in report.text


def test_a_download_in_word_is_many_articles_too() -> None:
    from docx import Document

    document = Document()
    for line in NEXIS.split("\n"):
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    assert [one.title for one in read(made.getvalue(), "a.docx")] == list(TITLES)


@pytest.mark.parametrize(("data", "name"), [(warc(), "a.warc"), (warc(packed=True), "a.warc.gz"), (wacz(), "a.wacz")])
def test_archives_of_pages_give_the_pages(data: bytes, name: str) -> None:
    found = read(data, name)
    assert [one.uri for one in found] == [f"https://watch.example/{n}" for n in range(3)]
    assert found[1].origins[0].first == 2 and prose(1)[0] in found[1].text
    assert told(found[1], "published") == [("2024-05-06", "record: WARC-Date", False)] and found[1].published is None


def test_tar_archives_are_read_as_they_come() -> None:
    *good, odd = reports_of(tar(packed=True), "a.tgz")
    assert [getattr(one, "uri", one) for one in good] == ["a.tgz/a.txt", "a.tgz/in/b.html", "a.tgz/c.pdf"]
    assert isinstance(odd, RejectedReport) and odd.code == "DL-R011" and "archive in an archive" in odd.what


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, extra, data, name in (
        ("pypdfium2", "pdf", pdf(), "a.pdf"), ("python_calamine", "sheets", xlsx(), "a.xlsx"),
        ("fastwarc.warc", "warc", warc(), "a.warc"),
    ):  # fmt: skip
        monkeypatch.setitem(sys.modules, module, None)
        missing = refused(data, name)
        assert missing.code == "DL-R015" and f"dateline[{extra}]" in missing.remedy
    assert part("json", "none", "x").dumps({}) == "{}"


def test_sources_that_differ_are_both_kept() -> None:
    page = (
        "<html lang='tr'><head><meta property='article:published_time' content='2024-05-03T10:00Z'></head><body>"
        f"<article><h1>{TITLES[0]}</h1>{''.join(f'<p>{p}</p>' for p in prose(1))}</article></body></html>"
    )
    (report,) = read(page, "https://watch.example/2024/05/07/bomb.html")
    assert told(report, "published") == [
        ("2024-05-03", "metadata: article:published_time", True), ("2024-05-07", "address", False)
    ]  # fmt: skip
    assert report.published is not None and report.published.start == "2024-05-03"
    assert Known("lang", "tr", "metadata: html lang", False) in report.known


def test_what_is_known_goes_with_the_record_and_the_ledger(tmp_path: Any) -> None:
    import dateline

    (report,) = read(pdf(1, 1), "https://watch.example/2024/05/07/review.pdf")
    (coding,) = dateline.code_all([report], reader="rules")
    assert isinstance(coding, Coding)
    again = Coding.from_json(coding.to_json())
    assert (again.report.known, again.report.origins) == (report.known, report.origins)
    with dateline.Ledger.open(str(tmp_path / "l.sqlite"), create=True) as ledger:
        ledger.add([coding])
        event = next(iter(ledger.all_events()))
        kept = ledger.report(event.accounts[0].report).report
    assert (kept.known, kept.origins) == (report.known, report.origins)


def test_bombs_and_loops_end() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", "<x/>")
        out.writestr("word/document.xml", b"<a>" + bytes(20_000_000) + b"</a>")
    assert refused(made.getvalue(), "bomb.docx").code in ("DL-R009", "DL-R018")
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {'abcdefghij'[n]} '{('&' + 'abcdefghij'[n - 1] + ';') * 10}'>" for n in range(1, 10)
    )
    feed = f"<?xml version='1.0'?>{laughs}]><rss><channel><item><title>&j;</title></item></channel></rss>"
    assert all(len(getattr(one, "text", "")) < 1_000 for one in reports_of(feed.encode(), "a.rss"))
    deep = message()
    for _ in range(9):
        deep = _wrapped(deep)
    codes = [one.code for one in reports_of(deep, "deep.eml") if isinstance(one, RejectedReport)]
    assert "DL-R021" in codes


def _wrapped(inner: bytes) -> bytes:
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["Date"] = "a@b.example", "See below", "Fri, 03 May 2024 10:00:00 +0100"
    outer.set_content("See below, please.")
    outer.add_attachment(message_from_bytes(inner, policy=policy.default))
    return outer.as_bytes()
