"""Find the story of a web page, and leave out the site's furniture: navigation, share bars, captions, links, forms.

Furniture is known by its tags, by the names of its elements, and by how its lines begin (`knowledge/furniture.yaml`).
The story is the smallest part of the rest that holds most of the page's prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.model.knowledge import load

#: A line with more words than this is no furniture, however it begins.
_SHORT = 12
#: Tags that hold no story, and tags that begin a new line.
_NEVER = frozenset(
    "aside audio button canvas dialog fieldset figcaption footer form iframe input label nav noscript object option "
    "picture script select style svg template textarea video".split()
)
_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt figure h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section "
    "table tbody td th tr ul".split()
)
_HEADINGS = frozenset(("h2", "h3", "h4"))
#: A paragraph is prose if it has at least so many characters, and less than this share of them are links.
_PROSE, _LINKED = 40, 0.5
#: The search for the story goes down into an element as long as it holds this share of its parent's prose. An element
#: that holds more than the second share of the page's text is no furniture.
_MOST, _MUCH = 0.75, 0.4
#: A page with less prose than this (in characters) has too little to find its story.
_LEAST = 150
_END = re.compile(r"[.!?…。؟।:][\"'”’»)\]]{0,3}$")
_BYLINE = re.compile(r"(?:by|written by|reporting by|from)\s+(?=[A-Z])(?P<who>[^.!?]{3,80})$", re.IGNORECASE)
#: Attributes that say what an element is for.
_NAMES = ("class", "id", "role", "data-component", "data-testid")
_ODD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Furniture:
    """The contents of furniture.yaml; the comment at the head of that file explains each part."""

    begins: tuple[str, ...]
    whole: tuple[str, ...]
    credits: tuple[str, ...]
    classes: str


@dataclass(frozen=True, slots=True)
class _Known:
    """The same as compiled patterns and sets."""

    begins: re.Pattern[str]
    whole: re.Pattern[str]
    credits: re.Pattern[str]
    classes: frozenset[str]
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page: its words, its tag, and how many of its characters are in links."""

    text: str
    tag: str
    linked: int

    @property
    def is_prose(self) -> bool:
        """Is it a paragraph of a text, not a caption, a link or a label?"""
        return len(self.text) >= _PROSE and self.linked < _LINKED * len(self.text)


@dataclass(frozen=True, slots=True)
class StoryOf:
    """The story of a page: its lines, and the author that the byline names."""

    lines: tuple[str, ...]
    author: str | None = None


@cache
def _furniture() -> _Known:
    told = load("dateline.readers", "furniture.yaml", _Furniture)
    begins, whole, endings = ("|".join(map(re.escape, part)) for part in (told.begins, told.whole, told.credits))
    names = told.classes.split()
    return _Known(
        re.compile(rf"(?:{begins})(?!\w)", re.I),
        re.compile(rf"\W{{0,9}}(?:{whole})\W{{0,9}}", re.I),
        re.compile(rf"(?:{endings})\b[^.!?]{{0,40}}[\])]?$", re.I),
        frozenset(name for name in names if "-" not in name),
        tuple(f" {name.replace('-', ' ')} " for name in names if "-" in name),
    )


def is_furniture(line: str) -> bool:
    """Does a line belong to the site, not to the story?"""
    words = line.strip()
    known = _furniture()
    if known.whole.fullmatch(words):
        return True
    return len(words.split()) <= _SHORT and bool(known.begins.match(words) or known.credits.search(words))


def story_in(tree: Any) -> StoryOf | None:
    """The story of a page; None where the page has too little prose. The furniture is removed from `tree` itself."""
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return None
    _clear(body)
    weights = _weights(body)
    if weights.get(body, 0) < _LEAST:
        return None
    return _told(list(blocks_of(_smallest(body, weights))))


def _told(blocks: list[Block]) -> StoryOf | None:
    """The lines from the first paragraph of prose to the last, without furniture, and the author of a byline."""
    prose = [at for at, block in enumerate(blocks) if block.is_prose and not is_furniture(block.text)]
    if not prose or sum(len(blocks[at].text) for at in prose) < _LEAST:
        return None
    author = next((who for block in blocks[: prose[0] + 2] if (who := byline(block.text))), None)
    inside = blocks[prose[0] : prose[-1] + 1]
    lines = [b.text for n, b in enumerate(inside) if _is_told(b, inside[n + 1] if n + 1 < len(inside) else None)]
    return StoryOf(tuple(lines), author)


def _is_told(block: Block, after: Block | None) -> bool:
    if is_furniture(block.text) or byline(block.text):
        return False
    if block.linked > 0.8 * len(block.text) and len(block.text.split()) <= 25:
        return False
    if block.tag in _HEADINGS:
        return after is not None and not after.linked > _LINKED * len(after.text)
    return block.is_prose or bool(_END.search(block.text)) or block.tag in ("li", "td", "th", "dd")


