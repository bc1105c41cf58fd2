"""What the learned reader says of the mentions and drafts of a report."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from dateline.coding.draft import Draft, Heard
from dateline.language import Sentence
from dateline.model.vocabulary import LinkKind, Method, Status, Type
from dateline.reader import NEAR, Told
from dateline.reader import Reading as Read
from dateline.what import Mention

#: From this likelihood of telling of a happening on, a draft is not left out because its words say little.
SURE = 0.5
#: Log odds are cut off here, at odds of about 150 to 1: beyond that the reader's probabilities are not reliable.
MOST_ODDS = 5.0
#: A sentence is parsed where one of its words tells of a happening with at least this likelihood.
LEAST = 0.15
#: A sentence is parsed, too, where it tells of a happening as a whole with at least this likelihood.
WHOLE = 0.5
#: The reader's name for a happening of any of our types.
ANY = "any"
#: _TELLS: the least likelihood of a telling word beside which belonging words are looked for. _BELONGS: the least
#: likelihood of such a word to belong to it.
_TELLS, _BELONGS = 0.3, 0.4


def sentences_with_roles(read: Read) -> set[int]:
    """The indexes of the sentences that hold words that belong to a happening."""
    told = [one for one in read.told if one.ours >= _TELLS]
    if not told:
        return set()
    likely = read.likeliest(told).max(1)
    return {
        word.sentence
        for word, p in zip(read.words, likely, strict=True)
        if p >= _BELONGS and any(abs(word.sentence - t.sentence) <= NEAR for t in told)
    }


def tells_as_a_whole(read: Read, sentence: Sentence) -> float:
    """The likelihood that a sentence tells of a happening of one of our types, by any of its words. Where several words
    could tell it ("gunmen on motorbikes killed"), each alone may seem unlikely."""
    told = read.sentences[sentence.index] if sentence.index < len(read.sentences) else ()
    return next((p for name, p in told if name == ANY), 0.0)


@dataclass(frozen=True, slots=True)
class Same:
    """Log odds that two drafts are one happening: by their likeliest pair of triggers, and the mean of all pairs."""

    best: float
    mean: float


class Learned:
    """The learned reader's words that tell of happenings, by sentence."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._by_sentence: dict[int, list[Told]] = defaultdict(list)
        for told in read.told:
            self._by_sentence[told.sentence].append(told)
        #: Cache of `of`: every pair of tellings asks for its two, and a sentence may hold hundreds of tellings.
        self._found: dict[Mention, Told | None] = {}

    def in_sentence(self, sentence: Sentence) -> list[Told]:
        """The words of a sentence that may tell of something."""
        return self._by_sentence.get(sentence.index, [])

    def of(self, mention: Mention) -> Told | None:
        """The likeliest word of a mention's trigger; None where no word of it tells of anything."""
        if mention not in self._found:
            spans = [t.span for t in mention.hit.tokens]
            own = [t for t in self.in_sentence(mention.sentence) if any(t.span.overlaps(s) for s in spans)]
            self._found[mention] = max(own, key=lambda t: t.ours, default=None)
        return self._found[mention]

    def of_draft(self, draft: Draft) -> list[Told]:
        """What it read at the triggers of a draft."""
        return [told for m in draft.mentions if (told := self.of(m)) is not None]

    def heard(self, draft: Draft) -> Heard:
        """All that it says of a draft's triggers: likelihoods are those of the likeliest trigger, types the mean of
        all."""
        told = self.of_draft(draft)
        sentence = max(map(self.of_sentence, draft.sentences))
        if self._tells_as_a_whole(draft):
            whole: dict[str, float] = dict(self._read.sentences[draft.first.sentence.index])
            of_type = whole.get(draft.type, 0.0)
            return Heard(sentence, 0.5, {draft.type: of_type}, sentence, of_type)
        if not told:
            return Heard(0.0, 0.0, {}, sentence)
        top = max(told, key=lambda t: t.ours)
        total = sum(t.ours for t in told) or 1.0
        types: dict[Type, float] = defaultdict(float)
        for one in told:
            for name, p in one.types:
                types[name] += p * one.ours / total
        return Heard(top.ours, top.core, dict(types), sentence, self._by_its_sentences(draft, told))

    def _by_its_sentences(self, draft: Draft, told: list[Told]) -> float:
        """The likelihood of the draft's type in its likeliest sentence, times the draft's share: what its own words
        tell there, divided by what all words of the sentence tell.

        Where two words could tell it ("a bomb killed three"), each may seem unlikely in a sentence that surely tells of
        it.
        """
        own = {t.span for t in told}
        likely = 0.0
        for sentence in draft.sentences:
            words = self.in_sentence(sentence)
            total = sum(t.ours for t in words)
            if total > 0.0:
                share = sum(t.ours for t in words if t.span in own) / total
                likely = max(likely, share * dict(self._read.sentences[sentence.index]).get(draft.type, 0.0))
        return likely

    def _tells_as_a_whole(self, draft: Draft) -> bool:
        """Does its first sentence as a whole tell of a happening, though no single word of its sentences does? Then the
        draft has the likelihood of that sentence."""
        silent = not any(one.ours >= LEAST for s in draft.sentences for one in self.in_sentence(s))
        return silent and self.of_sentence(draft.first.sentence) >= WHOLE

    def of_sentence(self, sentence: Sentence) -> float:
        """The likelihood that a sentence, as a whole, tells of a happening of one of our types."""
        return tells_as_a_whole(self._read, sentence)

    def is_sure(self, draft: Draft) -> bool:
        """Does it tell of a happening, more likely than not?"""
        return any(t.ours >= SURE for t in self.of_draft(draft))

    def same(self, a: Draft, b: Draft) -> Same | None:
        """How likely two drafts are one happening, by all pairs of their triggers; None where it read none."""
        some, others = self.of_draft(a), self.of_draft(b)
        if not some or not others:
            return None
        pairs = [log_odds(p) for p in self._read.all_same(some, others)]
        return Same(max(pairs), sum(pairs) / len(pairs))

    def status(self, draft: Draft) -> tuple[Status | None, float]:
        """The likeliest status of the draft, and its likelihood, by its surest telling."""
        told = self._surest(draft)
        return told.status[0] if told is not None and told.status else (None, 0.0)

    def rollup(self, draft: Draft) -> float | None:
        """The likelihood that a draft is a roll-up of many happenings; None where the reader read nothing there."""
        told = self._surest(draft)
        return None if told is None else told.rollup

    def methods(self, draft: Draft) -> dict[Method, float]:
        """The methods and their likelihoods, by the telling that says most."""
        found: dict[Method, float] = {}
        for told in self.of_draft(draft):
            for name, p in self._read.methods(told):
                found[name] = max(p, found.get(name, 0.0))
        return found

    def link(self, a: Draft, b: Draft) -> tuple[LinkKind | None, float]:
        """The likeliest link from the happening of `a` to that of `b`, and its likelihood, by their surest tellings;
        None: no link."""
        one, other = self._surest(a), self._surest(b)
        if one is None or other is None:
            return None, 0.0
        return next(iter(self._read.links(one, other)), (None, 0.0))

    def _surest(self, draft: Draft) -> Told | None:
        return max(self.of_draft(draft), key=lambda t: t.ours, default=None)


def log_odds(p: float) -> float:
    """The log odds of a probability, between -MOST_ODDS and MOST_ODDS."""
    return max(-MOST_ODDS, min(MOST_ODDS, math.log(max(p, 1e-3) / max(1 - p, 1e-3))))
