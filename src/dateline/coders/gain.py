"""Estimate what a question to a model about a report gains, from the rules' coding of the report, and what it costs.

The gain is the number of claims that would become right. It is a weighted sum of signs in the rules' coding; the
weights (knowledge/cascade.yaml) are fitted by `python -m training.cascade` to what the rules get wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from dateline.model import Account, Coding, Span
from dateline.model.knowledge import load

#: The rule that leaves accounts out. The last word of its note in the trace is the account's confidence.
_LEFT_OUT = "coding.accepting.unsure"
#: The rule that notes the sentences in which the learned reader finds a word that tells of an event.
_HEARD = "coding.hearing.opened"
#: The most places of an account that are counted.
_PLACES = 4

#: What the cascade's share is a share of: the accounts that the rules keep, or the questions about all reports.
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
    """The least gain for each account (or question) at which a report is asked about, if a `share` of them may be."""
    share = min(1.0, max(0.0, share))
    one, two = next(pair for pair in pairwise(_file().steps[of]) if pair[0].share <= share <= pair[1].share)
    return one.gain + (share - one.share) / (two.share - one.share) * (two.gain - one.gain)


def cost(rules: Coding, of: Counted, part_chars: int) -> float:
    """The cost of asking about a report: the number of accounts that the rules keep of it, or of its questions. At
    least 1, so that a report without accounts is not free."""
    return max(1.0, len(rules.accounts) if of == "accounts" else len(rules.report.text) / part_chars)


def gain(rules: Coding) -> float:
    """How many more claims would be right if a model was asked (0 or more). `rules` must have its trace."""
    weights = _file().weights
    return max(0.0, weights["start"] + sum(weights[name] * value for name, value in signs(rules).items()))


def signs(rules: Coding) -> dict[str, float]:
    """The signs of a gain: name in cascade.yaml -> value."""
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
    """The number of claims of an account: type, status, scope, day, place, and each figure."""
    return 3 + (account.when is not None) + bool(account.where) + len(account.counts)


def _without(sentences: Iterable[Span], accounts: Iterable[Account]) -> int:
    """The number of sentences that hold the trigger of no account."""
    triggers = [a.trigger for a in accounts]
    return sum(not any(span.overlaps(t) for t in triggers) for span in dict.fromkeys(sentences))
