"""What the learned reader says of the mentions and drafts of a report; without a reader it says nothing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from dateline.coding.draft import Draft
from dateline.language import Sentence
from dateline.model import Span
from dateline.reader import Reading as Read
from dateline.reader import Told
from dateline.what import Mention


class Learned:
    """The words that tell of happenings, as the reader read them, by sentence."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._by_sentence: dict[int, list[Told]] = defaultdict(list)
        for told in read.told:
            self._by_sentence[told.sentence].append(told)

    def in_sentence(self, sentence: Sentence) -> list[Told]:
        """The words of a sentence that may tell of something."""
        return self._by_sentence.get(sentence.index, [])

    def of(self, mention: Mention) -> Told | None:
        """The likeliest word of a mention's trigger; None where none of them tells of anything."""
        spans = [t.span for t in mention.hit.tokens]
        own = [t for t in self.in_sentence(mention.sentence) if any(t.span.overlaps(s) for s in spans)]
        return max(own, key=lambda t: t.likely, default=None)

    def of_draft(self, draft: Draft) -> list[Told]:
        """What it read at the triggers of a draft."""
        return [told for m in draft.mentions if (told := self.of(m)) is not None]

    def likely(self, draft: Draft) -> float:
        """How likely a draft tells of a happening of ours: as its likeliest trigger does."""
        return max((t.likely for t in self.of_draft(draft)), default=0.0)

    def types(self, draft: Draft) -> dict[str, float]:
        """The mean probabilities of types at its triggers, weighed by how likely each tells of anything."""
        found: dict[str, float] = defaultdict(float)
        told = self.of_draft(draft)
        for one in told:
            for name, p in one.types:
                found[name] += p / len(told)
        return dict(found)

    def same(self, a: Draft, b: Draft) -> float | None:
        """Log odds that two drafts are one happening, by their likeliest pair of triggers; None where it read neither."""
        pairs = [self._read.same(x, y) for x in self.of_draft(a) for y in self.of_draft(b)]
        return log_odds(max(pairs)) if pairs else None

    def roles(self, draft: Draft, span: Span) -> dict[str, float]:
        """How likely words play each role in what a draft tells: the most for any of its triggers."""
        found: dict[str, float] = defaultdict(float)
        for told in self.of_draft(draft):
            for role, p in self._read.roles(told, span).items():
                found[role] = max(found[role], p)
        return dict(found)


def log_odds(p: float) -> float:
    """Within -5 and 5."""
    return max(-5.0, min(5.0, math.log(max(p, 1e-3) / max(1 - p, 1e-3))))


def best(types: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """The likeliest type."""
    return max(types, key=lambda row: row[1])
