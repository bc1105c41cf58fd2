"""The encoding of a web page: by its byte-order mark, as UTF-8, by its declaration, or by the language of its text.

Pages often declare a wrong encoding. Where another code page gives the letters and words of a language, that one wins.
"""

from __future__ import annotations

import codecs
import re

from dateline.model.rejections import WrongEncoding
from dateline.readers.codepages import guess
from dateline.readers.decoding import Decoded, by_mark, guessed, mended, shown_bytes

#: How many bytes at the beginning of a page are searched for its declared encoding.
_HEAD = 4096
_NAMED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
#: Bytes that are not prose: scripts and styles up to the next tag, other tags, and character references.
_NO_PROSE = re.compile(rb"<(?:script|style)\b[^<>]*+>[^<]*+|<[^<>]*+>|&[#\w]{1,10};", re.IGNORECASE)
#: Declared encodings -> the larger code pages that browsers use for them.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def page_text(data: bytes, where: str) -> Decoded:
    """The text of a page's bytes. Raises WrongEncoding (DL-R003)."""
    marked = by_mark(data, where)
    if marked is not None:
        return Decoded(marked)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        named = _named(data)
        if named is None and (damaged := mended(data, error)) is not None:
            return damaged
        return _of_old_page(data, named, error, where)


def _of_old_page(data: bytes, named: str | None, error: UnicodeDecodeError, where: str) -> Decoded:
    text = _decoded(data, named) if named is not None else None
    found = guess(_NO_PROSE.sub(b" ", data))
    meant = _decoded(data, found.page) if found is not None else None
    if found is None or meant is None:
        # Damaged UTF-8 is tried last: a page that declares another encoding is seldom damaged UTF-8.
        read = Decoded(text) if text is not None else mended(data, error)
        if read is None:
            shown = shown_bytes(data, error.start)
            raise WrongEncoding(f"It is no UTF-8, and names no encoding that it is in: {shown}.", where=where)
        return read
    return Decoded(text) if meant == text else Decoded(meant, (guessed(found.page, found.language),))


def _named(data: bytes) -> str | None:
    """The encoding that the page declares, by Python's name. None where it declares none, or UTF-8: reading the page as
    UTF-8 has failed before."""
    said = _NAMED.search(data[:_HEAD])
    if said is None:
        return None
    try:
        name = codecs.lookup(said[1].decode("ascii")).name
    except LookupError:
        return None
    return None if name.startswith(("utf", "idna", "punycode")) else _MEANT.get(name, name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
