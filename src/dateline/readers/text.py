"""Plain text as a report, kept exactly as given."""

from __future__ import annotations

import hashlib

from dateline.model import Report
from dateline.model.rejections import EmptyReport, OddCharacters, TooLong
from dateline.readers.credits import credited
from dateline.readers.dates import given

#: The most characters of a report (about eight novels).
MAX_CHARS = 5_000_000


def report_of(
    text: str,
    uri: str = "",
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    max_chars: int = MAX_CHARS,
    notes: tuple[str, ...] = (),
) -> Report:
    """A report with exactly this text. Where no publisher is given, a news agency that the text names as its author is
    the publisher.

    Raises EmptyReport (DL-R001), TooLong (DL-R004), OddCharacters (DL-R014), ValueError (date).
    """
    if not text.strip():
        raise EmptyReport("The report has no text.", where=uri or None)
    if len(text) > max_chars:
        raise TooLong(f"The report has {len(text):,} characters; the limit is {max_chars:,}.", where=uri or None)
    _check(uri, title, publisher)
    when = given(published) if published else None
    # Lone surrogates cannot be written as UTF-8. Each becomes one "?", so that the number of characters stays the same.
    text = text.encode("utf-8", "replace").decode("utf-8") if not is_unicode(text) else text
    name = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
    known = () if publisher else credited(text, uri)
    publisher = known[0].value if known else publisher
    return Report(name, uri, text, title, publisher, None, when, notes, known)


def is_unicode(words: str) -> bool:
    """Can the text be written as UTF-8? A lone surrogate cannot; JSON and file names may hold one."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown(words: str) -> str:
    """The text with escapes for characters that cannot be written as UTF-8."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")


def _check(uri: str, title: str | None, publisher: str | None) -> None:
    for name, words in (("uri", uri), ("title", title), ("publisher", publisher)):
        if words and ("\x00" in words or not is_unicode(words)):
            what = f'"{name}" has characters that cannot be kept: {shown(words)[:200]!r}.'
            raise OddCharacters(what, where=shown(uri) or None)
