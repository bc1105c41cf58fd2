"""Cut a report into numbered sentences, and a long report into overlapping parts, so that all of it is asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.language import Document
from dateline.model import Span

#: The default for the most characters of a report in one prompt. With the instructions and the answer they fit a model
#: of 8,000 tokens.
PART_CHARS = 6_000
#: How many sentences the next part repeats, and how many first sentences of the report every later part shows.
OVERLAP = HEAD = 2


class Numbered(NamedTuple):
    """A sentence of the report by its number, counted from 1."""

    number: int
    span: Span
    text: str


def sentences_of(text: str) -> tuple[Numbered, ...]:
    """The sentences of a text, in order; together they hold all text that is not blank."""
    return numbered(Document.of(text))


def numbered(document: Document) -> tuple[Numbered, ...]:
    """The numbered sentences of a document; text between two sentences counts as a sentence, too."""
    text, spans, at = document.text, list[Span](), 0
    for one in document.sentences:
        spans += [*_left(text, at, one.start), Span(one.start, one.end)]
        at = max(at, one.end)
    spans += _left(text, at, len(text))
    return tuple(Numbered(n, span, span.of(text)) for n, span in enumerate(spans, 1))


def _left(text: str, start: int, end: int) -> Iterator[Span]:
    """The span of the text between two sentences, if it is not blank."""
    words = text[start:end].strip() if start < end else ""
    if words:
        begin = text.index(words, start)
        yield Span(begin, begin + len(words))


def cut(sentences: Sequence[Numbered], most: int = PART_CHARS) -> list[tuple[Numbered, ...]]:
    """The sentences in parts of at most `most` characters. Each part begins with the last sentences of the one before.

    A sentence that is longer than that is a part of its own.
    """
    parts: list[tuple[Numbered, ...]] = []
    held: list[Numbered] = []
    for one in sentences:
        if held and sum(len(s.text) for s in held) + len(one.text) > most:
            parts.append(tuple(held))
            last = held[-OVERLAP:]
            held = last if sum(len(s.text) for s in last) + len(one.text) <= most else []
        held.append(one)
    if held:
        parts.append(tuple(held))
    return parts
