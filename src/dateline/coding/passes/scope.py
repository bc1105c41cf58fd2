"""Scope: one happening or a roll-up. A figure over a long period, a figure of many acts, or a plural with a sum is a
roll-up."""

from __future__ import annotations

import re

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.language import numbers
from dateline.model import Count
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL

_GENERIC = re.compile(
    r"\bseveral times\b|\b(?:since|so far|to date|in (?:recent|the (?:past|last)) \w+)\b"
    r"|\brecent (?:weeks|months|years)\b|\bin all\b|\bso far this year\b"
    r"|\b(?:in|over|during) (?:the )?(?:past|last) (?:few |several )?(?:weeks|months|years)\b"
)
#: _LONG_DAYS: from so many days on, figures sum many happenings. _CAMPAIGN_DAYS: an operation of more days is a
#: campaign.
_LONG_DAYS, _CAMPAIGN_DAYS = 45, 120
#: _MANY: so many operations are not one action. _MANY_PEOPLE: so many people "in recent weeks" are not of one
#: happening.
_MANY, _MANY_PEOPLE = 5, 20
#: Many acts over so many days are not one happening.
_WEEK = 7
_NO_PEOPLE = ("operations", "raids", "sites", "attackers")


@step(
    "coding.scope",
    reads="type status mentions sentences counts when own_time places",
    writes="scope",
)
def mark_sums(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Mark as roll-ups the facts that sum many happenings."""
    for draft in drafts:
        rule = _heard_or_rule(reading, draft) if draft.status in FACTUAL else None
        if rule is not None:
            draft.scope = "rollup"
            note(rule, draft.trigger, "rollup")
    return drafts


#: The learned reader decides alone where its likelihood of a roll-up is at least SUM or below NO_SUM.
SUM, NO_SUM = 0.75, 0.15


def _heard_or_rule(reading: Reading, draft: Draft) -> str | None:
    """The name of the rule by which a draft is a roll-up, the learned reader's word first; None where it is not."""
    likely = reading.learned.rollup(draft) if reading.learned is not None else None
    if likely is not None and likely >= SUM:
        return "coding.scope.heard"
    return None if likely is not None and likely < NO_SUM else _rule(draft)


def _rule(draft: Draft) -> str | None:
    """The name of the rule by which a draft is a roll-up; None where it is not."""
    lower = draft.sentences[0].text.lower()
    people = [c for c in draft.counts if c.what not in _NO_PEOPLE]
    size = max(map(_size, people), default=0)
    days = draft.when.days if draft.when is not None and draft.own_time else 0
    vague = bool(_GENERIC.search(lower))
    many = any(c.what == "operations" and _size(c) >= _MANY for c in draft.counts)
    signs = {
        "coding.scope.many-operations": many and days >= _LONG_DAYS,
        "coding.scope.long-plural": draft.first.plural and (days >= _LONG_DAYS or vague),
        "coding.scope.acts-over-week": days >= _WEEK and _acts_counted(draft) >= _MANY,
        "coding.scope.many-people": vague and size >= _MANY_PEOPLE,
        "coding.scope.several-times": "several times" in lower and not people,
        "coding.scope.campaign": draft.type == "operation" and days > _CAMPAIGN_DAYS,
        "coding.scope.long-toll": days >= _LONG_DAYS and _sums_up(draft, size),
    }
    return next((name for name, holds in signs.items() if holds), None)


def _size(count: Count) -> int:
    return count.best or count.low or 0


def _acts_counted(draft: Draft) -> int:
    """The number of acts that stands at the trigger ("23 attacks")."""
    nums = draft.first.sentence.children(draft.first.token, "nummod") if draft.first.plural else []
    return max((numbers.parse(n.lower) or 0 for n in nums), default=0)


def _sums_up(draft: Draft, size: int) -> bool:
    """Are people counted over the months up to the report, with no single act told ("300 people were killed last
    year")?

    Figures for a past year, or for a town, may be of one act.
    """
    if draft.when is None or draft.when.basis != "relative":
        return False
    if any(m.nominal or m.cause is not None or m.frame.type == "bombing" for m in draft.mentions):
        return False
    verb, sentence = draft.first.clause, draft.first.sentence
    if any(c.lower in ("has", "have") for c in sentence.children(verb, "aux")):
        return size > 1
    return size >= _MANY_PEOPLE and all(p.precision in ("admin1", "country", "region") for p in draft.places)
