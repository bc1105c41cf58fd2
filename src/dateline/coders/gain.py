"""What asking a model about a report is expected to gain, from what the rules made of it, and what it costs.

The gain is a sum of signs that can be read off the rules' coding, with weights (knowledge/cascade.yaml, fitted by
`python -m training.cascade` to what the rules get wrong). It says how many claims more would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from dateline.model import Account, Coding, Span
from dateline.model.knowledge import load

#: The rule whose notes tell of accounts that were left out, with their confidence as the last word.
_LEFT_OUT = "coding.accepting.unsure"
#: The rule whose notes tell of sentences in which the learned reader takes a word to tell of something.
_HEARD = "coding.hearing.opened"
#: Places of an account that are counted.
_PLACES = 4

#: Of what a cascade asks a share: of the accounts that the rules keep, or of the questions that it takes to ask about
#: everything.
Counted = Literal["accounts", "questions"]


class _Step(NamedTuple):
    share: float
    gain: float


class _File(NamedTuple):
    weights: dict[str, float]
    steps: dict[Counted, list[_Step]]


@cache
def _file() -> _File:
    return load("dateline.coders", "cascade.yaml", _File)


def gain_from(share: float, of: Counted = "accounts") -> float:
    """How much must be gained for each account (or question) that is asked about, if a share of them may be."""
    share = min(1.0, max(0.0, share))
    one, two = next(pair for pair in pairwise(_file().steps[of]) if pair[0].share <= share <= pair[1].share)
    return one.gain + (share - one.share) / (two.share - one.share) * (two.gain - one.gain)


def cost(rules: Coding, of: Counted, part_chars: int) -> float:
    """What asking about a report costs: the accounts that the rules keep of it, or its questions; never less than 1,
    so that a report of which they keep no account is not asked about for nothing."""
    return max(1.0, len(rules.accounts) if of == "accounts" else len(rules.report.text) / part_chars)


def gain(rules: Coding) -> float:
    """How many claims more would be right if a model was asked; `rules` has its trace. 0 or more."""
    weights = _file().weights
    return max(0.0, weights["start"] + sum(weights[name] * value for name, value in signs(rules).items()))


def signs(rules: Coding) -> dict[str, float]:
    """What speaks for a gain, by the names of cascade.yaml."""
    own = rules.accounts
    left_out = [float(s.outcome.rpartition(" ")[2]) for s in rules.trace if s.rule == _LEFT_OUT]
    heard = [s.span for s in rules.trace if s.rule == _HEARD and s.span is not None]
    return {
        "claims": float(sum(map(_claims, own))),
        "doubtful_claims": sum(_claims(a) * (1 - a.confidence) for a in own),
        "no_account": float(not own),
        "left_out": sum(left_out),
        "heard_in_vain": float(_without(heard, own)),
        "no_day": float(sum(a.when is None for a in own)),
        "places": float(sum(min(_PLACES, len(a.where)) for a in own)),
        "figures": float(sum(len(a.counts) for a in own)),
        "not_a_fact": float(sum(a.status != "occurred" for a in own)),
        "digits": sum(c.isdigit() for c in rules.report.text) / 50,
    }


def _claims(account: Account) -> int:
    """Type, status, scope, the day, the place, each figure."""
    return 3 + (account.when is not None) + bool(account.where) + len(account.counts)


def _without(sentences: Iterable[Span], accounts: Iterable[Account]) -> int:
    """In how many of the sentences no account is told."""
    triggers = [a.trigger for a in accounts]
    return sum(not any(span.overlaps(t) for t in triggers) for span in dict.fromkeys(sentences))
