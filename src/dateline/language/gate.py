"""What is worth parsing: reports that hold words at which some frame could start, and their sentences that matter.

The words are the frames' own, in every form, so what the gate shuts out could hardly have become an account.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.language.document import Document
from dateline.language.tokens import Sentence

_WORD = re.compile(r"[a-z]+")
#: What people undergo and hardly anything else does, in the passive: "were shot".
_UNDERGONE = re.compile(r"\b(?:was|were|been|being|got) (?:\w+ly )?(?:shot|stabbed|gunned|beaten)\b")
#: Up to so many sentences a text is read for any word that some frame has.
_SHORT = 2
#: A report is read as a whole where so many of its sentences open it, or such a share of them. (On development data
#: that is nearly every report on conflict, and one in twenty of others.)
_MANY, _SHARE = 3, 0.2


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that stand beside the first one of a trigger of several words, each in all its forms; `strong` ones
    open a report by themselves."""

    others: tuple[frozenset[str], ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The sentences that open a report, and those that are worth parsing; a short report may have the second alone."""

    opening: list[Sentence]
    worth: list[Sentence]


class Gate:
    """What opens a report, and what is then read of it.

    `strong` words open it by themselves; `weak` ones, which have other everyday senses too, in the company of another
    word of the field in their sentence. `phrases` are triggers of several words, by the forms of the first.
    """

    def __init__(
        self,
        strong: Collection[str],
        weak: Collection[str],
        company: Collection[str],
        phrases: Mapping[str, Sequence[Phrase]] | None = None,
    ) -> None:
        self._strong = frozenset(strong)
        self._weak = frozenset(weak)
        self._company = frozenset(company)
        self._phrases = phrases or {}
        self._first = frozenset(self._phrases)

    def open_for(self, document: Document) -> Opened:
        """The sentences that open a document, and those that are then worth parsing, in order."""
        sentences = document.sentences
        holds = [self._holds(s.text.lower()) for s in sentences]
        opening = [s for s, (_, opens) in zip(sentences, holds, strict=True) if opens]
        if len(opening) >= _MANY or (opening and len(opening) >= _SHARE * len(sentences)):
            return Opened(opening, list(sentences))
        # A headline or an alert has no company to offer, and costs little to read.
        if not opening and len(sentences) > _SHORT:
            return Opened([], [])
        return Opened(opening, [s for s, (triggers, _) in zip(sentences, holds, strict=True) if triggers])

    def _holds(self, text: str) -> tuple[bool, bool]:
        """Does a sentence hold a trigger, and does it open its report?"""
        words = frozenset(_WORD.findall(text))
        phrases = [p for first in self._first & words for p in self._phrases[first] if _stands(p, words)]
        if not self._strong.isdisjoint(words) or any(p.strong for p in phrases) or _UNDERGONE.search(text):
            return True, True
        weak = self._weak & words
        if not weak and not phrases:
            return False, False
        company = self._company & words
        return True, bool(company) and (bool(phrases) or len(weak | company) > 1)


def _stands(phrase: Phrase, words: frozenset[str]) -> bool:
    return not any(forms.isdisjoint(words) for forms in phrase.others)
