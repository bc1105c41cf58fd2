"""Web pages: the article's text without the site's furniture, and what the page says of itself (trafilatura)."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.model import Report
from dateline.model.errors import BrokenPage, EmptyReport
from dateline.model.knowledge import load
from dateline.readers.dates import given
from dateline.readers.markup import page_text
from dateline.readers.text import MAX_CHARS, report_of

#: A line with more words than this is no furniture, whatever it begins with.
_SHORT = 12
#: A tag with more attributes loses them all: a parser compares each with all others.
_MOST_ATTRIBUTES = 500
_TAG = re.compile(r"<[a-zA-Z][^<>]*+")


@dataclass(frozen=True, slots=True)
class _Furniture:
    """Patterns of lines that belong to the site, not to the story."""

    begins: tuple[str, ...]
    whole: tuple[str, ...]


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = load("dateline.readers", "furniture.yaml", _Furniture)
    begins, whole = ("|".join(re.escape(words) for words in part) for part in (told.begins, told.whole))
    return re.compile(rf"(?:{begins})\b", re.I), re.compile(rf"(?:{whole})\W*", re.I)


def report_in(data: bytes, uri: str, max_chars: int = MAX_CHARS) -> Report:
    """The report that a page holds; its publication day where the page states one.

    Raises BrokenPage (DL-R008), EmptyReport (DL-R001), TooLong (DL-R004).
    """
    read = page_text(data, uri)
    found = _extracted(read.text, uri)
    text = _story(found.get("text") or "")
    if not text.strip():
        raise EmptyReport("The page holds no article.", where=uri)
    title = found.get("title")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return report_of(text, uri, _day(found.get("date")), title, found.get("sitename"), max_chars, read.notes)


def _extracted(page: str, uri: str) -> dict[str, Any]:
    from trafilatura import bare_extraction

    # It tells its own developers of pages that it cannot read; we tell the user, by the rejected report.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            _TAG.sub(_bearable, page), url=uri or None, with_metadata=True, include_comments=False, favor_precision=True
        )
    except Exception as error:  # It raises what its parsers raise.
        raise BrokenPage(f"It cannot be read ({type(error).__name__}).", where=uri) from None
    return {} if found is None else found if isinstance(found, dict) else found.as_dict()


def _bearable(tag: re.Match[str]) -> str:
    """The tag, without its attributes where they are too many."""
    parts = tag[0].split(maxsplit=_MOST_ATTRIBUTES + 1)
    return parts[0] if len(parts) > _MOST_ATTRIBUTES + 1 else tag[0]


def _day(date: str | None) -> str | None:
    try:
        return given(date).start if date and re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None
    except ValueError:
        return None


def _story(text: str) -> str:
    """The lines that are of the story."""
    begins, whole = _furniture()
    kept = [
        line
        for line in text.split("\n")
        if not whole.fullmatch(line.strip()) and not (len(line.split()) <= _SHORT and begins.match(line.strip()))
    ]
    return "\n".join(kept).strip()
