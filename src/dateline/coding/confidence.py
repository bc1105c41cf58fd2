"""How sure an account is: a sum of what bears it out. Not yet calibrated on data; the order is what it is good for."""

from __future__ import annotations

from dateline.coding.draft import Draft

#: What each sign is worth; an account starts at BASE.
BASE = 0.45
STRONG, AGENT, UNDERGONE, FIGURE, TIME, PLACE, TOLD_TWICE = 0.12, 0.08, 0.10, 0.08, 0.07, 0.06, 0.05
BARE_NOUN = -0.15


def confidence(draft: Draft) -> float:
    """Between 0.05 and 0.98, to two digits."""
    value = BASE
    value += STRONG * any(m.frame.strong for m in draft.mentions)
    value += AGENT * any(a.role == "agent" for a in draft.actors)
    value += UNDERGONE * any(a.role != "agent" for a in draft.actors)
    value += FIGURE * bool(draft.counts)
    value += TIME * (draft.when is not None and draft.own_time)
    value += PLACE * draft.own_place
    value += TOLD_TWICE * (len(draft.sentences) > 1)
    value += BARE_NOUN * (draft.first.nominal and not draft.counts and not draft.actors)
    return round(min(0.98, max(0.05, value)), 2)
