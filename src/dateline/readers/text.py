"""Plain text: from bytes to a report, never with mojibake in silence."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata

from dateline.model import Report
from dateline.model.errors import BinaryReport, EmptyReport, TooLong, WrongEncoding
from dateline.readers.dates import given

#: A report longer than this is no report (about eight novels).
MAX_CHARS = 5_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SAMPLE = 1 << 16


def decoded(data: bytes, where: str) -> str:
    """The text of a file's bytes: by its byte-order mark, as UTF-8, or by a detector that is sure of itself.

    Raises EmptyReport (DL-R001), BinaryReport (DL-R002) or WrongEncoding (DL-R003).
    """
    if not data.strip():
        raise EmptyReport("The file is empty.", where=where)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise WrongEncoding(f"It says it is {encoding} and is not (byte {error.start}).", where=where) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(data, where)
    if _looks_binary(text):
        raise BinaryReport("The file is not text.", where=where)
    return text


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v\x85" for c in sample)
    return "\x00" in sample or odd > len(sample) * 0.05


def _detected(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if b"\x00" in sample or sum(b < 9 or 13 < b < 32 for b in sample) > len(sample) * 0.05:
        raise BinaryReport("The file is not text.", where=where)
    best = from_bytes(sample, cp_isolation=["cp1252", "latin_1", "cp1254", "cp1251", "cp1256", "iso8859_9"]).best()
    # Latin letters with a few accents are told apart well; anything that looks like noise is not ours to guess.
    if best is None or best.chaos > 0.1:
        raise WrongEncoding("The encoding could not be told.", where=where)
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(f"It looks like {best.encoding} and is not (byte {error.start}).", where=where) from None


def report_of(
    text: str,
    uri: str = "",
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    max_chars: int = MAX_CHARS,
) -> Report:
    """A report of a text, kept exactly as given. Raises EmptyReport (DL-R001), TooLong (DL-R004), ValueError (date)."""
    if not text.strip():
        raise EmptyReport("The report has no text.", where=uri or None)
    if len(text) > max_chars:
        raise TooLong(f"The report has {len(text):,} characters; the limit is {max_chars:,}.", where=uri or None)
    when = given(published) if published else None
    # Lone surrogates cannot be written as UTF-8; the same number of characters stays.
    text = text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text
    name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    return Report(name, uri, text, title, publisher, None, when)
