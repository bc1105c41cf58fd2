"""Decide which of the values near a happening are its own: weigh the learned reader's likelihood with other signs.

There is a logistic regression for each kind of value (knowledge/belonging_heard.yaml, fitted by `python -m
training.belonging_heard` on reports that the reader had not learned from). It replaced two likelihoods that were set by
hand: one from which on a value was added, one below which a value of the rules was dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from dateline.coding.belonging.roles import Roles
from dateline.coding.draft import Draft
from dateline.coding.learned import log_odds
from dateline.model import Actor, Count, Span
from dateline.model.knowledge import load
from dateline.model.span import Along
from dateline.where import Located

Kind = Literal["agent", "party", "figure", "place"]
Signs = dict[str, float]
Value = TypeVar("Value", Actor, Count, Located)
#: The likelihood of a value that the reader did not look at: low.
_UNSEEN = 0.05
#: The likelihood of the best other value where there is none; also the least that `elsewhere` and `rival` count as.
NONE = 0.02
#: From this number of sentences on, all values are equally far. Distances are not counted in characters: a party that
#: is called by a longer word would be farther away.
_FAR = 3


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """A value that may belong to a happening. `likely`: the reader's likelihood that it does (None: the reader did not
    look); `elsewhere`: that it has a role of the other side in it; `rival`: that it belongs to another happening;
    `by_rules`: whether the rules gave it; `apart`: how many sentences it is from the nearest one that tells of it."""

    value: Value
    likely: float | None
    elsewhere: float
    rival: float
    by_rules: bool
    apart: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.value.span

    @property
    def heard(self) -> float:
        """The likelihood that it belongs to the happening; a low one where the reader did not look."""
        return _UNSEEN if self.likely is None else self.likely


class Crowd(Generic[Value]):
    """All values that were found near a happening, and what each is compared with: the likeliest others, its neighbours
    in the text, and the sentences and speakers of the happening."""

    def __init__(self, draft: Draft, found: Sequence[Candidate[Value]]) -> None:
        self.draft = draft
        self.found: Sequence[Candidate[Value]] = found
        self.along: Along[Candidate[Value]] = Along(found, lambda c: c.span)
        self._sentences = Along((Span(s.start, s.end) for s in draft.sentences), lambda span: span)
        self._said = Along((s.span for s in draft.said_by), lambda span: span)
        self._likeliest: list[Candidate[Value]] = sorted(found, key=lambda c: -c.heard)
        self._by_rules: list[Candidate[Value]] = [c for c in self._likeliest if c.by_rules]

    def best_other(self, one: Candidate[Value], by_rules: bool = False) -> float:
        """The likelihood of the likeliest other value (of those that the rules gave)."""
        return next((c.heard for c in (self._by_rules if by_rules else self._likeliest) if c is not one), NONE)

    def in_own_sentence(self, span: Span) -> bool:
        """Does a span stand in a sentence of the happening?"""
        return any(s.covers(span) for s in self._sentences.near(span))

    def is_said(self, span: Span) -> bool:
        """Does a span name one who speaks of the happening?"""
        return any(s.overlaps(span) for s in self._said.near(span))


#: The signs of one value among all that were found, for values of its kind.
More = Callable[[Candidate[Value], Crowd[Value]], Signs]


def candidate(roles: Roles, value: Value, own: Sequence[str], other: Sequence[str], by_rules: bool) -> Candidate[Value]:
    """A value with what the reader says of it: `own` are the roles that it would have, `other` the roles of the other
    side."""
    likely = [p for role in own if (p := roles.likely(role, value.span)) is not None]
    elsewhere = [roles.likely(role, value.span) or 0.0 for role in other]
    rival = [rival.likely(role, value.span) or 0.0 for rival in roles.rivals for role in own]
    where = {roles.read.words[n].sentence for n in roles.read.within(value.span)}
    apart = min((far for s in where if (far := roles.apart(s)) is not None), default=_FAR)
    return Candidate(
        value,
        max(likely, default=None),
        max(elsewhere, default=0.0),
        max(rival, default=0.0),
        by_rules,
        min(_FAR, apart),
    )


def signs(one: Candidate[Value], crowd: Crowd[Value]) -> Signs:
    """The signs of a value of any kind, by the names of belonging_heard.yaml."""
    best = crowd.best_other(one)
    beside = [c.span for c in crowd.along.near(one.span) if c.span != one.span]
    return {
        "heard": log_odds(one.heard),
        "heard_rules": log_odds(one.heard) * one.by_rules,
        "rules": one.by_rules,
        "best_other": log_odds(best),
        "rules_other": log_odds(crowd.best_other(one, by_rules=True)),
        "best": one.heard >= best,
        "only": len(crowd.found) == 1,
        "elsewhere": log_odds(max(one.elsewhere, NONE)),
        "rival": log_odds(max(one.rival, NONE)),
        "rival_more": one.rival > one.heard,
        "own_sentence": crowd.in_own_sentence(one.span),
        "said": crowd.is_said(one.span),
        "far": one.apart / _FAR,
        "after": one.span.start > crowd.draft.trigger.start,
        "inside": any(span.covers(one.span) for span in beside),
        "holds": any(one.span.covers(span) for span in beside),
    }


def taken(kind: Kind, draft: Draft, found: Sequence[Candidate[Value]], more: More[Value]) -> list[Candidate[Value]]:
    """The values that are the happening's own, of those found near it; `more` gives the signs that only this kind
    has."""
    crowd = Crowd(draft, found)
    return [c for c in found if _odds(kind, signs(c, crowd) | more(c, crowd)) >= _weights()[kind]["keep"]]


def _odds(kind: Kind, found: Signs) -> float:
    known = _weights()[kind]
    return known["start"] + sum(known.get(name, 0.0) * value for name, value in found.items())


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each kind of value: the log odds by name, and the least sum (`keep`) at which a value is kept."""
    return load("dateline.coding", "belonging_heard.yaml", dict[str, dict[str, float]])
