"""Feeds (RSS, Atom) saved as files: each entry is a report, with as much text as the feed holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.model import Known, RejectedReport, Report
from dateline.model.rejections import EmptyReport
from dateline.readers.given import Given, Reader
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.said import day_in_address, iso
from dateline.readers.story import blocks_of, drop, is_furniture
from dateline.readers.xml import bare, parsed

_LIMIT = 50_000_000
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|[a-z]{1,9}:feed)\b")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TEXTS = ("encoded", "content", "description", "summary")
_DAYS = ("pubdate", "published", "date", "issued", "updated", "modified")


def _owns(head: bytes, name: str) -> bool:
    start = head[:2_000].decode("utf-8", "replace").replace("\x00", "").lstrip("\ufeff\ufffd \r\n\t")
    return start.startswith("<") and bool(_FEED.search(start)) and not _PAGE.search(start)


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    tree = parsed(given.data(_LIMIT), given.name)
    channel = next((at for at in tree.iter() if bare(at.tag) in ("channel", "feed")), tree)
    site = _child(channel, "title")
    language = (_child(channel, "language") or channel.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    number = 0
    for entry in tree.iter():
        if bare(entry.tag) in ("item", "entry"):
            number += 1
            try:
                yield _report(entry, f"{given.name}:{number}", site, language.split("-")[0], given.max_chars)
            except RejectedReport as rejected:
                rejected.where = f"{given.name}:{number}"
                yield rejected
    if not number:
        raise EmptyReport("The feed holds no entries.", where=given.name)


def _report(entry: Any, where: str, site: str | None, language: str, max_chars: int) -> Report:
    title = " ".join(_plain(_child(entry, "title") or ""))
    link = _link(entry)
    bodies = [lines for name in _TEXTS if (lines := _plain(_child(entry, name) or ""))]
    # The longest text of an entry is the story; a summary repeats its beginning.
    body = max(bodies, key=lambda lines: sum(map(len, lines)), default=[])
    text = "\n".join(line for line in body if not is_furniture(line))
    if not (title or text):
        raise EmptyReport("The entry has no words.", where=where)
    whole = text if text.startswith(title) else f"{title}\n\n{text}".strip()
    uri = link if link.startswith(("http://", "https://")) else where
    return Story(whole, uri, list(_said(entry, title, link, site, language))).report(max_chars)


def _said(entry: Any, title: str, link: str, site: str | None, language: str) -> Iterator[Known]:
    for name in _DAYS:
        words = _child(entry, name)
        yield from known_day(
            iso(words) if words else None, f"entry: {name}", chosen=name not in ("updated", "modified")
        )
    yield from day_in_address(link)
    yield from known("title", title, "entry: title")
    yield from known("publisher", _child(entry, "source"), "entry: source")
    yield from known("publisher", site, "feed: title")
    author = next((at for at in entry if bare(at.tag) in ("author", "creator")), None)
    if author is not None:
        yield from known("author", _child(author, "name") or author.text, "entry: author")
    yield from known("lang", language, "feed: language", chosen=False)


def _child(at: Any, name: str) -> str | None:
    """The text of a child element, with its markup."""
    for child in at:
        if bare(child.tag) == name:
            words = "".join(child.itertext()).strip()
            if words:
                return words
    return None


def _link(entry: Any) -> str:
    for child in entry:
        address = (child.get("href") or child.text or "").strip()
        if address and bare(child.tag) == "link" and child.get("rel") in (None, "alternate"):
            return str(address)
    return (_child(entry, "guid") or _child(entry, "id") or "").strip()


def _plain(markup: str) -> list[str]:
    """The lines of a piece of HTML or of plain text."""
    if "<" not in markup and "&" not in markup:
        return [line for raw in markup.split("\n") if (line := " ".join(raw.split()))]
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return [" ".join(markup.split())]
    for odd in list(tree.iter("script", "style", "figcaption", "form")):
        drop(odd)
    return [block.text for block in blocks_of(tree)]


FEED = Reader("feed", "a feed", _read, _owns, (".rss", ".atom"))
