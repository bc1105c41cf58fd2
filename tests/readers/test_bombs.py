"""Small files that become very much when they are read: each is refused before it does, or read in little memory."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from dateline.model import RejectedReport, Report
from dateline.readers import cells, read_paths

_TEXT = "A bomb killed three people in Kabul on Monday, police said."
_KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _workbook(path: Path, rows: str, shared: str = "", sheets: int = 1) -> str:
    """Write a spreadsheet by hand: programs write none that say such things."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, sheets + 1))
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_KINDS}"><Default Extension="xml" ContentType="application/xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEETS}">{shared}</sst>',
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return str(path)


def _row(number: int, cell: str) -> str:
    return f'<row r="{number}">{cell}</row>'


def _cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def _one(path: str) -> Report | RejectedReport:
    (found,) = read_paths((path,))
    return found


_HEAD = _row(1, _cell("A1", "text")) + _row(2, _cell("A2", _TEXT))


def test_a_sheet_with_an_empty_cell_in_its_last_corner_is_read(tmp_path: Path) -> None:
    found = _one(_workbook(tmp_path / "a.xlsx", _HEAD + _row(1_048_576, '<c r="XFD1048576" s="1"/>')))
    assert isinstance(found, Report) and found.text == _TEXT


@pytest.mark.parametrize(
    "last",
    [
        _row(1_048_576, _cell("XFD1048576", "x")),
        "<row r='1048576'><c s='>' r = 'XFD1048576' t='inlineStr'><is><t>x</t></is></c></row>",
        f'<row r="1048576">{"<c><v>1</v></c>" * 40}</row>',
    ],
)
def test_a_sheet_with_a_cell_in_its_last_corner_is_refused(tmp_path: Path, last: str) -> None:
    """The reader would make all cells before it, and end the whole process for want of memory."""
    found = _one(_workbook(tmp_path / "a.xlsx", _HEAD + last))
    assert isinstance(found, RejectedReport) and found.code == "DL-R004"


def test_a_text_that_very_many_cells_share_is_refused_and_one_that_few_share_is_read(tmp_path: Path) -> None:
    shared = f"<si><t>text</t></si><si><t>{_TEXT}</t></si><si><t>{'words ' * 20_000}</t></si>"

    def rows(which: int, count: int) -> str:
        cells_of = (f'<c r="A{n}" t="s"><v>{which}</v></c>' for n in range(2, count + 2))
        return _row(1, '<c r="A1" t="s"><v>0</v></c>') + "".join(map(_row, range(2, count + 2), cells_of))

    many = _one(_workbook(tmp_path / "a.xlsx", rows(2, 9_000), shared))
    assert isinstance(many, RejectedReport) and many.code == "DL-R004"
    few = list(read_paths((_workbook(tmp_path / "b.xlsx", rows(1, 9_000), shared),)))
    assert len(few) == 9_000 and all(isinstance(one, Report) for one in few)


def test_sheets_that_are_all_one_file_are_refused(tmp_path: Path) -> None:
    found = _one(_workbook(tmp_path / "a.xlsx", _HEAD, sheets=400))
    assert isinstance(found, RejectedReport) and "lie in one another" in found.what


def test_the_look_at_a_sheet_takes_time_in_proportion_to_it() -> None:
    from tests.pumping import pumps
    from tests.test_linear import _END, _EXPONENT, _exponent

    for pattern in (cells._TAG, cells._AT, cells._IS_SHARED, cells._TEXT):
        text = re.compile(pattern.pattern.decode("latin-1"))
        for pump in pumps(text)[::7]:
            assert _exponent(text, *pump, _END) <= _EXPONENT, (pattern.pattern, pump)


_SMALL = """
import re, sys
from pathlib import Path
from dateline.readers import read_paths
first = next(iter(read_paths((sys.argv[1],))))
# Not of getrusage: what it says begins with the memory of the process that started this one.
print(len(first.text), int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_a_text_that_all_rows_of_a_parquet_file_share_is_in_memory_once(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    text = f"{_TEXT} " * 20_000
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000, pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"text": rows}), tmp_path / "a.parquet")
    assert (tmp_path / "a.parquet").stat().st_size < 1_000_000
    command = [sys.executable, "-c", _SMALL, str(tmp_path / "a.parquet")]
    length, memory = map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert length >= len(text) - 2 and memory < 400  # It took 0.8 GB: five hundred rows of it were made at once.


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_a_name_of_megabytes_in_a_tar_archive_is_not_read(tmp_path: Path, kind: bytes) -> None:
    """Python reads the whole name into memory: 6 MB of gzip were 6 GB."""
    head = tarfile.TarInfo("x")
    head.type, head.size = kind, 2_000_000
    data = head.tobuf(tarfile.GNU_FORMAT) + bytes(2_000_384)
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(data))
    found = _one(str(tmp_path / "a.tar.gz"))
    assert isinstance(found, RejectedReport) and found.code == "DL-R009" and "2,000,000" in found.what


def test_names_as_long_as_names_are_stay(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as out:
        info = tarfile.TarInfo(f"{'folder/' * 40}é.txt")
        info.size = len(_TEXT)
        out.addfile(info, io.BytesIO(_TEXT.encode()))
    (tmp_path / "a.tar").write_bytes(made.getvalue())
    found = _one(str(tmp_path / "a.tar"))
    assert isinstance(found, Report) and found.text == _TEXT


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain; charset=PunyCode\nSubject: x",
        'Content-Type: text/plain; charset="punycode"\nSubject: x',
        "Content-Type: text/plain\nSubject: =?punycode?q?{long}?=",
        'Content-Type: text/plain; charset*0="puny"; charset*1="code"\nSubject: x',
        "Content-Type: text/plain; charset*=punycode''{long}\nSubject: x",
        "Content-Type: text/plain; charset=\0x\nSubject: x",
    ],
)
def test_a_mail_in_an_encoding_that_no_mail_is_in_is_read_in_time(tmp_path: Path, head: str) -> None:
    """Forty kilobytes of Punycode took more than a second, and ten times as many a hundred times as long."""
    long = "b" * 150_000 + "-" + "ba" * 150_000
    head = head.replace("{long}", long)
    body = f"From: a@b.example\nDate: Mon, 3 May 2010 10:00:00 +0000\nMIME-Version: 1.0\n{head}\n\n{_TEXT}\n"
    (tmp_path / "a.eml").write_text(f"{body}{long}\n" if "unyC" in head or '"puny' in head else body)
    begun = time.process_time()
    found = _one(str(tmp_path / "a.eml"))
    assert isinstance(found, Report) and _TEXT in found.text
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(("name", "code"), [("a.zip", "DL-R009"), ("a.docx", "DL-R018"), ("a.xlsx", "DL-R018")])
def test_a_file_without_a_name_in_an_archive_costs_only_itself(tmp_path: Path, name: str, code: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as out:
        out.writestr("a.txt", _TEXT)
        out.writestr("b.txt" if name == "a.zip" else "[Content_Types].xml", _TEXT)
        out.filelist[0].filename = ""
    (tmp_path / "z.txt").write_text(_TEXT)
    found = list(read_paths([str(tmp_path / name), str(tmp_path / "z.txt")]))
    assert [row.code for row in found if isinstance(row, RejectedReport)] == [code]
    assert [Path(row.uri).name for row in found if isinstance(row, Report)] == ["b.txt", "z.txt"][name != "a.zip" :]
