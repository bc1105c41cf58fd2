"""Lists of addresses: sitemaps, plain lists, GDELT's tables and Common Crawl's index.

Nothing is fetched unless the user asked for it (`--fetch`). Then each address is fetched, with the same guards as an
address that is added on the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from dateline.model import RejectedReport, Report
from dateline.model.rejections import BrokenDocument, EmptyReport, NotFetched, TooDeep
from dateline.readers.given import DEEPEST, MAX_ADDRESSES, Given, Reader
from dateline.readers.xml import bare, parsed

#: The most bytes of a list.
_LIMIT = 50_000_000
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,2000}", re.IGNORECASE)
#: GDELT's tables (events, mentions, the knowledge graph): number of columns -> index of the column with the address.
_GDELT = {61: 60, 58: 57, 16: 5, 27: 4}
_CRAWL = re.compile(r"\A[^\s()]{1,255}+\)\S{0,2000}+ \d{14} \{")
_SITEMAP = re.compile(r"<(?:[a-z]{1,9}:)?(?:urlset|sitemapindex)\b")


def fetched(address: str, given: Given) -> Iterator[Report | RejectedReport]:
    """The reports at an address; a rejection (DL-R019) where the user did not ask for fetching."""
    if given.web is None:
        yield NotFetched("It was not fetched.", where=address)
        return
    if given.depth >= DEEPEST:
        yield TooDeep("It is a list in too many others.", where=address)
        return
    if not given.web.takes(address):
        return
    try:
        found = given.web.fetch(address)
    except RejectedReport as rejected:
        yield rejected
        return
    # The label ends in the suffix of the content type that the server names, so that the format is known. In the
    # report's name it is replaced by the bare address.
    label = f"{found.url}#{found.suffix}"
    for row in given.inside(label, found.data):
        one = _named(row, label, found.url)
        if isinstance(one, Report):
            given.web.tell(one, found)
        yield one


def _named(one: Report | RejectedReport, label: str, url: str) -> Report | RejectedReport:
    if isinstance(one, RejectedReport):
        one.where = (one.where or label).replace(label, url, 1)
        return one
    return replace(one, uri=one.uri.replace(label, url, 1))


def _all(addresses: list[str], given: Given) -> Iterator[Report | RejectedReport]:
    """The reports of all addresses of a list, each once."""
    once = list(dict.fromkeys(address for address in addresses if _ADDRESS.fullmatch(address)))
    if not once:
        raise EmptyReport("The list holds no addresses.", where=given.name)
    if given.web is None:
        raise NotFetched(f"It lists {len(once):,} addresses, which were not fetched.", where=given.name)
    for address in once[:MAX_ADDRESSES]:
        yield from fetched(address, given)
    for address in once[MAX_ADDRESSES:]:
        yield NotFetched(f"Of a list the first {MAX_ADDRESSES:,} are fetched.", where=address, remedy="Split the list.")


def _text(head: bytes) -> str:
    return head.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")


def _owns_sitemap(head: bytes, name: str) -> bool:
    start = _text(head)[:2_000]
    return start.startswith("<") and bool(_SITEMAP.search(start))


def _read_sitemap(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports at the addresses of a sitemap; sitemaps that it names are read, too."""
    tree = parsed(given.data(_LIMIT), given.name)
    found: list[str] = []
    for entry in tree.iter():
        if bare(entry.tag) in ("url", "sitemap"):
            found.extend((at.text or "").strip() for at in entry if bare(at.tag) == "loc")
    yield from _all(found, given)


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line.strip()]


def _owns_gdelt(head: bytes, name: str) -> bool:
    rows = _rows(_text(head))
    first = rows[0] if rows else []
    at = _GDELT.get(len(first))
    return at is not None and first[0].replace("-", "").isdigit() and bool(_ADDRESS.match(first[at]))


def _read_gdelt(given: Given) -> Iterator[Report | RejectedReport]:
    text = given.data(_LIMIT).decode("utf-8", "replace")
    found = [row[at] for row in _rows(text) if (at := _GDELT.get(len(row))) is not None]
    yield from _all(found, given)


def _owns_crawl(head: bytes, name: str) -> bool:
    return bool(_CRAWL.match(_text(head)))


def _read_crawl(given: Given) -> Iterator[Report | RejectedReport]:
    """The reports at the addresses in Common Crawl's index, of pages that were there when Common Crawl fetched them."""
    found: list[str] = []
    for line in given.data(_LIMIT).decode("utf-8", "replace").splitlines():
        try:
            row = json.loads(line[line.index("{") :])
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict) and str(row.get("status", "200")) == "200" and isinstance(row.get("url"), str):
            found.append(row["url"])
    if not found:
        raise BrokenDocument("No line of the index names a page.", where=given.name)
    yield from _all(found, given)


def _owns_list(head: bytes, name: str) -> bool:
    lines = [line for line in _text(head).splitlines() if line.strip()]
    whole = lines[:-1] if len(head) >= 1 << 14 else lines
    return bool(whole) and all(_of_line(line) for line in whole)


def _of_line(line: str) -> str | None:
    """The address in a line that holds nothing else, or (in GDELT's lists of its files) a size and a checksum
    before it; None where there is none."""
    parts = line.split()
    is_file = len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 32
    last = parts[-1] if len(parts) == 1 or is_file else ""
    return last if _ADDRESS.fullmatch(last) else None


def _read_list(given: Given) -> Iterator[Report | RejectedReport]:
    lines = given.data(_LIMIT).decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    yield from _all([address for line in lines if line.strip() and (address := _of_line(line))], given)


SITEMAP = Reader("sitemap", "a sitemap", _read_sitemap, _owns_sitemap)
GDELT = Reader("gdelt", "a table of GDELT's", _read_gdelt, _owns_gdelt)
CRAWL = Reader("crawl", "an index of Common Crawl's", _read_crawl, _owns_crawl, (".cdxj",))
ADDRESSES = Reader("addresses", "a list of addresses", _read_list, _owns_list)
