"""Cuts the sentences of a report into the windows that the encoder reads. A short report is one window.

A window holds several sentences, so that each is read in its context. The last sentence of a window also opens the next
one, as context; all others are read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.language import Sentence
from dateline.language.labels import to_read
from dateline.model import Span

#: The most word pieces in a window, including its two marks. Longer windows cost more for each piece and gain nothing.
LONGEST = 320
#: A sentence that opens a window as context has at most so many word pieces.
CONTEXT = 64
#: The ids of the word pieces that open and close a window.
FIRST, LAST = 101, 102


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the encoder sees it: where it stands in the report, and its first and last piece in the window."""

    span: Span
    sentence: int
    first: int
    end: int


@dataclass(slots=True)
class Window:
    """Word pieces to read in one pass. `words` does not hold words of context, which belong to the window before."""

    ids: list[int] = field(default_factory=lambda: [FIRST])
    words: list[Word] = field(default_factory=list)


#: The ids of the pieces of one word, and the span of the word in the report.
_Pieces = tuple[list[int], Span]


def windows(sentences: Sequence[Sentence], tokenizer: Any) -> list[Window]:
    """Cut a report into windows of about equal length."""
    encoded = tokenizer.encode_batch([s.text for s in sentences], add_special_tokens=False)
    parts = [
        (sentence.index, part)
        for sentence, pieces in zip(sentences, encoded, strict=True)
        for part in _parts(_as_labels(_words(sentence, pieces), sentence, tokenizer))
    ]
    room = LONGEST - 2 - CONTEXT
    total = sum(_length(part) for _, part in parts)
    enough = total / max(1, -(-total // room))
    return list(_filled(parts, enough))


def _words(sentence: Sentence, pieces: Any) -> list[_Pieces]:
    found: list[_Pieces] = []
    last = None
    for piece, word, (start, end) in zip(pieces.ids, pieces.word_ids, pieces.offsets, strict=True):
        if word is not None and word == last:
            found[-1] = ([*found[-1][0], piece], Span(found[-1][1].start, sentence.start + end))
        else:
            found.append(([piece], Span(sentence.start + start, sentence.start + end)))
        last = word
    return found


def _as_labels(words: list[_Pieces], sentence: Sentence, tokenizer: Any) -> list[_Pieces]:
    """The words of a sentence, with one word in place of each label of people who fight, also of a label of several
    words."""
    found: list[_Pieces] = []
    labels = {sentence.start + label.start: label for label in to_read(sentence.text, sentence.case)}
    end = 0
    for pieces, span in words:
        label = labels.get(span.start)
        if label is not None:
            end = sentence.start + label.end
            found.append(([tokenizer.token_to_id(label.read)], Span(span.start, end)))
        elif span.start >= end:
            found.append((pieces, span))
    return found


def _parts(words: list[_Pieces]) -> Iterator[list[_Pieces]]:
    """The words of a sentence, cut into several parts if one window cannot hold them."""
    part: list[_Pieces] = []
    size = 0
    for word in words:
        if part and size + len(word[0]) > LONGEST - 2 - CONTEXT:
            yield part
            part, size = [], 0
        part.append(word)
        size += len(word[0])
    if part:
        yield part


def _length(words: Iterable[_Pieces]) -> int:
    return sum(len(ids) for ids, _ in words)


def _filled(parts: list[tuple[int, list[_Pieces]]], enough: float) -> Iterator[Window]:
    window, before = Window(), [0]
    for sentence, part in parts:
        full = len(window.ids) - 1 >= enough or len(window.ids) + _length(part) + 1 > LONGEST
        if window.words and full:
            yield _closed(window)
            window = Window()
            if len(before) <= CONTEXT:
                window.ids.extend(before)
        start = len(window.ids)
        for ids, span in part:
            at = len(window.ids)
            window.words.append(Word(span, sentence, at, at + len(ids)))
            window.ids.extend(ids)
        before = window.ids[start:]
    if window.words:
        yield _closed(window)


def _closed(window: Window) -> Window:
    window.ids.append(LAST)
    return window
