"""PDF files (pypdfium2): the words in the order in which a person reads them, with the page of each."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BrokenDocument, EmptyReport, Encrypted, ScannedPages, TooLong
from dateline.readers import downloads
from dateline.readers.given import Given, Reader, part
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.layout import Line, pages_text, rows_of

#: The most pages of a document, and the fewest characters a page must have on average; with fewer, and pages that are
#: pictures, the document counts as scanned (the characters may be stamps).
MAX_PAGES, _WRITTEN = 3_000, 20
#: How many objects of a page are looked at, to see whether the page is a picture.
_OBJECTS = 40
#: PDFium must not be used by two threads at once.
_LOCK = threading.Lock()
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PASSWORD = 4


def _owns(head: bytes, name: str) -> bool:
    return b"%PDF-" in head[:1024] and not head.startswith((b"PK", b"WARC/", b"From ", b"\x1f\x8b"))


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    data = given.data()
    with _LOCK:
        pages, told, pictures = _pages(data, given)
    if not any(len(line.text) for page in pages for line in page):
        why = "It holds pictures of pages, and no text." if pictures else "It holds no text."
        raise (ScannedPages if pictures else EmptyReport)(why, where=given.name)
    if sum(len(line.text) for page in pages for line in page) < _WRITTEN * len(pages) and pictures:
        raise ScannedPages(f"{pictures} of its {len(pages)} pages are pictures.", where=given.name)
    made = pages_text(pages)
    if (articles := downloads.found_in(made.text.split("\n"))) is not None:
        yield from downloads.reports(articles, given)
        return
    notes = (f"{pictures} of {len(pages)} pages are pictures, whose text is not read.",) if pictures else ()
    yield Story(made.text, given.name, _said(told, made.text), made.origins, notes).report(given.max_chars)


def _said(told: dict[str, str], text: str) -> list[Any]:
    """What the document's metadata say. The title is chosen only where it stands at the beginning of the text, because
    programs write file names there. The day on which the file was made is kept, but not chosen as day of
    publication."""
    title = " ".join(told.get("Title", "").split())
    begins = bool(title) and title.casefold() in " ".join(text[:600].split()).casefold()
    day = _DATE.match(told.get("CreationDate", ""))
    return [
        *known("title", title, "metadata: Title", chosen=begins),
        *known("author", told.get("Author"), "metadata: Author"),
        *known_day("-".join(day.groups()) if day else None, "metadata: CreationDate", chosen=False),
    ]


def _pages(data: bytes, given: Given) -> tuple[list[list[Line]], dict[str, str], int]:
    """The lines of each page, the metadata, and the number of pages that are pictures."""
    pdfium = part("pypdfium2", "pdf", given.name)
    document = _opened(pdfium, data, given.name)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooLong(f"It has {count:,} pages; the limit is {MAX_PAGES:,}.", where=given.name)
        pages: list[list[Line]] = []
        pictures = size = 0
        for number in range(count):
            lines, is_picture = _page(pdfium, document, number)
            pictures += is_picture
            size += sum(len(line.text) for line in lines)
            if size > 2 * given.max_chars:
                raise TooLong(f"It has more than {given.max_chars:,} characters.", where=given.name)
            pages.append(lines)
        return pages, document.get_metadata_dict(skip_empty=True), pictures
    finally:
        document.close()


def _opened(pdfium: Any, data: bytes, name: str) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        len(document)
        return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise Encrypted("It opens only with a password.", where=name) from None
        raise BrokenDocument(f"It is no PDF that can be read ({error}).", where=name) from None


def _page(pdfium: Any, document: Any, number: int) -> tuple[list[Line], bool]:
    """The lines of a page (none if it cannot be loaded), and whether the page is a picture."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return [], False
    try:
        text = page.get_textpage()
        try:
            lines = rows_of(_runs(text, page.get_height()))
        finally:
            text.close()
        if sum(len(line.text) for line in lines) >= _WRITTEN:
            return lines, False
        kinds = (one.type for one, _ in zip(page.get_objects(max_depth=2), range(_OBJECTS), strict=False))
        return lines, any(kind == pdfium.raw.FPDF_PAGEOBJ_IMAGE for kind in kinds)
    except pdfium.PdfiumError:
        return [], False
    finally:
        page.close()


def _runs(text: Any, height: float) -> Iterator[Line]:
    """The runs of words of a page, with their boxes; y counts downwards."""
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top)
        if words.strip():
            yield Line(left, height - top, right, height - bottom, words)


PDF = Reader("pdf", "a PDF", _read, _owns, (".pdf",))
