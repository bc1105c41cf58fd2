"""What the first lines of a text say of the text itself: day, publisher, author, language.

Three forms are read: a line with a label ("Source: Reuters"), a byline ("By Amina Bello"), and a dateline with a whole
day ("KANO, 3 May 2024 - ..."). The agency of a credit is read by `credits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.model import Known
from dateline.model.claims import Knowable
from dateline.model.knowledge import load
from dateline.readers.credits import credited
from dateline.readers.knowing import known, known_day
from dateline.readers.said import iso
from dateline.readers.story import byline

#: How many lines with words are looked at, and how many characters of each.
_LINES, _CHARS = 6, 160
#: The most words that may stand before the day of a dateline ("KANO, Nigeria, Monday, ").
_PLACE = 6
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z -]{1,24}?)\s?:\s?(?P<said>\S.*)")
_DAY = re.compile(
    r"(?:\b[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}\b|\b\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}\b|\b\d{4}-\d\d-\d\d\b)"
)
_AFTER = re.compile(r"\s{0,3}(?:[-–—:]|$)")
_AGENCY = re.compile(r"\s{0,3}\([^()]{2,40}\)")


@dataclass(frozen=True, slots=True)
class _File:
    """The contents of heads.yaml; the comment at the head of that file explains each part."""

    labels: dict[str, tuple[str, ...]]
    languages: dict[str, tuple[str, ...]]


@cache
def _file() -> _File:
    return load("dateline.readers", "heads.yaml", _File)


@cache
def _fields() -> dict[str, str]:
    return {label: field for field, labels in _file().labels.items() for label in labels}


@cache
def _languages() -> dict[str, str]:
    return {name: code for code, names in _file().languages.items() for name in names}


def language(words: str | None) -> str | None:
    """The code of the language that a column or a header names ("English", "en-GB" -> "en"); None where it is no name
    of a language that is known, and no code."""
    name = re.split(r"[;,_-]", words or "")[0].strip().casefold()
    return _languages().get(name) or (name if re.fullmatch(r"[a-z]{2,3}", name) else None)


def said_in(text: str, uri: str) -> Iterator[Known]:
    """What the head of a text says, with its place as the source.

    Its day is never chosen here: where nothing else gives the day, the coder reads it from the text, with its words.
    The publisher is not chosen for a page of the web, where it is the site.
    """
    is_page = uri.lower().startswith(("http://", "https://"))
    for line in _head(text):
        label = _LABEL.fullmatch(line)
        field = _fields().get(label["label"].casefold()) if label else None
        if label and field:
            yield from _labelled(field, label["said"], f"the text: {label['label']}", is_page)
        elif who := byline(line):
            yield from known("author", who, "the text: its byline")
        else:
            yield from _dateline(line)
    yield from credited(text, uri)


def _head(text: str) -> list[str]:
    lines = text[: _LINES * 10 * _CHARS].split("\n")
    return [line.strip()[:_CHARS] for line in lines if line.strip()][:_LINES]


def _labelled(field: str, said: str, source: str, is_page: bool) -> tuple[Known, ...]:
    if len(said) > _CHARS // 2:
        return ()
    if field == "published":
        day = _DAY.search(said)
        return known_day(_iso(day[0]) if day else None, source, chosen=False)
    if field == "lang":
        return known("lang", language(said), source, chosen=False)
    name: Knowable = "publisher" if field == "publisher" else "author"
    return known(name, said, source, chosen=name == "author" or not is_page)


def _dateline(line: str) -> tuple[Known, ...]:
    """The day of a dateline, or of a line that holds nothing but the day."""
    day = _DAY.search(line)
    if day is None:
        return ()
    before = re.findall(r"[^\W\d][\w.'’-]*", line[: day.start()])
    rest = line[day.end() :].lstrip(")")
    agency = _AGENCY.match(rest)
    is_place = len(before) <= _PLACE and all(word[0].isupper() for word in before)
    if not is_place or not _AFTER.match(rest[agency.end() if agency else 0 :]):
        return ()
    return known_day(_iso(day[0]), "the text: its dateline", chosen=False)


def _iso(words: str) -> str | None:
    bare = words.replace(".", "")
    return iso(bare.replace(",", "") if bare[0].isdigit() else bare)
