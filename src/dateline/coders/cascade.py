"""The cascade: the rules code every report, and a model is asked about what they are not sure of.

It is shown the sentences that the doubtful accounts are told in, and what the rules found elsewhere. What it answers of
those sentences takes the place of what the rules said of them: so it confirms, corrects, drops and adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from dateline.coders.asking import Asked, Question, question_of
from dateline.coders.grounding import ground
from dateline.coders.model import ModelCoder, read_answer
from dateline.coders.parts import Numbered
from dateline.coders.prompt import Part, version
from dateline.coding import code_report
from dateline.model import Account, Coding, Link, Report, Span, types
from dateline.model.claims import CodedBy
from dateline.model.knowledge import load

#: The rule whose notes tell of accounts that were left out, with their confidence as the last word.
_LEFT_OUT = "coding.accepting.unsure"
#: Sentences before and after doubtful ones that are shown with them.
_AROUND = 1


class _Step(NamedTuple):
    share: float
    low: float
    high: float


class _File(NamedTuple):
    steps: list[_Step]


@cache
def _steps() -> list[_Step]:
    return load("dateline.coders", "cascade.yaml", _File).steps


def bounds(share: float) -> tuple[float, float]:
    """From which confidence up to which a model is asked, for a share of the accounts."""
    share = min(1.0, max(0.0, share))
    one, two = next(pair for pair in pairwise(_steps()) if pair[0].share <= share <= pair[1].share)
    part = (share - one.share) / (two.share - one.share)
    return one.low + part * (two.low - one.low), one.high + part * (two.high - one.high)


@dataclass(frozen=True)
class CascadeCoder:
    """The rules, and a model for about a `share` of the accounts."""

    model: ModelCoder = field(default_factory=ModelCoder)
    share: float = 0.2
    reader: str | None = None

    def __call__(self, report: Report) -> Coding:
        rules = code_report(report, trace=True, reader=self.reader)
        asked = Asked.of(rules.report, self.model.settings)
        doubtful = self._doubtful(rules, asked)
        by = CodedBy("cascade", self.model.settings.model, version())
        if not doubtful:
            return replace(rules, trace=(), by=by)
        told, warnings = self._answered(asked, rules, doubtful)
        coded = ground(asked.report, asked.document, told, by)
        said = (*rules.warnings, *warnings, *coded.warnings)
        return replace(_joined(rules, coded, doubtful), trace=(), warnings=said)

    def _doubtful(self, rules: Coding, asked: Asked) -> tuple[Numbered, ...]:
        """The sentences that are asked about: those whose accounts, kept or left out, are neither sure nor surely
        none; all of a report in a language that the rules do not read."""
        low, high = bounds(self.share)
        left_out = [(s.span, float(s.outcome.rpartition(" ")[2])) for s in rules.trace if s.rule == _LEFT_OUT]
        spans = [span for span, sure in left_out if low <= sure < high]
        spans += [span for a in rules.accounts if low <= a.confidence < high for span in (a.trigger, *a.sentences)]
        if self.share >= 1.0 or (self.share > 0 and asked.report.lang not in (None, "en")):
            spans = [Span(0, len(asked.report.text))]
        sentences = {s.number: s for part in asked.parts for s in part}
        return tuple(s for _, s in sorted(sentences.items()) if any(span.overlaps(s.span) for span in spans))

    def _answered(
        self, asked: Asked, rules: Coding, doubtful: tuple[Numbered, ...]
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """What the model says of those sentences; what it said of the whole report where that is kept, or where all of
        it is asked about."""
        warnings: list[str] = []
        whole = self.model.kept_whole(asked, warnings)
        if whole is None and len(doubtful) == len({s for part in asked.parts for s in part}):
            whole = self.model.answers_to(asked, warnings)
        if whole is not None:
            return whole, warnings
        question = self._question(asked, rules, doubtful)
        return [read_answer(self.model.answer_to(question), question, warnings)], warnings

    def _question(self, asked: Asked, rules: Coding, doubtful: tuple[Numbered, ...]) -> Question:
        sentences = {s.number: s for part in asked.parts for s in part}
        shown = {n + k for n in (s.number for s in doubtful) for k in range(-_AROUND, _AROUND + 1)}
        numbers = [s.number for s in doubtful]
        found = tuple(_shown(a, sentences.values()) for a in rules.accounts if not _is_told_in(a, doubtful))
        part = Part(1, 1, tuple(s for n, s in sorted(sentences.items()) if n in shown), (), found, tuple(numbers))
        return question_of(asked.report, part, self.model.settings)


def _shown(account: Account, sentences: Iterable[Numbered]) -> dict[str, Any]:
    """An account of the rules, as short as it can be recognised by."""
    numbers = [s.number for s in sentences if any(s.span.overlaps(told) for told in account.sentences)]
    return {"id": f"r-{account.id}", "type": account.type, "status": account.status, "sentences": numbers}


def _is_told_in(account: Account, sentences: Iterable[Numbered]) -> bool:
    return any(s.span.overlaps(account.trigger) for s in sentences)


def _joined(rules: Coding, coded: Coding, doubtful: tuple[Numbered, ...]) -> Coding:
    """The rules' accounts of other sentences, and the model's of those that were asked about; in the order of the
    text."""
    taken = [a for a in coded.accounts if _is_told_in(a, doubtful)]
    kept = [a for a in rules.accounts if not _is_told_in(a, doubtful) and not any(_is_same(a, t) for t in taken)]
    order = sorted([(a.trigger, 0, a) for a in kept] + [(a.trigger, 1, a) for a in taken], key=lambda row: row[:2])
    ids = {(side, a.id): f"a{n}" for n, (_, side, a) in enumerate(order, 1)}
    accounts = tuple(replace(a, id=ids[side, a.id]) for _, side, a in order)
    links = (*_renamed(rules.links, ids, 0), *_renamed(coded.links, ids, 1))
    named = {(e.kind, e.span): e for e in (*coded.entities, *rules.entities)}
    entities = tuple(sorted(named.values(), key=lambda e: (e.span, e.kind)))
    return replace(rules, accounts=accounts, links=tuple(dict.fromkeys(links)), entities=entities, by=coded.by)


def _is_same(one: Account, other: Account) -> bool:
    """Does the model's account tell what the rules' tells elsewhere?"""
    return types.may_be_told_as_one(one.type, other.type) and any(s.overlaps(one.trigger) for s in other.sentences)


def _renamed(links: Iterable[Link], ids: dict[tuple[int, str], str], side: int) -> Iterator[Link]:
    for link in links:
        source, target = ids.get((side, link.source)), ids.get((side, link.target))
        if source is not None and target is not None:
            yield Link(link.kind, source, target)