def byline(line: str) -> str | None:
    """The author that a byline names ("By Jane Doe"); None where the line is no byline."""
    match = _BYLINE.match(line.strip()) if len(line) < 100 else None
    if match is None or any(word.islower() and word not in _LOW for word in match["who"].split()):
        return None
    return match["who"].strip(" ,|")


#: Words in lower case that a byline may hold.
_LOW = frozenset("and in de da del van von al el bin for of the staff".split())


def _clear(body: Any) -> None:
    """Remove elements that are furniture by their tag or name, unless they hold much of the page's text."""
    inside: dict[Any, int] = {}
    for paragraph, words in _paragraphs(body):
        _climb(paragraph, body, words, inside)
    most = _MUCH * inside.get(body, 0)
    waiting = list(body)
    while waiting:
        at = waiting.pop()
        never = not isinstance(at.tag, str) or at.tag == "noscript"
        if never or ((at.tag in _NEVER or _is_named_so(at)) and inside.get(at, 0) <= most):
            drop(at)
        else:
            waiting.extend(at)


def _climb(at: Any, body: Any, words: int, weights: dict[Any, int]) -> None:
    """Add a number of characters to the weights of an element and all elements around it, up to the body."""
    while at is not None:
        weights[at] = weights.get(at, 0) + words
        at = at.getparent() if at is not body else None


def drop(element: Any) -> None:
    """Remove an element from its page. The text after it stays, without characters that XML forbids ("&#1;")."""
    if element.getparent() is not None:
        if element.tail:
            element.tail = _ODD.sub(" ", element.tail)
        before = element.getprevious()
        holder, name = (before, "tail") if before is not None else (element.getparent(), "text")
        if words := getattr(holder, name):
            setattr(holder, name, _ODD.sub(" ", words))
        element.drop_tree()


def _is_named_so(element: Any) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    told = " ".join([element.get(name) or "" for name in _NAMES])[:400]
    if told.isspace():
        return False
    words = _WORDS.findall(_CAMEL.sub(" ", told).lower())
    known = _furniture()
    return not known.classes.isdisjoint(words) or any(pair in f" {' '.join(words)} " for pair in known.pairs)


def _weights(body: Any) -> dict[Any, int]:
    """How many characters of prose lie in each element."""
    weights: dict[Any, int] = {}
    for paragraph, words in _paragraphs(body):
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        if words >= _PROSE and linked < _LINKED * words:
            _climb(paragraph, body, words, weights)
    return weights


def _paragraphs(body: Any) -> Iterator[tuple[Any, int]]:
    """The elements that may be paragraphs, each with its number of characters: paragraph tags, and other elements with
    text of their own (old pages and some programs write them)."""
    for element in body.iter("p", "pre", "blockquote", "li"):
        if element.tag == "p" or element.find(".//p") is None:
            yield element, len(element.text_content())
    for element in body.iter("div", "td", "section", "article"):
        own = len((element.text or "").strip()) + sum(len(child.tail.strip()) for child in element if child.tail)
        if own >= _PROSE:
            yield element, own


def _smallest(body: Any, weights: dict[Any, int]) -> Any:
    """The smallest part of the page that holds most of its prose."""
    marked = [e for e in body.iter("article", "div", "section") if e.get("itemprop") == "articleBody"]
    at = max(marked, key=lambda e: weights.get(e, 0), default=body)
    if weights.get(at, 0) < _MUCH * weights[body]:
        at = body
    while True:
        best = max(at, key=lambda child: weights.get(child, 0), default=None)
        if best is None or best.tag in ("p", "li", "pre") or weights.get(best, 0) < _MOST * weights[at]:
            return at
        if any(child is not best and weights.get(child) and _are_alike(child, best) for child in at):
            return at
        at = best


def _are_alike(one: Any, other: Any) -> bool:
    """Do two elements have the same tag and class? Then they are likely parts of one story."""
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def blocks_of(element: Any) -> Iterator[Block]:
    """The lines of a part of a page, in order; a line break (<br>) ends a line."""
    from lxml import etree

    parts: list[str] = []
    linked = in_link = 0
    tag = str(element.tag)

    def flushed() -> Iterator[Block]:
        for text in _lines("".join(parts)):
            yield Block(text, tag, min(linked, len(text)))

    for event, at in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(at.tag, str):
            continue
        words = at.text if event == "start" else (at.tail if at is not element else None)
        if at.tag in _BLOCKS:
            yield from flushed()
            parts, linked = [], 0
            tag = at.tag if event == "start" else str(element.tag)
        elif at.tag == "br" and event == "start":
            parts.append("\n")
        if at.tag == "a":
            in_link += 1 if event == "start" else -1
        if words:
            parts.append(words.replace("\n", " "))
            linked += len(words.strip()) if in_link else 0
    yield from flushed()


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if words := " ".join(line.split()):
            yield words
