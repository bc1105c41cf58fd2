"""Web pages: the article's text without the site's furniture, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from dateline.model import Known, Report
from dateline.model.rejections import BrokenPage, EmptyReport
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.markup import page_text
from dateline.readers.said import said_by
from dateline.readers.story import is_furniture, story_in
from dateline.readers.text import MAX_CHARS

#: A tag with more attributes than this loses all of them: the parser compares each attribute with all others.
_MOST_ATTRIBUTES = 500
#: A tag that is long enough to have so many attributes.
_TAG = re.compile(r"<[a-zA-Z][^<>]{1000,}+")
_DECLARED = re.compile(r"^\W{0,9}<\?xml[^>]{0,200}\?>")


def report_in(data: bytes, uri: str, max_chars: int = MAX_CHARS) -> Report:
    """The report that a page holds, and what the page says of itself.

    The story is found by `story`; where the page has too little prose for that, trafilatura is used.
    Raises BrokenPage (DL-R008), EmptyReport (DL-R001), TooLong (DL-R004).
    """
    from lxml import etree

    read = page_text(data, uri)
    markup = _TAG.sub(_bearable, read.text)
    tree = _tree(markup, uri)
    said = list(said_by(tree, uri))
    try:
        story = story_in(tree)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenPage(f"It cannot be read ({type(error).__name__}).", where=uri) from None
    if story is None:
        text, found = _by_another(markup, uri)
        said.extend(found)
    else:
        text = "\n".join(story.lines)
        said.extend(known("author", story.author, "byline"))
    if not text.strip():
        raise EmptyReport("The page holds no article.", where=uri)
    title = next((one.value for one in said if one.field == "title"), None)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return Story(text, uri, said, notes=read.notes).report(max_chars)


def _tree(markup: str, uri: str) -> Any:
    from lxml import etree, html

    try:
        return html.document_fromstring(_DECLARED.sub("", markup, count=1).replace("\x00", " "))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if isinstance(error, etree.ParserError) and not markup.strip("\x00 \n"):
            raise EmptyReport("The page is empty.", where=uri) from None
        raise BrokenPage(f"It cannot be read ({type(error).__name__}).", where=uri) from None


def _by_another(markup: str, uri: str) -> tuple[str, Iterable[Known]]:
    found = _extracted(markup, uri)
    lines = [line for line in (found.get("text") or "").split("\n") if not is_furniture(line)]
    what = (*known_day(found.get("date"), "the page's text"), *known("title", found.get("title"), "the page's text"))
    return "\n".join(lines).strip(), (*what, *known("publisher", found.get("sitename"), "the page's text"))


def _extracted(page: str, uri: str) -> dict[str, Any]:
    from trafilatura import bare_extraction

    # trafilatura logs pages that it cannot read, for its developers; we tell the user, by a rejected report.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(page, url=uri or None, with_metadata=True, include_comments=False, favor_precision=True)
    except Exception as error:  # trafilatura passes on any error of its parsers.
        raise BrokenPage(f"It cannot be read ({type(error).__name__}).", where=uri) from None
    return {} if found is None else found if isinstance(found, dict) else found.as_dict()


def _bearable(tag: re.Match[str]) -> str:
    """The tag; without its attributes if there are too many."""
    parts = tag[0].split(maxsplit=_MOST_ATTRIBUTES + 1)
    return parts[0] if len(parts) > _MOST_ATTRIBUTES + 1 else tag[0]
