"""Downloads of news databases (LexisNexis, Factiva, ProQuest): many articles in one file, each with its own head.

Each database writes the head of an article in its own form; `knowledge/downloads.yaml` describes the forms. Day,
publisher, author and language are kept with the label of the line that says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from dateline.model import Known, RejectedReport, Report
from dateline.model.knowledge import load
from dateline.model.rejections import EmptyReport
from dateline.readers.decoding import decoded
from dateline.readers.given import Given, Reader
from dateline.readers.heads import language
from dateline.readers.knowing import Story, known, known_day
from dateline.readers.pieces import joined
from dateline.readers.said import iso

#: The most bytes of a download, and how many lines of a file are looked at to tell whether it is a download.
_LIMIT, _LOOKED_AT = 100_000_000, 400
_FIELDS = ("published", "title", "publisher", "author", "lang")
_LENGTH = re.compile(r"[\d,]{1,12} words")
_DAY = re.compile(r"(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a database writes its articles; the comment at the head of downloads.yaml explains each field."""

    name: str
    sure: tuple[str, ...]
    ends: str
    begins: str
    text: tuple[str, ...]
    stops: tuple[str, ...]
    published: tuple[str, ...]
    title: tuple[str, ...]
    publisher: tuple[str, ...]
    author: tuple[str, ...]
    lang: tuple[str, ...]
    coded: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    styles: tuple[_Style, ...]


@dataclass
class _Article:
    """An article while it is read: the lines before its first label, the lines under each label, and its text."""

    lead: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    text: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Articles:
    """The lines of a download, and the style of its database."""

    style: _Style
    lines: Sequence[str]
    notes: tuple[str, ...] = ()


@cache
def _styles() -> tuple[_Style, ...]:
    return load("dateline.readers", "downloads.yaml", _File).styles


def found_in(lines: Sequence[str], notes: tuple[str, ...] = ()) -> Articles | None:
    """The lines as a download, with the style that fits; None where they are no download."""
    head = [line.strip() for line in lines[:_LOOKED_AT]]
    for style in _styles():
        if all(any(re.match(sign, line) for line in head) for sign in style.sure):
            return Articles(style, lines, notes)
    return None


def reports(articles: Articles, given: Given) -> Iterator[Report | RejectedReport]:
    """The articles of a download, each by its number in the file."""
    for number, article in enumerate(_split(articles.style, articles.lines), 1):
        uri = f"{given.name}:{number}"
        try:
            yield _report(article, articles, uri, given.max_chars)
        except RejectedReport as rejected:
            rejected.where = uri
            yield rejected


def _split(style: _Style, lines: Iterable[str]) -> Iterator[_Article]:
    """The articles of the lines. What follows a label belongs to it, until the next label; the text has labels, too."""
    begins, ends = re.compile(style.begins), re.compile(style.ends)
    article, under = _Article(), ""
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if begins.match(line) or ends.match(line):
            if article.text or article.said:
                yield article
            article, under = _Article(), ""
        elif line:
            under = _take(style, article, under, number, line)
    if article.text:
        yield article


def _take(style: _Style, article: _Article, under: str, number: int, line: str) -> str:
    """Add a line to the article. Returns the label that the next line stands under."""
    label, said = _labelled(style, line)
    if label in style.text:
        if said and not _LENGTH.fullmatch(said):
            article.text.append((number, said))
        return "text"
    if label:
        article.said.setdefault(label, []).extend([said] if said else [])
        if label in style.stops or (under == "stop" and not style.coded):
            return "stop"
        return label if style.coded or not said else ""
    if under == "text":
        article.text.append((number, line))
    elif under and under != "stop":
        article.said[under].append(line)
    elif under != "stop":
        article.lead.append(line)
    return under


def _labelled(style: _Style, line: str) -> tuple[str, str]:
    """The label that a line begins with, and what it says; an empty label where there is none."""
    labels = {*style.text, *style.stops, *style.others}.union(*(getattr(style, name) for name in _FIELDS))
    if style.coded:
        label, _, said = line.partition(" ")
        return (label, said.strip()) if label in labels else ("", line)
    label, colon, said = line.partition(":")
    if colon and label in labels:
        return label, said.strip()
    return (line, "") if line in labels else ("", line)


def _report(article: _Article, articles: Articles, uri: str, max_chars: int) -> Report:
    if not article.text:
        raise EmptyReport("The article has a head and no text.", where=uri)
    made = joined(article.text, "row")
    said = list(_said(article, articles.style))
    title = next((one.value for one in said if one.field == "title"), None)
    if title and not made.text.startswith(title):
        made = joined([(article.text[0][0], title), *article.text], "row")
    return Story(made.text, uri, said, made.origins, articles.notes).report(max_chars)


def _said(article: _Article, style: _Style) -> Iterator[Known]:
    for name in _FIELDS:
        for label in getattr(style, name):
            words = " ".join(article.said.get(label, ()))
            yield from _one(name, words, f"{style.name}: {label}")
    yield from _of_lead(article.lead, style)


def _one(name: str, words: str, source: str) -> tuple[Known, ...]:
    if name == "published":
        day = _DAY.search(words)
        return known_day(iso(day[0]) if day else None, source)
    if name == "title":
        return known("title", words, source)
    if name == "publisher":
        return known("publisher", words, source)
    if name == "author":
        return known("author", re.sub(r"^(?i:by)\s+", "", words), source)
    return known("lang", language(words), source, chosen=False)


def _of_lead(lead: Sequence[str], style: _Style) -> Iterator[Known]:
    """What the lines before the first label say: title, publisher, and the day, in this order."""
    at = next((n for n, line in enumerate(lead) if (day := _DAY.match(line)) and len(line) < len(day[0]) + 30), None)
    if at is None:
        yield from known("title", lead[0] if lead else None, f"{style.name}: the first line")
        return
    day = _DAY.match(lead[at])
    yield from known_day(iso(day[0]) if day else None, f"{style.name}: the line of the day")
    before = [line for line in lead[:at] if not re.match(r"(?:\d{1,9} words|Copyright|All Rights)", line)]
    if before:
        yield from known("title", before[0], f"{style.name}: the first line")
    publisher = before[-1] if len(before) > 1 else None
    yield from known("publisher", publisher, f"{style.name}: the line before the day")


def _owns(head: bytes, name: str) -> bool:
    if name.lower().endswith((".html", ".htm", ".csv", ".jsonl", ".json")) or head[:1] in (b"<", b"{", b"["):
        return False
    return found_in(head.decode("utf-8", "replace").splitlines()) is not None


def _read(given: Given) -> Iterator[Report | RejectedReport]:
    read = decoded(given.data(_LIMIT), given.name)
    articles = found_in(read.text.splitlines(), read.notes)
    if articles is not None:
        yield from reports(articles, given)


DOWNLOAD = Reader("download", "a download of a news database", _read, _owns)
