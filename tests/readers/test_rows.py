"""Rows of tables and of JSON: what is known of each, and where from."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.coding import code_report
from dateline.model import Origin, RejectedReport, Report, Span
from dateline.readers import read_paths
from dateline.readers.formats import of_stream
from dateline.readers.given import HEAD, Given
from dateline.readers.heads import language, said_in
from tests.readers.samples import STORIES
from tests.readers.test_documents import read, told

_ROW = {
    "uri": "https://watch.example/2024/05/07/bomb", "published": "2024-05-03", "publisher": "The Watch",
    "author": "Desk", "lang": "English", "text": f"KANO, May 2, 2024 (AFP) - {STORIES[1]}",
}  # fmt: skip


def _table(row: dict[str, str]) -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, list(row))
    writer.writeheader()
    writer.writerow(row)
    return made.getvalue().encode()


def _parquet(row: dict[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row]), made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "written", "by", "line"),
    [("a.csv", _table, "column", 2), ("a.jsonl", lambda row: json.dumps(row).encode() + b"\n", "key", 1),
     ("a.json", lambda row: json.dumps([row]).encode(), "key", 1), ("a.parquet", _parquet, "column", 1)],
)  # fmt: skip
def test_a_row_says_where_each_value_is_from_and_what_differs(
    name: str, written: Callable[[dict[str, str]], bytes], by: str, line: int
) -> None:
    (report,) = read(written(_ROW), name)
    assert told(report, "published") == [
        ("2024-05-03", f"{by}: published", True), ("2024-05-07", "address", False),
        ("2024-05-02", "the text: its dateline", False),
    ]  # fmt: skip
    assert report.published is not None and report.published.start == "2024-05-03"
    assert report.notes[0].startswith(f"Sources differ on the day of publication: 2024-05-03 ({by}: published) was")
    assert told(report, "publisher") == [("The Watch", f"{by}: publisher", True)]
    assert told(report, "author") == [("Desk", f"{by}: author", True)]
    assert told(report, "lang") == [("en", f"{by}: lang", False)]
    assert report.origins == (Origin(Span(0, len(report.text)), "row", line, line),)


def test_the_head_of_a_rows_text_speaks_where_its_columns_are_silent() -> None:
    text = f"By Amina Bello\nSource: Reuters\nDate: 3 May 2024\n{STORIES[1]}"
    (report,) = read(_table({"uri": "", "published": "", "text": text}), "a.csv")
    assert (report.publisher, report.published) == ("Reuters", None)
    assert told(report, "author") == [("Amina Bello", "the text: its byline", True)]
    # The coder takes the day from the text, with its words.
    assert told(report, "published") == [("2024-05-03", "the text: Date", False)]
    day = code_report(report, reader="rules").report.published
    assert day is not None and (day.start, day.basis, day.text) == ("2024-05-03", "stated", "3 May 2024")
    assert (report.origins[0].first, report.origins[0].last) == (2, 5)


def test_a_column_and_a_line_of_the_text_that_differ_are_both_kept() -> None:
    row = {"publisher": "The Watch", "author": "Desk", "text": f"Source: Reuters\nBy Amina Bello\n{STORIES[1]} (AFP)"}
    (report,) = read(_table(row), "a.csv")
    assert report.publisher == "The Watch"
    assert told(report, "publisher") == [
        ("The Watch", "column: publisher", True), ("Reuters", "the text: Source", False),
        ("AFP", "the text: its credit", False),
    ]  # fmt: skip
    assert told(report, "author") == [("Desk", "column: author", True), ("Amina Bello", "the text: its byline", False)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("KANO, 3 May 2024 - Two men were shot.", "2024-05-03"),
        ("MAIDUGURI, Nigeria, May 3, 2024 (AFP) - Two.", "2024-05-03"),
        ("3 May, 2024", "2024-05-03"), ("2024-05-03", "2024-05-03"), ("Two men were shot in Kano on 3 May 2024.", None),
        ("On 3 May 2024 two men were shot.", None), ("Two men shot 3 May 2024 - police", None),
    ],
)  # fmt: skip
def test_only_the_day_of_a_dateline_or_of_a_line_of_its_own_is_the_reports(line: str, day: str | None) -> None:
    found = [one.value for one in said_in(f"{line}\nThe police said so.", "x/1") if one.field == "published"]
    assert found == ([day] if day else [])


@pytest.mark.parametrize(
    ("words", "code"),
    [("English", "en"), ("en-GB", "en"), ("fra", "fr"), ("de", "de"), ("Klingonish", None), ("", None)],
)  # fmt: skip
def test_languages_are_told_by_name_and_by_code(words: str, code: str | None) -> None:
    assert language(words) == code


def test_a_value_that_is_only_kept_never_costs_a_row() -> None:
    row = {"text": STORIES[1], "author": [{"name": "Amina Bello"}, "Desk"], "lang": 5, "language": None}
    (report,) = read(json.dumps(row), "a.jsonl")
    assert told(report, "author") == [("Amina Bello, Desk", "key: author", True)] and told(report, "lang") == []


def _long_lines() -> bytes:
    """Lines of JSON, of which the first is longer than the head by which a format is told."""
    return b"".join(json.dumps({"text": f"{number} {STORIES[1]} " * 100}).encode() + b"\n" for number in range(3))


def _as_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_lines_whose_first_is_very_long_are_read_as_lines_from_a_pipe_and_packed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = _long_lines()
    assert len(lines) / 3 > HEAD
    _as_stdin(monkeypatch, lines)
    (tmp_path / "a.gz").write_bytes(gzip.compress(lines))
    for name, uri in (("-", "-:3"), (str(tmp_path / "a.gz"), f"{tmp_path}/a:3")):
        rows = list(read_paths([name]))
        assert [isinstance(row, Report) for row in rows] == [True] * 3
        assert isinstance(rows[2], Report) and rows[2].uri == uri


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_lines_whose_first_is_very_long_are_read_as_lines_under_any_name(name: str) -> None:
    assert [report.uri for report in read(_long_lines(), name)] == [f"{name}:{n}" for n in (1, 2, 3)]


class _Asked(io.BytesIO):
    """A stream that can be read only once, and keeps how many bytes it was asked for at most."""

    most = 0

    def seekable(self) -> bool:
        return False

    def readline(self, size: int | None = -1, /) -> bytes:
        self.most = max(self.most, size or -1)
        return super().readline(size)


def test_a_pipe_without_line_ends_comes_in_pieces() -> None:
    stream = _Asked(b"%PDF-1.7 " + bytes(range(11, 256)) * 500_000)
    with pytest.raises(RejectedReport):
        list(of_stream(Given("-", stream, max_chars=1_000)))
    assert stream.most <= 1_000_000 and stream.tell() == len(stream.getvalue())
