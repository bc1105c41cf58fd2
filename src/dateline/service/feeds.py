"""Feeds of events: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal
from xml.etree import ElementTree as ET

from dateline.ledger import Ledger, Query
from dateline.model import words
from dateline.model.event import Event

Form = Literal["atom", "json"]
_ATOM = "http://www.w3.org/2005/Atom"
#: The most events in a feed.
_ENTRIES = 50
#: Characters that XML 1.0 cannot hold.
_UNFIT = dict.fromkeys([*(n for n in range(32) if n not in (9, 10, 13)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in a feed: its id, address, title, a summary, and when it was last written."""

    id: str
    url: str
    title: str
    summary: str
    updated: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: title, the address of the page, the feed's own address, when it last changed, and its entries."""

    title: str
    home: str
    own: str
    updated: str
    entries: tuple[Entry, ...]


def feed(ledger: Ledger, query: Query, title: str, home: str, own: str) -> Feed:
    """The feed of the events of a query that were written last. Raises BadQuery (DL-L014)."""
    rows = ledger.events(replace(query, order="recent"), limit=_ENTRIES).events
    written = ledger.written_at([event.id for event in rows])
    entries = tuple(_entry(event, home, written[event.id]) for event in rows)
    updated = max((entry.updated for entry in entries), default="1970-01-01T00:00:00+00:00")
    return Feed(title, home, own, updated, entries)


def _entry(event: Event, home: str, updated: str) -> Entry:
    told = ", ".join(dict.fromkeys(account.report_uri for account in event.accounts))
    days = words.days(event.when, unknown="day unknown")
    summary = f"{days}. Confidence {event.confidence}, {event.review}. Told by {told}."
    return Entry(event.id, f"{home}event/{event.id}", event.headline(), summary, updated)


def _atom(made: Feed) -> tuple[bytes, str]:
    root = ET.Element(f"{{{_ATOM}}}feed")
    ET.register_namespace("", _ATOM)
    _text(root, "title", made.title)
    _text(root, "id", made.own)
    _text(root, "updated", made.updated)
    ET.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=made.own)
    ET.SubElement(root, f"{{{_ATOM}}}link", rel="alternate", href=made.home)
    author = ET.SubElement(root, f"{{{_ATOM}}}author")
    _text(author, "name", "dateline")
    for entry in made.entries:
        one = ET.SubElement(root, f"{{{_ATOM}}}entry")
        _text(one, "id", f"urn:dateline:{entry.id}")
        _text(one, "title", entry.title)
        _text(one, "updated", entry.updated)
        _text(one, "summary", entry.summary)
        ET.SubElement(one, f"{{{_ATOM}}}link", rel="alternate", href=entry.url)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True), "application/atom+xml; charset=utf-8"


def _text(parent: ET.Element, name: str, told: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = told.translate(_UNFIT)


def _json(made: Feed) -> tuple[bytes, str]:
    items = [
        {"id": e.id, "url": e.url, "title": e.title, "content_text": e.summary, "date_modified": e.updated}
        for e in made.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": made.title,
        "home_page_url": made.home,
        "feed_url": made.own,
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False).encode(), "application/feed+json"


WRITERS: dict[Form, Callable[[Feed], tuple[bytes, str]]] = {"atom": _atom, "json": _json}
