"""Read feeds (RSS of all versions, Atom, sitemaps) and the links of a page, as far as polling needs them: the addresses
of stories, and whether a feed says that a story changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from dateline.watch.errors import NoFeed

#: Parameters of an address that only track where a reader came from; they do not select the story.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "at_medium", "at_campaign")
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a feed: its address, its title, its day (ISO) if the feed tells one, its text (HTML) if the feed holds
    it, and a mark that differs when the feed says that the story changed."""

    url: str
    title: str | None
    day: str | None
    text: str | None
    mark: str


def entries_in(data: bytes, base: str, most: int) -> list[Entry]:
    """The stories of a feed or sitemap, each once, in the order of the feed. Raises NoFeed (DL-W006)."""
    root, wrong = _tree(data)
    if root is None or _name(root) not in ("rss", "rdf", "feed", "urlset"):
        raise NoFeed("It is neither RSS nor Atom nor a sitemap.", where=base)
    found: dict[str, Entry] = {}
    for node in root.iter():
        if _name(node) in ("item", "entry", "url"):
            one = _entry(node, base)
            if one is not None:
                found.setdefault(one.url, one)
        if len(found) >= most:
            break
    if wrong and not found:
        raise NoFeed(f"It is XML that cannot be read ({wrong}).", where=base)
    return list(found.values())


def _tree(data: bytes) -> tuple[Any, str]:
    """The tree of as much XML as can be read, and the error that stopped the reading, if any."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)
    return root, next((one.message[:200] for one in parser.error_log if one.level >= etree.ErrorLevels.FATAL), "")


def _name(node: Any) -> str:
    tag = node.tag if isinstance(node.tag, str) else ""
    return tag.rpartition("}")[2].lower()


def _entry(node: Any, base: str) -> Entry | None:
    parts: dict[str, str] = {}
    link = None
    for child in node:
        name, words = _name(child), "".join(child.itertext()).strip()
        if name == "link":
            own = child.get("href") or words
            if own and (link is None or child.get("rel", "alternate") == "alternate"):
                link = own
        elif words:
            parts.setdefault(name, words)
    guid = parts.get("guid") or parts.get("id") or ""
    link = link or parts.get("loc") or (guid if guid.startswith(("http://", "https://")) else None)
    address = _joined(base, link) if link else None
    if address is None:
        return None
    dated = parts.get("updated") or parts.get("modified") or parts.get("lastmod")
    told = parts.get("pubdate") or parts.get("published") or parts.get("date")
    text = parts.get("encoded") or parts.get("content") or parts.get("description") or parts.get("summary")
    mark = hashlib.sha256(f"{dated or ''}\0{parts.get('title', '')}".encode("utf-8", "replace")).hexdigest()[:16]
    return Entry(address, parts.get("title"), day_of(told or dated), text, mark)


def day_of(words: str | None) -> str | None:
    """The day (ISO) of a feed's date: RFC 822 or ISO 8601; None where it is neither."""
    if not words:
        return None
    from dateline.readers.dates import given

    for read in (str, _rfc822):
        try:
            return given(read(words)).start
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _rfc822(words: str) -> str:
    return parsedate_to_datetime(words).date().isoformat()


def plain(url: str) -> str | None:
    """An address without its fragment and tracking parameters; None where it is no http address."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST:
            return None
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if not name.lower().startswith(_TRACKING)]
        query = parts.query if len(kept) == len(pairs) else urlencode(kept)
        return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))
    except ValueError:
        return None


def _joined(base: str, link: str) -> str | None:
    """The plain address that a link leads to; None where it leads to no http address."""
    try:
        return plain(urljoin(base, link))
    except ValueError:  # A broken address ("http://[x").
        return None


def links_in(data: bytes, base: str, pattern: str, most: int) -> list[Entry]:
    """The links of a page that match a pattern with `*`, each once."""
    found = dict.fromkeys(url for url in _links(data, base) if fnmatchcase(url, pattern))
    return [Entry(url, None, None, None, "") for url in list(found)[:most]]


def _links(data: bytes, base: str) -> Iterator[str]:
    from lxml import etree, html

    try:
        root = html.fromstring(data)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter("a"):
        address = _joined(base, node.get("href") or "")
        if address:
            yield address
