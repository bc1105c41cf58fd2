"""One odd report costs itself alone: its neighbours are read, and it is rejected with its reason."""

from __future__ import annotations

import errno
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.coding import code_report
from dateline.ledger import Ledger
from dateline.model import Coding, RejectedReport, Report
from dateline.readers import archive, expected, read_paths, report_of, reports_of

TEXT = "A bomb killed two people in Kabul on Monday, police said."


def codes(found: list[Report | RejectedReport]) -> list[str]:
    return ["" if isinstance(one, Report) else one.code for one in found]


def packed(*files: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as out:
        for name, data in files:
            out.writestr(name, data)
    return made.getvalue()


# ---------------------------------------------------------------- names, titles, publishers


@pytest.mark.parametrize("field", ["uri", "title", "publisher"])
@pytest.mark.parametrize("odd", ["a\ud83d", "a\x00b"])
def test_a_field_that_cannot_be_kept_rejects_its_report_alone(field: str, odd: str) -> None:
    rows = [{"text": TEXT}, {"text": TEXT, field: odd}, {"text": TEXT}]
    found = list(reports_of("\n".join(map(json.dumps, rows)).encode(), "a.jsonl"))
    assert codes(found) == ["", "DL-R014", ""]
    rejected = found[1]
    assert isinstance(rejected, RejectedReport) and rejected.where == "a.jsonl:2"
    str(rejected).encode("utf-8")
    assert field in rejected.what


def test_an_odd_report_between_others_does_not_stop_the_command(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "title": "one"}, {"text": TEXT, "title": "\ud800"}, {"text": TEXT, "title": "three"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(cli, ["code", str(tmp_path / "a.jsonl"), "--out", str(out), "--reader", "rules"])
    assert done.exit_code == 3 and "DL-R014" in done.stderr
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["report"]["title"] for line in lines] == ["one", "three"]


def test_a_file_whose_name_is_no_utf8_is_rejected_by_a_name_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    try:
        with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123 - Path holds no such name
            file.write(TEXT.encode())
    except OSError:
        pytest.skip("this system has no such names")
    found = list(read_paths([str(tmp_path)]))
    assert codes(found) == ["", "DL-R014"]
    rejected = found[1]
    assert isinstance(rejected, RejectedReport) and (rejected.where or "").endswith("caf\\udce9.txt")


@pytest.mark.parametrize("field", ["uri", "title", "publisher", "text"])
@pytest.mark.parametrize("odd", ["a\ud83d", "a\x00b", "a\\u0000b"])
def test_no_ledger_takes_what_another_could_not_hold(tmp_path: Path, field: str, odd: str) -> None:
    changed: dict[str, Any] = {field: f"{TEXT} {odd}"}
    codings = [Coding(report_of(TEXT, "x/1")), Coding(replace(report_of(TEXT, "x/2"), id="b", **changed))]
    with Ledger.open(str(tmp_path / "l.sqlite"), create=True, by="ann") as ledger:
        added = ledger.add(codings)
    # Words that only look like an escape are words.
    assert (added.new, added.unstorable) == ((2, 0) if odd == "a\\u0000b" else (1, 1))


# ---------------------------------------------------------------- archives


def _broken(way: int) -> bytes:
    data = bytearray(packed(("a.txt", TEXT.encode() * 40), ("b.txt", TEXT.encode()), way=way))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as whole:
        first = whole.infolist()[0]
    start = first.header_offset + 30 + len(first.filename)
    middle = start + first.compress_size // 2
    data[start + 2 : start + 9] = b"\xff" * 7
    data[middle : middle + 8] = b"\xff" * 8
    return bytes(data)


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_broken_member_costs_itself_alone(way: int) -> None:
    assert codes(list(reports_of(_broken(way), "a.zip"))) == ["DL-R009", ""]


def test_many_small_members_that_are_packed_too_well_are_refused() -> None:
    bomb = packed(*((f"{n}.txt", b"A" * 990_000) for n in range(40)), ("good.txt", TEXT.encode()))
    assert len(bomb) < 60_000
    found = list(reports_of(bomb, "a.zip"))
    assert codes(found) == ["DL-R009"] * 40 + [""]


def test_members_that_lie_in_one_another_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(*((f"{n}.txt", os.urandom(3000).hex().encode()) for n in range(4)))
    real = zipfile.ZipFile.infolist

    # As the directory of an archive in which many entries name the same bytes.
    def thrice(self: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        return real(self) * 3

    monkeypatch.setattr(zipfile.ZipFile, "infolist", thrice)
    assert codes(list(reports_of(data, "a.zip"))) == ["DL-R009"]


def test_what_an_archive_raises_is_its_own_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Any:
        raise MemoryError

    (tmp_path / "a.zip").write_bytes(packed(("a.txt", TEXT.encode())))
    monkeypatch.setattr(zipfile.ZipFile, "open", full)
    ((_, found),) = archive.members(tmp_path / "a.zip", "a.zip")
    assert isinstance(found, RejectedReport) and "MemoryError" in found.what


# ---------------------------------------------------------------- tables


def _table(rows: int, long: int) -> bytes:
    lines = [f'u/{n},"{TEXT if n != long else TEXT * 500}"' for n in range(rows)]
    return ("uri,text\n" + "\n".join(lines) + "\n").encode()


def test_a_row_too_long_loses_no_other(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(_table(40, long=4))
    found = list(read_paths([str(path)], max_chars=1_000))
    assert codes(found) == [""] * 4 + ["DL-R004"] + [""] * 35


@pytest.mark.parametrize("torn", ['u/x,"no end', 'u/x,"a" b"', 'u/x,"a"" b', '"'])
def test_a_row_with_a_quote_too_many_loses_no_other(torn: str) -> None:
    good = [f'u/{n},"{TEXT}"' for n in range(20)]
    data = "\n".join(["uri,text", *good[:5], torn, *good[5:], ""])
    found = list(reports_of(data.encode(), "t.csv"))
    assert codes(found).count("") == 20 and set(codes(found)) == {"", "DL-R005"}
    assert [one.uri for one in found if isinstance(one, Report)] == [f"u/{n}" for n in range(20)]


def test_a_table_of_torn_rows_is_read_in_time_and_says_what_is_lost() -> None:
    # Each row opens a quote that only the end closes; reading on from each would take the square of their number.
    data = ("uri,text\n" + 'u,"""\n' * 20_000).encode()
    found = list(reports_of(data, "t.csv"))
    assert found and {one.code for one in found if isinstance(one, RejectedReport)} <= {"DL-R005", "DL-R001"}


# ---------------------------------------------------------------- lines


def test_lines_in_other_encodings_are_read() -> None:
    rows = [{"text": "La policía detuvo a dos hombres en la ciudad de Bogotá."}, {"text": TEXT}]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"):
        found = list(reports_of(lines.encode(encoding), "a.jsonl"))
        assert [one.text for one in found if isinstance(one, Report)] == [row["text"] for row in rows], encoding
    assert isinstance(found[0], Report) and "windows-1252" in found[0].notes[0]


def test_a_line_too_long_is_not_read_to_its_end(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT})
    (tmp_path / "a.jsonl").write_text(f"{row}\n" + '{"text": "' + "x" * 90_000 + f'"}}\n{row}\n', encoding="utf-8")
    found = list(read_paths([str(tmp_path / "a.jsonl")], max_chars=1_000))
    assert codes(found) == ["", "DL-R004", ""]
    assert [one.uri[-2:] for one in found if isinstance(one, Report)] == [":1", ":3"]


# ---------------------------------------------------------------- folders and pipes


def test_a_folder_that_is_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "b.txt").write_text(TEXT)
    real = os.scandir

    def barred(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    # Tests may run as root, whom nothing is closed to.
    monkeypatch.setattr(os, "scandir", barred)
    found = list(read_paths([str(tmp_path)]))
    assert codes(found) == ["", "DL-R007"]
    assert isinstance(found[1], RejectedReport) and found[1].where == str(tmp_path / "closed")
    (tmp_path / "a.txt").unlink()
    assert codes(list(read_paths([str(tmp_path)]))) == ["DL-R007"]


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(json.dumps({"text": TEXT}) + "\n"))
    assert expected([str(pipe)]) is None
    writer.start()
    found = list(read_paths([str(pipe)]))
    writer.join()
    assert codes(found) == [""]


def test_a_path_that_the_system_refuses_is_rejected() -> None:
    found = list(read_paths(["x" * 5000]))
    assert codes(found) == ["DL-R007"]


# ---------------------------------------------------------------- years at the ends of the calendar


def _years() -> Iterator[tuple[str, str | None]]:
    told = (
        "On 31 December {} a bomb killed three in Kabul. The next day two died. A week later gunmen shot a judge.",
        "On 1 January {}, a bomb killed three in Kabul. The day before, gunmen shot a judge; ten years before, two.",
        "In {} a bomb killed three people in Kabul, 3,000 years ago. 99999999 days later two died. Last week, six.",
    )
    for year in ("0001", "9999", "0000", "10000"):
        for text in told:
            for published in (None, "1600-01-01", "2199-12-31"):
                yield text.format(year), published


def test_years_at_the_ends_of_the_calendar_are_read() -> None:
    for text, published in _years():
        code_report(report_of(text, "x", published), all_entities=True, reader="rules")


@pytest.mark.parametrize("year", ["0001-01-01", "9999-12-31", "1599-12-31", "2200-01-01"])
def test_a_publication_of_no_time_of_reports_is_no_date(year: str) -> None:
    rows = [{"text": TEXT, "published": year}, {"text": TEXT}]
    assert codes(list(reports_of("\n".join(map(json.dumps, rows)).encode(), "a.jsonl"))) == ["DL-R006", ""]
    done = CliRunner().invoke(cli, ["code", "-", "--published", year], input=TEXT)
    assert "DL-E003" in str(done.exception)
