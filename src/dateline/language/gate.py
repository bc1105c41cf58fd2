"""What is worth parsing: a sentence that holds a word at which some frame could start.

The words are the frames' own, in every form, so what the gate shuts out could not have become an account.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dateline.language.document import Document
from dateline.language.tokens import Sentence

_WORD = re.compile(r"[a-z]+")


class Gate:
    """`strong` words make a sentence worth parsing by themselves, `weak` ones where the report has a strong one."""

    def __init__(self, strong: Collection[str], weak: Collection[str]) -> None:
        self._strong = frozenset(strong)
        self._weak = frozenset(weak)

    def open_for(self, document: Document) -> list[Sentence]:
        """The sentences that are worth parsing, in order."""
        words = [frozenset(_WORD.findall(s.text.lower())) for s in document.sentences]
        if all(self._strong.isdisjoint(w) for w in words):
            return []
        either = self._strong | self._weak
        return [s for s, w in zip(document.sentences, words, strict=True) if not either.isdisjoint(w)]
