"""From bytes to text. A note says where the encoding was guessed; bytes of an unknown encoding are rejected."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from dateline.model.rejections import BinaryReport, EmptyReport, WrongEncoding
from dateline.readers.codepages import guess

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAMPLE = 1 << 16
#: Control characters (Unicode's category Cc) that no text has: all but those that break lines and set tabs.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
#: A text counts as damaged UTF-8 if it has at least so many good multi-byte sequences for each bad one.
_GOOD = 3
#: How many bytes an error message shows on each side of the byte that could not be read.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of bytes, and notes for the user on how they were read."""

    text: str = field(repr=False)
    notes: tuple[str, ...] = ()


def decoded(data: bytes, where: str) -> Decoded:
    """The text of a file's bytes: by the byte-order mark, as UTF-8, or in the code page that gives text of a language.

    Raises EmptyReport (DL-R001), BinaryReport (DL-R002) or WrongEncoding (DL-R003).
    """
    if not data.strip():
        raise EmptyReport("The file is empty.", where=where)
    marked = by_mark(data, where)
    if marked is not None:
        return Decoded(marked)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _of_odd_bytes(data, error, where)
    if _looks_binary(text):
        raise BinaryReport("The file is not text.", where=where)
    return Decoded(text)


def by_mark(data: bytes, where: str) -> str | None:
    """The text by the byte-order mark that it begins with; None where it has none. Raises WrongEncoding (DL-R003)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise WrongEncoding(f"It says it is {encoding} and is not (byte {error.start}).", where=where) from None
    return None


def is_wide(head: bytes) -> bool:
    """Do the bytes begin with the byte-order mark of UTF-16 or UTF-32, in which a line break has several bytes?"""
    return head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def mended(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """The text of UTF-8 with a few bad bytes, each replaced by U+FFFD; None where too many are bad."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(c > "\x7f" for c in text) - bad
    cut_off = error.end == len(data) and error.reason == "unexpected end of data"
    if not cut_off and bad * _GOOD > good:
        return None
    many = "1 place is" if bad == 1 else f"{bad:,} places are"
    return Decoded(text, (f"{many} no UTF-8 and became U+FFFD, the first at {shown_bytes(data, error.start)}.",))


def _of_odd_bytes(data: bytes, error: UnicodeDecodeError, where: str) -> Decoded:
    """The text of bytes that are no UTF-8."""
    sample = data[:_SAMPLE]
    if b"\x00" in data or sum(b < 9 or 13 < b < 32 for b in sample) > len(sample) * 0.05:
        raise BinaryReport("The file is not text.", where=where)
    if (text := mended(data, error)) is not None:
        return text
    found = guess(data)
    if found is None:
        shown = shown_bytes(data, error.start)
        raise WrongEncoding(f"It is no UTF-8, and no code page gives words of one language: {shown}.", where=where)
    return Decoded(found.text, (guessed(found.page, found.language),))


def guessed(page: str, language: str) -> str:
    """The note for a text of which the encoding was guessed."""
    name = page.replace("cp125", "windows-125").replace("iso8859_", "ISO 8859-")
    return f"The encoding is a guess: {name}, by the words of '{language}' that it gives."


def shown_bytes(data: bytes, at: int) -> str:
    """The bytes around one that could not be read, for a message: a person may recognise the word."""
    part = data[max(0, at - _SHOWN) : at + _SHOWN]
    return '"' + " ".join(part.decode("ascii", "backslashreplace").split()) + '"'


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return "\x00" in text or len(_CONTROL.findall(sample)) > len(sample) * 0.05
