"""In which encoding a web page is: by its mark, as UTF-8, by what it says of itself, or by the language that it gives.

Pages often name an encoding that they are not in; where the letters and words of a language speak against it, they win.
"""

from __future__ import annotations

import codecs
import re

from dateline.model.errors import WrongEncoding
from dateline.readers.codepages import guess
from dateline.readers.decoding import Decoded, by_mark, guessed, mended, shown_bytes

#: Bytes of a page in which it says what its encoding is.
_HEAD = 4096
_NAMED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
#: What is no prose: scripts and styles up to the next tag, and tags.
_NO_PROSE = re.compile(rb"<(?:script|style)\b[^<>]*+>[^<]*+|<[^<>]*+>|&[#\w]{1,10};", re.IGNORECASE)
#: What browsers take for the encodings that old pages name.
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
        # Damage is looked for last: a page that says what it is in is seldom damaged.
        read = Decoded(text) if text is not None else mended(data, error)
        if read is None:
            shown = shown_bytes(data, error.start)
            raise WrongEncoding(f"It is no UTF-8, and names no encoding that it is in: {shown}.", where=where)
        return read
    return Decoded(text) if meant == text else Decoded(meant, (guessed(found.page, found.language),))


def _named(data: bytes) -> str | None:
    """The encoding that the page names, by Python's name; None where it names none, or UTF-8, which it is not in."""
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
