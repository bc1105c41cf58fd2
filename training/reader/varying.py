"""A report as it might as well have been: cut otherwise, with other names, some word pieces hidden.

Without this the network knows its reports by heart after a few epochs: its loss on reports that it had not seen was
then seventeen times that on those that it had learned from.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.reader.windows import CONTEXT, FIRST, LAST, LONGEST, Window, Word
from training.reader.data import Example, tokenizer

#: Word pieces of a name, or of any other word.
Pieces = tuple[int, ...]
#: Words for people who fight, which should make no difference: exchanged at random. ("Militants", "terrorists" and the
#: like are read as "rebels" anyhow: dateline.reader.windows.)
_FIGHTERS = tuple("rebels gunmen guerrillas".split())
#: Names that say something of what happened, so they stay: times, and what says who is governed.
_STAYING = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december ramadan easter christmas i president minister police army court".split()
)
#: A word is a name where so much of its uses inside sentences begins with a capital, and it was seen so often.
_NAMED, _SEEN = 0.95, 2
#: In so many reports names are exchanged, and there so many of them.
_RENAMED_REPORTS, _RENAMED = 0.5, 0.6
#: The piece that stands for a hidden one; and how short a window may be.
_MASK, _SHORTEST = 103, 96


@dataclass(frozen=True)
class Varying:
    """How reports are varied: share of word pieces hidden, and the names that are put for one another, by length."""

    hidden: float
    names: frozenset[Pieces]
    by_length: dict[int, list[Pieces]]
    fighters: list[int]

    @classmethod
    def of(cls, reports: Iterable[Example], hidden: float) -> Varying:
        """With the names that occur in some reports."""
        names = _names(reports)
        by_length: dict[int, list[Pieces]] = defaultdict(list)
        for name in sorted(names):
            by_length[len(name)].append(name)
        return cls(hidden, frozenset(names), dict(by_length), [tokenizer().token_to_id(w) for w in _FIGHTERS])

    def vary(self, example: Example, draw: random.Random) -> Example:
        """The report in other windows, with other names and hidden pieces; its words keep their numbers."""
        put = self._exchanged(example, draw)
        cut, window_of, words = [], [], []
        for window in _cut(_pieces(example, put), draw):
            window_of += [len(cut)] * len(window.words)
            words += window.words
            ids = window.ids
            cut.append(replace(window, ids=[ids[0], *(self._hidden(i, draw) for i in ids[1:-1]), ids[-1]]))
        return replace(example, windows=cut, words=words, window_of=window_of)

    def _hidden(self, piece: int, draw: random.Random) -> int:
        return _MASK if draw.random() < self.hidden else piece

    def _exchanged(self, example: Example, draw: random.Random) -> dict[Pieces, Pieces]:
        """What is put for what in this report."""
        put: dict[Pieces, Pieces] = {}
        if draw.random() < 0.5:
            put = {(f,): (draw.choice(self.fighters),) for f in self.fighters}
        if draw.random() < _RENAMED_REPORTS:
            here = {name for name in map(tuple, _word_pieces(example)) if name in self.names}
            for name in sorted(here):
                if draw.random() < _RENAMED:
                    put[name] = draw.choice(self.by_length[len(name)])
        return put


def _names(reports: Iterable[Example]) -> set[Pieces]:
    """Words that nearly always begin with a capital inside sentences."""
    seen: Counter[Pieces] = Counter()
    high: Counter[Pieces] = Counter()
    staying = {tuple(tokenizer().encode(w, add_special_tokens=False).ids) for w in _STAYING}
    for example in reports:
        before = None
        for word, pieces in zip(example.words, map(tuple, _word_pieces(example)), strict=True):
            if before == word.sentence:
                seen[pieces] += 1
                high[pieces] += example.text[word.span.start].isupper()
            before = word.sentence
    return {p for p, n in seen.items() if n >= _SEEN and high[p] >= _NAMED * n} - staying


def _word_pieces(example: Example) -> Iterator[list[int]]:
    for word, window in zip(example.words, example.window_of, strict=True):
        yield example.windows[window].ids[word.first : word.end]


def _pieces(example: Example, put: dict[Pieces, Pieces]) -> list[tuple[Word, Pieces]]:
    found = zip(example.words, map(tuple, _word_pieces(example)), strict=True)
    return [(word, put.get(pieces, pieces)) for word, pieces in found]


def _cut(words: list[tuple[Word, Pieces]], draw: random.Random) -> Iterator[Window]:
    """Windows of some length up to the longest, that end with sentences where these are not too long."""
    most = draw.randint(_SHORTEST, LONGEST - 2 - CONTEXT)
    window = Window()
    sentence: list[int] = []
    for n, (word, pieces) in enumerate(words):
        opens = n == 0 or words[n - 1][0].sentence != word.sentence
        if window.words and ((opens and len(window.ids) > most) or len(window.ids) + len(pieces) + 1 > LONGEST):
            yield Window([*window.ids, LAST], window.words)
            window = Window([FIRST, *(sentence if opens and len(sentence) <= CONTEXT else [])])
        if opens:
            sentence = []
        at = len(window.ids)
        window.words.append(replace(word, first=at, end=at + len(pieces)))
        window.ids.extend(pieces)
        sentence.extend(pieces)
    if window.words:
        yield Window([*window.ids, LAST], window.words)
