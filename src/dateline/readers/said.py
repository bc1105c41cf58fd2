"""What a web page says about itself: in its metadata, in its data for search engines (JSON-LD), and in its address."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.model import Known
from dateline.readers.knowing import known, known_day

#: Names of metadata that hold a day, the surest first.
_DAYS = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "pubdate",
    "publish-date", "publishdate", "publication_date", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created",
    "date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "publisher", "application-name")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_IN_ADDRESS = re.compile(r"[/_-](?P<y>(?:19|20)\d\d)[/_-]?(?P<m>0[1-9]|1[0-2])[/_-]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_ARTICLE = re.compile(r"Article|Report|Posting", re.I)
#: The most JSON-LD objects of a page that are looked at, and the most bytes of one block.
_OBJECTS, _BYTES = 200, 500_000


def said_by(tree: Any, uri: str) -> Iterator[Known]:
    """What a page says about itself, the surest source first."""
    named = _metadata(tree)
    article = _article(tree)
    yield from _days(tree, named, article)
    yield from day_in_address(uri)
    yield from _names(tree, named, article)
    yield from known("lang", _language(tree), "metadata: html lang", chosen=False)


def day_in_address(uri: str) -> tuple[Known, ...]:
    """The day of publication that an address holds ("/2024/05/15/")."""
    found = _IN_ADDRESS.search(uri) if "://" in uri else None
    return known_day("-".join(found.group("y", "m", "d")), "address") if found else ()


def _metadata(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            found.setdefault(name.lower()[:60], meta.get("content"))
    return found


def _days(tree: Any, named: dict[str, str], article: dict[str, Any]) -> Iterator[Known]:
    for name in _DAYS:
        if name in named:
            yield from known_day(iso(named[name]), f"metadata: {name}")
    yield from known_day(iso(_text(article.get("datePublished"))), "marks: datePublished")
    for mark in list(tree.iter("time"))[:1]:
        yield from known_day(iso(mark.get("datetime") or ""), "the page's first time")


def _names(tree: Any, named: dict[str, str], article: dict[str, Any]) -> Iterator[Known]:
    publisher = next((named[n] for n in _PUBLISHERS if n in named), None) or name_of(article.get("publisher"))
    for name in _TITLES:
        yield from known("title", _bare(named.get(name), publisher), f"metadata: {name}")
    yield from known("title", _text(article.get("headline")), "marks: headline")
    yield from known("title", _bare(_first(tree, "h1") or _first(tree, "title"), publisher), "the page's heading")
    for name in _PUBLISHERS:
        yield from known("publisher", named.get(name), f"metadata: {name}")
    yield from known("publisher", name_of(article.get("publisher")), "marks: publisher")
    yield from known("author", name_of(article.get("author")), "marks: author")
    for name in _AUTHORS:
        if not named.get(name, "").startswith("http"):
            yield from known("author", named.get(name), f"metadata: {name}")


def iso(value: str) -> str | None:
    """A date of metadata as YYYY-MM-DD. It may be written as ISO or as in e-mail ("Wed, 15 May 2024 10:00:00 GMT")."""
    value = value.strip()[:60]
    if match := _ISO.match(value):
        return match[0]
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _worded(value)


_FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d", "%Y%m%d")
_DAY = re.compile(r"[A-Z][a-z]+day,? ?| [A-Z][a-z]+day$")


def _worded(value: str) -> str | None:
    """A date in words ("May 3, 2024 Friday")."""
    bare = _DAY.sub("", value).strip(" ,")
    for form in _FORMS:
        try:
            return dt.datetime.strptime(bare, form).date().isoformat()
        except ValueError:
            continue
    return None


def _article(tree: Any) -> dict[str, Any]:
    """The article that the page's JSON-LD describes; empty where it describes none."""
    waiting: list[Any] = []
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text and len(script.text) < _BYTES:
            try:
                waiting.append(json.loads(script.text, strict=False))
            except (ValueError, RecursionError):
                continue
    for _ in range(_OBJECTS):
        if not waiting:
            break
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting.extend(one[:_OBJECTS])
        elif isinstance(one, dict):
            if _ARTICLE.search(str(one.get("@type"))[:200]):
                return one
            waiting.append(one.get("@graph"))
    return {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def name_of(value: Any) -> str | None:
    """The name or names in a JSON value: a string, an object with a "name", or a list of these; None where it has no
    such form."""
    if isinstance(value, list):
        names = [name for one in value[:9] if (name := name_of(one))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _first(tree: Any, tag: str) -> str | None:
    found = next(tree.iter(tag), None)
    return " ".join(found.text_content().split()) if found is not None else None


def _bare(title: str | None, publisher: str | None) -> str | None:
    """A title without the name of the site at its end."""
    for dash in (" - ", " | ", " – ", " — ", " :: "):
        before, _, site = (title or "").rpartition(dash)
        if before and publisher and site.strip().casefold() == publisher.strip().casefold():
            return before
    return title


def _language(tree: Any) -> str | None:
    root = tree.getroottree().getroot()
    told = root.get("lang") or ""
    return told.split("-")[0].lower() if re.match(r"[A-Za-z]{2,3}\b", told) else None
