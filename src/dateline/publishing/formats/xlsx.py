"""XLSX: a workbook with a sheet for each table, written row by row, so that memory does not grow with the rows."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from dateline.publishing.columns import Column, Value
from dateline.publishing.formats import Whole
from dateline.publishing.levels import Table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The most characters in a cell, and the most rows in a sheet (without the header), that Excel takes.
_LONGEST, _ROWS = 32_767, 1_048_575
#: Day 0 of Excel, and the first day on which its numbers are right: Excel takes 1900 for a leap year.
_ZERO, _FIRST = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Styles of cells: 0 plain, 1 header, 2 day.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the main table and the tables beside it, each as a sheet. Rows beyond Excel's limit are left out, and the
    workbook says so."""
    names: list[str] = []
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for n, table in enumerate((whole.table, *whole.beside()), 1):
            names.append(table.name)
            with book.open(_info(f"xl/worksheets/sheet{n}.xml"), "w", force_zip64=True) as sheet:
                rows = _sheet(sheet, table)
            count = rows if n == 1 else count
        _parts(book, names)
    return count


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _sheet(sheet: IO[bytes], table: Table) -> int:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<sheetData>\n'.encode())
    heads = "".join(_text(column.name, 1) for column in table.columns)
    sheet.write(f"<row>{heads}</row>\n".encode())
    count = 0
    for row in table.rows():
        count += 1
        if count < _ROWS:
            sheet.write(_row(row.cells, table.columns).encode())
        elif count == _ROWS:
            sheet.write(f"<row>{_text('More rows than a sheet holds: take another format.', 1)}</row>".encode())
    sheet.write(b"</sheetData></worksheet>")
    return count


def _row(cells: Iterable[Value], columns: tuple[Column, ...]) -> str:
    return "<row>" + "".join(_cell(c, k) for c, k in zip(cells, columns, strict=True)) + "</row>\n"


def _cell(cell: Value, column: Column) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, (int, float)):
        return f"<c><v>{cell!r}</v></c>"
    if column.kind == "day" and (day := dt.date.fromisoformat(cell)) >= _FIRST:
        return f'<c s="2"><v>{(day - _ZERO).days}</v></c>'
    return _text(cell, 0)


def _text(words: str, style: int) -> str:
    """A cell of the type text, so that Excel never takes it for a formula."""
    shown = escape(_UNFIT.sub("", words)[:_LONGEST])
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _parts(book: zipfile.ZipFile, names: list[str]) -> None:
    """Write the parts that make a workbook out of the sheets."""
    sheets = "".join(f'<sheet name={quoteattr(s)} sheetId="{n}" r:id="r{n}"/>' for n, s in enumerate(names, 1))
    related = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{types}</Types>',
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations([*related, ("styles", "styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
    }
    for name, text in made.items():
        book.writestr(_info(name), (_HEAD + text).encode())


def _relations(rows: list[tuple[str, str, str]]) -> str:
    told = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in rows)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
