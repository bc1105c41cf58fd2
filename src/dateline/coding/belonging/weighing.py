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
from dateline.where import Located

Kind = Literal["agent", "party", "figure", "place"]
Signs = dict[str, float]
Value = TypeVar("Value", Actor, Count, Located)
#: The likelihood of a value that the reader did not look at: low.
_UNSEEN = 0.05
#: The likelihood of the best other value where there is none; also the least that `elsewhere` and `rival` count as.
_NONE = 0.02
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


#: The signs of one value among all that were found, for values of its kind.
More = Callable[[Candidate[Value], Sequence[Candidate[Value]]], Signs]


def candidate(roles: Roles, value: Value, own: Sequence[str], other: Sequence[str], by_rules: bool) -> Candidate[Value]:
    """A value with what the reader says of it: `own` are the roles that it would have, `other` the roles of the other
    side."""
    likely = [p for role in own if (p := roles.likely(role, value.span)) is not None]
    elsewhere = [roles.likely(role, value.span) or 0.0 for role in other]
    rival = [rival.likely(role, value.span) or 0.0 for rival in roles.rivals for role in own]
    where = {roles.read.words[n].sentence for n in roles.read.within(value.span)}
    apart = min((abs(s - t.sentence) for s in where for t in roles.told), default=_FAR)
    return Candidate(
        value,
        max(likely, default=None),
        max(elsewhere, default=0.0),
        max(rival, default=0.0),
        by_rules,
        min(_FAR, apart),
    )


def signs(draft: Draft, one: Candidate[Value], found: Sequence[Candidate[Value]]) -> Signs:
    """The signs of a value of any kind, by the names of belonging_heard.yaml."""
    others = [c for c in found if c is not one]
    best = max((c.heard for c in others), default=_NONE)
    return {
        "heard": log_odds(one.heard),
        "heard_rules": log_odds(one.heard) * one.by_rules,
        "rules": one.by_rules,
        "best_other": log_odds(best),
        "rules_other": log_odds(max((c.heard for c in others if c.by_rules), default=_NONE)),
        "best": one.heard >= best,
        "only": not others,
        "elsewhere": log_odds(max(one.elsewhere, _NONE)),
        "rival": log_odds(max(one.rival, _NONE)),
        "rival_more": one.rival > one.heard,
        "own_sentence": any(Span(s.start, s.end).covers(one.span) for s in draft.sentences),
        "said": any(s.span.overlaps(one.span) for s in draft.said_by),
        "far": one.apart / _FAR,
        "after": one.span.start > draft.trigger.start,
        "inside": any(c.span.covers(one.span) and c.span != one.span for c in others),
        "holds": any(one.span.covers(c.span) and c.span != one.span for c in others),
    }


def taken(kind: Kind, draft: Draft, found: Sequence[Candidate[Value]], more: More[Value]) -> list[Candidate[Value]]:
    """The values that are the happening's own, of those found near it; `more` gives the signs that only this kind
    has."""
    return [c for c in found if _odds(kind, signs(draft, c, found) | more(c, found)) >= _weights()[kind]["keep"]]


def _odds(kind: Kind, found: Signs) -> float:
    known = _weights()[kind]
    return known["start"] + sum(known.get(name, 0.0) * value for name, value in found.items())


@cache
def _weights() -> dict[str, dict[str, float]]:
    """For each kind of value: the log odds by name, and the least sum (`keep`) at which a value is kept."""
    return load("dateline.coding", "belonging_heard.yaml", dict[str, dict[str, float]])
