"""Confidence of an account: the chance that a careful human coder would have it too.

A logistic regression on signs that can be read off the account (knowledge/confidence.yaml, fitted by `python -m
training.confidence`, which prints how well it is calibrated on reports it was not fitted on).
"""

from __future__ import annotations

import math
from functools import cache

from dateline.coding.draft import Draft
from dateline.coding.learned import MOST_ODDS, log_odds
from dateline.coding.weighing import in_words
from dateline.model import types
from dateline.model.knowledge import load
from dateline.model.vocabulary import FACTUAL

#: The highest sentence index that counts as the lead of a report.
_LEAD = 3
#: From this `Heard.alone` on it is a sign for the account: its sentence surely tells of it, and of nothing else.
_ALONE = 0.99


def confidence(draft: Draft) -> float:
    """The confidence of a draft, between 0.02 and 0.98, to two digits."""
    points = _weights(draft.heard is not None)
    total = points["start"] + sum(points[name] * value for name, value in signs(draft).items())
    return round(min(0.98, max(0.02, 1.0 / (1.0 + math.exp(-total)))), 2)


def reasons(draft: Draft, most: int = 4) -> str:
    """The signs that weigh most, for and against, in words."""
    return in_words(_weights(draft.heard is not None), signs(draft), most)


@cache
def _weights(heard: bool) -> dict[str, float]:
    """The points (log odds) by the name of the sign; `heard`: those fitted with the learned reader's signs."""
    return load("dateline.coding", "confidence_heard.yaml" if heard else "confidence.yaml", dict[str, float])


def signs(draft: Draft) -> dict[str, float]:
    """The signs of an account, by the names of confidence.yaml: 0 or 1, but numbers up to 3 for mentions and
    sentences."""
    first = draft.first
    parties = [a for a in draft.actors if a.role != "agent"]
    return {
        "strong_word": any(m.frame.strong for m in draft.mentions),
        "noun": first.nominal,
        "plural_noun": first.nominal and first.plural,
        "definite": first.nominal and first.definite,
        "agent": any(a.role == "agent" and a.basis == "told" for a in draft.actors),
        "known_agent": any(a.role == "agent" and a.id is not None for a in draft.actors),
        "agent_inferred": any(a.basis == "inferred" for a in draft.actors),
        "undergone": bool(parties),
        "person": any(a.kind == "person" for a in parties),
        "facility": any(a.kind == "facility" for a in parties),
        "state_hit": bool(parties) and all(a.kind in ("state", "armed_group") for a in parties),
        "figure": bool(draft.counts),
        "own_day": draft.when is not None and draft.own_time and draft.when.precision == "day",
        "own_time": draft.when is not None and draft.own_time,
        "no_time": draft.when is None,
        "own_place": draft.own_place,
        "item": bool(draft.items),
        "said": bool(draft.said_by),
        "told_often": min(3, len(draft.mentions) - 1),
        "sentences": min(3, len({s.index for s in draft.sentences}) - 1),
        "lead": min(s.index for s in draft.sentences) <= _LEAD,
        "not_a_fact": draft.status not in FACTUAL,
        "rollup": draft.scope == "rollup",
        "force": draft.type in types.SIGN_FORCE,
        "killing": draft.type == "killing",
        "law": draft.type in types.SIGN_LAW,
        "clash": draft.type == "clash",
        **_heard(draft),
    }


def _heard(draft: Draft) -> dict[str, float]:
    """The learned reader's signs: log odds as a share of MOST_ODDS, or 0 or 1; empty where the reader did not read."""
    heard = draft.heard
    if heard is None:
        return {}
    return {
        "heard": log_odds(heard.likely) / MOST_ODDS,
        "heard_core": log_odds(heard.core) / MOST_ODDS,
        "heard_type": log_odds(heard.types.get(draft.type, 0.0)) / MOST_ODDS,
        "heard_nothing": heard.likely == 0.0,
        "heard_sentence": log_odds(heard.sentence) / MOST_ODDS,
        "heard_alone": heard.alone >= _ALONE,
    }
