"""The gate: decides which reports are worth parsing, and which of their sentences, by words at which a frame could
start (triggers).

The words are taken from the frames, in all their forms, so a report that the gate leaves out could hardly have given an
account.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dateline.language.document import Document
from dateline.language.tokens import Sentence
from dateline.model.span import Span
from dateline.model.trace import is_traced, note

_WORD = re.compile(r"[a-z]+")
#: Passives that are hardly said of anything but people ("were shot").
_UNDERGONE = re.compile(r"\b(?:was|were|been|being|got) (?:\w+ly )?(?:shot|stabbed|gunned|beaten)\b")
#: A text of at most so many sentences is read if it holds any word of a frame.
_SHORT = 2
#: A report is read as a whole if at least so many of its sentences open it, or at least this share of them. (In the
#: development data: nearly every report on conflict, and one in twenty of the others.)
_MANY, _SHARE = 3, 0.2


@dataclass(frozen=True, slots=True)
class Phrase:
    """The other words of a trigger of several words, after its first, each in all its forms. A `strong` phrase opens a
    report without any other word."""

    others: tuple[frozenset[str], ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """What the gate decided about a sentence: by which rule, whether the sentence holds a trigger, whether it opens the
    report."""

    rule: str
    triggers: bool
    opens: bool


_STRONG = _Held("language.gate.strong", True, True)
_STRONG_PHRASE = _Held("language.gate.phrase", True, True)
_UNDERGONE_FOUND = _Held("language.gate.undergone", True, True)
_SHUT = _Held("language.gate.shut", False, False)
#: Whether a weak word has company in its sentence -> the decision.
_WEAK = {opens: _Held("language.gate.weak", True, opens) for opens in (True, False)}
_WEAK_PHRASE = {opens: _Held("language.gate.phrase", True, opens) for opens in (True, False)}


@dataclass(frozen=True, slots=True)
class Opened:
    """The sentences that open a report (`opening`), and those that are worth parsing (`worth`); in a short report
    `opening` may be empty. `triggers` are the sentences of `worth` with a word at which a frame could start."""

    opening: list[Sentence]
    worth: list[Sentence]
    triggers: list[Sentence]


class Gate:
    """Decides whether a report is opened, and what is then read of it.

    A `strong` word opens a report alone. A `weak` word also has everyday senses, so it opens a report only with another
    word of the field (`company`) in its sentence. `phrases`: form of a first word -> triggers of several words.
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
        """The sentences that open a document, and those that are worth parsing; each in order."""
        sentences = document.sentences
        holds = [self._holds(s.text.lower()) for s in sentences]
        opening = [s for s, held in zip(sentences, holds, strict=True) if held.opens]
        triggers = [s for s, held in zip(sentences, holds, strict=True) if held.triggers]
        if is_traced():
            self._note(sentences, holds)
        if len(opening) >= _MANY or (opening and len(opening) >= _SHARE * len(sentences)):
            _note_of_report("language.gate.many", document, f"{len(opening)} of {len(sentences)} open it: read whole")
            return Opened(opening, list(sentences), triggers)
        # A headline or an alert is too short to hold company, and costs little to read.
        if not opening and len(sentences) > _SHORT:
            _note_of_report("language.gate.closed", document, "nothing opens it: not read")
            return Opened([], [], [])
        rule = "language.gate.few" if opening else "language.gate.short"
        _note_of_report(rule, document, f"{len(triggers)} of {len(sentences)} read")
        return Opened(opening, triggers, triggers)

    def _holds(self, text: str) -> _Held:
        """The decision about a sentence (text in lower case): does it hold a trigger, and does it open its report?"""
        words = frozenset(_WORD.findall(text))
        if not self._strong.isdisjoint(words):
            return _STRONG
        phrases = [p for first in self._first & words for p in self._phrases[first] if _stands(p, words)]
        if any(p.strong for p in phrases):
            return _STRONG_PHRASE
        if _UNDERGONE.search(text):
            return _UNDERGONE_FOUND
        weak = self._weak & words
        if not weak and not phrases:
            return _SHUT
        company = self._company & words
        if phrases:
            return _WEAK_PHRASE[bool(company)]
        return _WEAK[bool(company) and len(weak | company) > 1]

    def _note(self, sentences: Sequence[Sentence], holds: Sequence[_Held]) -> None:
        """Leave a note for each sentence: what it holds and whether that opens the report."""
        for sentence, held in zip(sentences, holds, strict=True):
            found = self._found(held, sentence.text.lower())
            note(held.rule, sentence, f"{'opens' if held.opens else 'does not open'}: {found}")

    def _found(self, held: _Held, text: str) -> str:
        """The words of a sentence by which the gate decided, for the note."""
        words = frozenset(_WORD.findall(text))
        undergone = _UNDERGONE.search(text)
        if held is _UNDERGONE_FOUND and undergone is not None:
            return undergone.group()
        if held is _SHUT:
            return "no trigger"
        if held is _STRONG:
            return ", ".join(sorted(self._strong & words))
        standing = [(f, p) for f in self._first & words for p in self._phrases[f] if _stands(p, words)]
        found = {_spelt(first, phrase, words) for first, phrase in standing} or self._weak & words
        if held is _STRONG_PHRASE:
            return ", ".join(sorted(found))
        company = ", ".join(sorted((self._company & words) - found))
        beside = f" beside {company}" if company else "" if held.opens else " alone"
        return ", ".join(sorted(found)) + beside


def _stands(phrase: Phrase, words: frozenset[str]) -> bool:
    return not any(forms.isdisjoint(words) for forms in phrase.others)


def _spelt(first: str, phrase: Phrase, words: frozenset[str]) -> str:
    """The words of a phrase in the forms that the sentence holds."""
    return " ".join([first, *(min(forms & words) for forms in phrase.others)])


def _note_of_report(rule: str, document: Document, outcome: str) -> None:
    """Leave a note for a whole document: what is read of it."""
    if document.sentences:
        note(rule, Span(document.sentences[0].start, document.sentences[-1].end), outcome)
