"""Word documents (.docx): paragraphs, headings and tables in their order, with the number of each paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from dateline.model import Known, RejectedReport, Report
from dateline.model.rejections import BrokenArchive, BrokenDocument, EmptyReport, Encrypted
from dateline.readers import downloads
from dateline.readers.archive import opened, read_member
from dateline.readers.given import Given, Reader
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.pieces import joined
from dateline.readers.xml import bare, part_of

_BODY, _CORE = "word/document.xml", "docProps/core.xml"
_OLE = b"\xd0\xcf\x11\xe0"
#: Elements that are not part of the visible text: deleted words, field codes, the fallback of a drawing.
_NOT_SAID = frozenset(("del", "instrtext", "deltext", "fallback", "txbxcontent", "movefrom"))


def _owns(head: bytes, name: str) -> bool:
    if head.startswith(_OLE):
        return name.lower().endswith(".docx")
    is_office = head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head
    return is_office and (b"word/" in head or (name.lower().endswith(".docx") and b"xl/" not in head))


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    stream = given.seekable()
    if stream.read(4) == _OLE:
        raise Encrypted("It opens only with a password.", where=given.name, remedy="Save it without a password.")
    stream.seek(0)
    body, core = _parts(stream, given.name)
    lines = list(enumerate(_paragraphs(part_of(body, given.name)), 1))
    told = [(number, text) for number, text in lines if text]
    if not told:
        raise EmptyReport("It holds no text.", where=given.name)
    if (articles := downloads.found_in([text for _, text in lines])) is not None:
        yield from downloads.reports(articles, given)
        return
    made = joined(told)
    yield Story(made.text, given.name, _said(core, made.text), made.origins).report(given.max_chars)


def _parts(stream: IO[bytes], name: str) -> tuple[bytes, bytes | None]:
    """The body of a document, and its properties (None without them), as XML."""
    with opened(stream, name) as archive:
        found: dict[str, bytes] = {}
        for wanted in (_BODY, _CORE):
            try:
                data = read_member(archive, archive.getinfo(wanted), f"{name}/{wanted}")
            except KeyError:
                continue
            if isinstance(data, BrokenArchive):
                raise BrokenDocument(data.what, where=name)
            found[wanted] = data
    if _BODY not in found:
        raise BrokenDocument("It holds no document of Word's.", where=name)
    return found[_BODY], found.get(_CORE)


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text of each paragraph, also of empty ones, because paragraphs are numbered. A table row is one paragraph."""
    body = next((child for child in tree if bare(child.tag) == "body"), tree)
    for paragraph in body.iter():
        if bare(paragraph.tag) == "p":
            yield _text(paragraph)


def _text(paragraph: Any) -> str:
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        at = waiting.pop()
        kind = bare(at.tag)
        if kind in _NOT_SAID or kind == "p":
            continue
        if kind == "t":
            parts.append(at.text or "")
        elif kind in ("tab", "br", "cr"):
            parts.append("\n" if kind != "tab" else "\t")
        elif kind == "nobreakhyphen":
            parts.append("-")
        else:
            waiting.extend(reversed(at))
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()


def _said(core: bytes | None, text: str) -> list[Known]:
    """What the document's properties say. The title is chosen only where the text begins with it. The day on which the
    file was made is kept, but never chosen as the day of publication."""
    if core is None:
        return []
    try:
        tree = part_of(core, "properties")
    except BrokenDocument:
        return []
    told = {bare(at.tag): at.text or "" for at in tree.iter()}
    title = " ".join(told.get("title", "").split())
    return [
        *known("title", title, "properties: title", chosen=bool(title) and text.startswith(title)),
        *known("author", told.get("creator"), "properties: creator"),
        *known("lang", told.get("language", "").split("-")[0].lower(), "properties: language", chosen=False),
        *known_day(told.get("created"), "properties: created", chosen=False),
    ]


DOCX = Reader("docx", "a Word document", _read, _owns, (".docx",))
