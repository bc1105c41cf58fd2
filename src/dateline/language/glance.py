"""The first look at a report that the gate opened: do its words make a happening likely enough for the learned reader?

Of reports without a happening of our types the gate opens one in four, by words with several senses. The learned reader
finds nothing in most of them, but takes as long as for any report. A linear model over words, each counted once, keeps
most of them from it: it adds the weights of the words of the likeliest sentence and of the whole report. Weights are
whole numbers, so the sum does not depend on the order. `training/glance.py` fits them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.language.document import Document
from dateline.language.gate import Opened
from dateline.language.labels import one_word
from dateline.language.tokens import Sentence
from dateline.model.knowledge import load
from dateline.model.span import Span
from dateline.model.trace import note

_WORD = re.compile(r"[a-z]+")
#: Factor of the sum over the whole report, which is first divided by the root of the number of its known words.
DEGREE = 2.5
#: The whole report takes at most so much from the score, so that one clear sentence is enough.
MOST = 12


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    least: int
    sentence_bias: int
    sentence: dict[int, list[str]]
    report: dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Glance:
    """The weights of words, in tenths of log odds, for a sentence and for a report."""

    least: int
    bias: int
    sentence: dict[str, int]
    report: dict[str, int]

    def of(self, opened: Opened, sentences: Iterable[Sentence]) -> float:
        """The score of a report, in tenths of log odds: of its likeliest sentence with a trigger, and of all its
        words."""
        best = max((self.bias + _said(self.sentence, words_of(s)) for s in opened.triggers), default=self.bias)
        words: frozenset[str] = frozenset().union(*map(words_of, sentences))
        known = sum(word in self.report for word in words)
        return best + max(-MOST, DEGREE * _said(self.report, words) / math.sqrt(max(1, known)))

    def promises(self, opened: Opened, document: Document) -> bool:
        """Is the report worth reading?"""
        found = self.of(opened, document.sentences)
        if found >= self.least:
            return True
        whole = Span(document.sentences[0].start, document.sentences[-1].end)
        note("language.gate.glance", whole, "its words promise nothing: not read")
        return False


def words_of(sentence: Sentence) -> frozenset[str]:
    """The words of a sentence, each once, in lower case. All labels of people who fight count as one word."""
    return frozenset(map(one_word, _WORD.findall(sentence.text.lower())))


def _said(weights: dict[str, int], words: Iterable[str]) -> int:
    return sum(weights.get(word, 0) for word in words)


@cache
def glance() -> Glance:
    """The first look, with the weights that come with dateline."""
    form = load("dateline.language", "glance.yaml", _Form)
    tables = ({w: weight for weight, words in table.items() for w in words} for table in (form.sentence, form.report))
    return Glance(form.least, form.sentence_bias, *tables)
