"""A first look at a report that the gate opened: do its words promise a happening, so that reading it closely pays?

Of stories in which nothing of ours happens the gate opens one in four, by a word with several senses. The learned
reader finds nothing in most of them, but takes as long for them as for any. A linear model over their words, each
counted once, spares it most: it adds up what the words of the likeliest sentence say, and those of the whole report.
Weights are whole numbers, so a sum does not hang on its order. `training/glance.py` fits them.
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
#: What the words of a report say is divided by the root of their number, and counts so much beside its best sentence.
DEGREE = 2.5
#: What a whole report says against a reading counts no more than so: one sentence that is plain enough outweighs it.
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
        """How much a report promises: what its likeliest sentence with a trigger says, and all its words."""
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
    """The words of a sentence, each once, in lower case; what people who fight are called is one word."""
    return frozenset(map(one_word, _WORD.findall(sentence.text.lower())))


def _said(weights: dict[str, int], words: Iterable[str]) -> int:
    return sum(weights.get(word, 0) for word in words)


@cache
def glance() -> Glance:
    """The first look, with the weights that are shipped."""
    form = load("dateline.language", "glance.yaml", _Form)
    tables = ({w: weight for weight, words in table.items() for w in words} for table in (form.sentence, form.report))
    return Glance(form.least, form.sentence_bias, *tables)
