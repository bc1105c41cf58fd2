"""How likely words of a report belong to a happening, in a role, by the learned reader."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.model import Span
from dateline.reader import NEAR, Told
from dateline.reader import Reading as Read

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Run:
    """Neighbouring words that have a role, and the likelihood of the likeliest of them."""

    span: Span
    sentence: int
    likely: float


def head_of(reading: Reading, run: Run) -> tuple[Sentence, Token] | None:
    """The sentence of a run, and the head token of the run; None where the sentence was not parsed."""
    sentence = next((s for s in reading.sentences if s.index == run.sentence and s.tokens), None)
    head = sentence.root_of(run.span) if sentence is not None else None
    return (sentence, head) if sentence is not None and head is not None else None


@dataclass(frozen=True)
class Roles:
    """The words that belong to one happening. The reader looks for them in a few sentences around each telling of it.
    `rivals` are the roles of the report's other happenings."""

    read: Read
    told: tuple[Told, ...]
    elsewhere: frozenset[int] = frozenset()  # sentences of other list items: they say nothing of this one
    rivals: tuple[Roles, ...] = ()

    @staticmethod
    def of(reading: Reading, draft: Draft) -> Roles | None:
        """The roles of a draft. None where the reader did not read, or takes no word of the draft to tell of a
        happening."""
        if reading.heard is None or reading.learned is None:
            return None
        told = tuple(dict.fromkeys(reading.learned.of_draft(draft)))
        return Roles(reading.heard, told, reading.other_items(draft.sentences)) if told else None

    @cached_property
    def _likely(self) -> Array:
        """Likelihood of each word (row) in each role (column): the highest of all tellings."""
        return self.read.likeliest(self.told)

    def likely(self, role: str, span: Span) -> float | None:
        """The likelihood that one of the words in a span has the role; None where no telling is near enough to say."""
        # Each of a report's happenings asks the roles of all others for the same values.
        key = (role, span)
        if key not in self._known:
            inside = [n for n in self.read.within(span) if self.is_near(self.read.words[n].sentence)]
            column = self.read.role_number(role)
            self._known[key] = round(float(self._likely[inside, column].max()), 3) if inside else None
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, Span], float | None]:
        return {}

    def is_own(self, role: str, span: Span, share: float) -> bool:
        """Is the likelihood of a role here at least `share` of the likelihood for any other happening of the report?"""
        own = self.likely(role, span) or 0.0
        return all(own >= share * (rival.likely(role, span) or 0.0) for rival in self.rivals)

    def is_near(self, sentence: int) -> bool:
        """Is a sentence near enough to one of the tellings?"""
        return sentence in self._near

    @cached_property
    def _near(self) -> frozenset[int]:
        around = range(-NEAR, NEAR + 1)
        return frozenset(t.sentence + n for t in self.told for n in around) - self.elsewhere

    @cached_property
    def _telling(self) -> list[int]:
        """The sentences of the tellings, in order."""
        return sorted({t.sentence for t in self.told})

    def apart(self, sentence: int) -> int | None:
        """How many sentences a sentence is from the nearest telling; None where there is no telling."""
        at = bisect_left(self._telling, sentence)
        return min((abs(sentence - other) for other in self._telling[max(0, at - 1) : at + 1]), default=None)

    def runs(self, role: str, least: float) -> list[Run]:
        """The runs of neighbouring words that have a role with at least that likelihood, in the order of the text."""
        column = self._likely[:, self.read.role_number(role)]
        found: list[Run] = []
        last = -2
        for n in (column >= least).nonzero()[0].tolist():
            word = self.read.words[n]
            if not self.is_near(word.sentence):
                continue
            p = round(float(column[n]), 3)
            if n == last + 1 and found[-1].sentence == word.sentence:
                found[-1] = Run(Span(found[-1].span.start, word.span.end), word.sentence, max(p, found[-1].likely))
            else:
                found.append(Run(word.span, word.sentence, p))
            last = n
        return found
