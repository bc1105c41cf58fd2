"""The format of a file: by its first bytes and, where they decide nothing, by its name.

A web page named .txt is read as a web page: markup is never read as words.
"""

from __future__ import annotations

import codecs
import json
import re
from pathlib import PurePosixPath

from dateline.model.rejections import NotRead
from dateline.readers.given import HEAD
from dateline.readers.registry import owner
from dateline.readers.rows import FIELDS

#: The name of a format: one of the plain formats, or of a reader (`registry`).
Kind = str
PAGES = (".html", ".htm", ".xhtml")
#: Endings of subtitles: text with time codes, which language/transcripts.py removes.
SUBTITLES = (".srt", ".vtt")
_KINDS: dict[str, Kind] = {
    ".txt": "text", ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "table", ".zip": "archive",
    **dict.fromkeys(PAGES, "page"), **dict.fromkeys(SUBTITLES, "text"),
}  # fmt: skip
SUFFIXES = tuple(_KINDS)
#: First bytes of formats that are not read, and what such a file is called in a message.
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Office document"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"ID3", "sound"),
)  # fmt: skip
#: Names at the head of a zip archive that show that it is an office document.
_DOCUMENTS = (b"[Content_Types].xml", b"mimetypeapplication/")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PART = re.compile(r"<(?:article|div|h1|main|p|section|table)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z!/?]")
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def suffix_of(name: str) -> str:
    """The ending of a file's name."""
    return PurePosixPath(name).suffix.lower()


def kind_of(head: bytes, name: str) -> Kind:
    """The format of a file by its first bytes and its name. Raises NotRead (DL-R011) for formats that are not read."""
    if (reader := owner(head, name)) is not None:
        return reader.name
    if head.startswith(b"PK\x03\x04"):
        if any(mark in head for mark in _DOCUMENTS):
            raise NotRead("It is a document of an office program or an e-book.", where=name)
        return "archive"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise NotRead(f"It is {what}.", where=name)
    named = _KINDS.get(suffix_of(name), "text")
    told = _by_words(_words(head), name, named)
    return named if told is None else told


def _words(head: bytes) -> str:
    """The beginning of a file as text, to tell plain formats by."""
    encoding = next((e for mark, e in _ENCODINGS if head.startswith(mark)), "utf-8")
    return head[:HEAD].decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _by_words(words: str, name: str, named: Kind) -> Kind | None:
    """The format by the first words of the text; None where they do not contradict the name."""
    if "\x00" in words or "\ufffd" in words[:1]:
        return None
    if words.startswith("<"):
        return _by_markup(words, name, named)
    if words.startswith("{") and (told := _by_json(words, named)) is not None:
        return told
    if words.startswith("[") and re.match(r"\[\s*\{\s*\"", words):
        return "json"
    if named == "page" and words and not _TAG.search(words):
        return "text"
    return "table" if named == "text" and _is_table(words) else None


def _by_markup(words: str, name: str, named: Kind) -> Kind | None:
    if _PAGE.search(words) or _PART.match(words):
        return "page"
    if words.startswith("<?xml"):
        raise NotRead("It is XML of a form that is not read.", where=name)
    return None


def _by_json(words: str, named: Kind) -> Kind | None:
    """The format of text that begins with a brace: JSON lines, one JSON document, or None for other text."""
    first = words.split("\n", 1)[0]
    try:
        return "lines" if isinstance(json.loads(first), dict) else None
    except (ValueError, RecursionError):
        # A line longer than what is looked at, or an object over several lines.
        whole = named != "lines" or first.strip() == "{"
        return "json" if whole and re.match(r"\{\s*\"[^\"\n]+\"\s*:", words) else None


def _is_table(words: str) -> bool:
    """Do the words begin with a line that names the columns of reports?"""
    names = [part.strip().strip('"') for part in words.split("\n", 1)[0].split(",")]
    return len(names) > 1 and "text" in names and any(name in FIELDS for name in names)
