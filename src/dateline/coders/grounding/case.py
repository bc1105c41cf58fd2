"""The data for grounding one report: its words, sentences and times, and what was dropped of the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.coders import answer
from dateline.coders.parts import Numbered, numbered
from dateline.coders.quoting import Quotable
from dateline.language import Document
from dateline.model import Report, Span
from dateline.when import Time, languages, times_of

#: The most characters of a name.
_LONGEST_NAME = 120


@dataclass
class Case:
    """One report against which a model's answer is checked."""

    report: Report
    document: Document
    sentences: tuple[Numbered, ...]
    words: Quotable
    times: list[Time]
    #: How many values of the answer no words supported, by field.
    dropped: Counter[str] = field(default_factory=Counter)
    #: Where the answer and the words differed, and what was done; emptied for each account.
    notes: list[str] = field(default_factory=list)

    @staticmethod
    def of(report: Report, document: Document, sentences: tuple[Numbered, ...] | None = None) -> Case:
        """The case of a report that has its publication date and language already."""
        lang = report.lang or "en"
        times = times_of(document, document.sentences, report.published, lang) if lang in languages() else []
        return Case(report, document, sentences or numbered(document), Quotable(report.text), times)

    @property
    def lang(self) -> str:
        """The report's language; English where it is unknown."""
        return self.report.lang or "en"

    def quote(
        self, row: dict[str, Any], near: Sequence[Span], at: int | None = None, key: str = "words"
    ) -> Span | None:
        """The span of the words that a value quotes; None where the report does not hold them."""
        words = answer.text(row, key)
        return None if words is None else self.words.find(words, near, answer.text(row, "around"), at)

    def named(self, row: dict[str, Any], key: str) -> str | None:
        """A name that the model gives: as the report writes it, or made of words of the report ("Izmir prosecutors"
        from "prosecutors in Izmir"). None where not all of its words stand in the report."""
        name = answer.text(row, key)
        if name is None or len(name) > _LONGEST_NAME:
            return None
        # Other languages write articles and case endings in one word with a name.
        whole = self.lang == "en"
        spans = [self.words.find(name, from_start=whole)]
        if spans == [None]:
            spans = [self.words.find(word, from_start=whole) for word in name.split()]
        if None in spans:
            return None
        return " ".join(" ".join(s.of(self.report.text).split()) for s in spans if s is not None)

    def drop(self, what: str) -> None:
        """Count a value that no words support."""
        self.dropped[what] += 1

    def warnings(self) -> tuple[str, ...]:
        """What was dropped, in words."""
        return tuple(
            f"{n} values of '{field}' had no words to support them." for field, n in sorted(self.dropped.items())
        )
