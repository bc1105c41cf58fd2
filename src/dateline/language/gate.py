"""What is worth parsing: a sentence that holds a word at which some frame could start.

The words are the frames' own, in every form, so what the gate shuts out could not have become an account.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dateline.language.document import Document
from dateline.language.tokens import Sentence

_WORD = re.compile(r"[a-z]+")
#: What people undergo and hardly anything else does, in the passive: "were shot".
_UNDERGONE = re.compile(r"\b(?:was|were|been|being|got) (?:\w+ly )?(?:shot|stabbed|gunned|beaten)\b")
#: Up to so many sentences a text is read for any word that some frame has.
_SHORT = 2


class Gate:
    """What opens a report, and what is then read of it.

    `strong` words open it by themselves; `weak` ones, which have other everyday senses too, in the company of another
    word of the field in their sentence. Of an open report every sentence with either is read.
    """

    def __init__(self, strong: Collection[str], weak: Collection[str], company: Collection[str]) -> None:
        self._strong = frozenset(strong)
        self._weak = frozenset(weak)
        self._company = frozenset(company)

    def _opens(self, words: frozenset[str]) -> bool:
        if not self._strong.isdisjoint(words):
            return True
        weak, company = self._weak & words, self._company & words
        return bool(weak and company) and len(weak | company) >= 2

    def open_for(self, document: Document) -> list[Sentence]:
        """The sentences that are worth parsing, in order."""
        words = [frozenset(_WORD.findall(s.text.lower())) for s in document.sentences]
        either = self._strong | self._weak
        # A headline or an alert has no company to offer, and costs little to read.
        if len(words) > _SHORT and not any(self._opens(w) for w in words) and not _is_undergone(document):
            return []
        return [s for s, w in zip(document.sentences, words, strict=True) if not either.isdisjoint(w)]


def _is_undergone(document: Document) -> bool:
    return any(_UNDERGONE.search(s.text.lower()) for s in document.sentences)
