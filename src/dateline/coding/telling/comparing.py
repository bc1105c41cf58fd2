"""Compare two drafts of a report: names, figures, places, days, sides."""

from __future__ import annotations

import datetime as dt

from dateline.coding.draft import Draft
from dateline.language.roles import names_doers
from dateline.model import Actor, Count, When
from dateline.model.knowledge import english
from dateline.where import finest

#: Words for a death that may come days after its cause, and the most days that it may.
DYING = english("dateline.coding", "dying")
_LINGERED = 30


def own_name(draft: Draft) -> list[str]:
    """The proper nouns in a happening's name ("Marathon" of "the Marathon bombing")."""
    mention = draft.first
    if not mention.nominal:
        return []
    before = mention.sentence.children(mention.token, "compound", "nmod", "amod")
    return [c.lower for c in before if c.pos == "PROPN"]


def bears_other_name(a: Draft, b: Draft) -> bool:
    """Does `b` have a name that the sentences of `a` do not hold?"""
    names = own_name(b)
    return bool(names) and not set(names) & {t.lower for s in a.sentences for t in s.tokens}


def other_side(a: Draft, b: Draft) -> bool:
    """Did the state do one of the two, and somebody else the other?"""
    one, two = ({x.kind == "state" for x in d.actors if x.role == "agent" and _is_known(x)} for d in (a, b))
    return len(one | two) == 2 and not one & two


def _is_known(actor: Actor) -> bool:
    """Is the actor's side known? It is for "gunmen", who are not the state's."""
    return actor.kind != "unknown" or names_doers(actor.text)


def names_told(a: Draft, b: Draft) -> dict[str, float]:
    one, two = ({x.name for x in d.actors if x.kind == "person" and x.role != "agent"} for d in (a, b))
    if not one or not two:
        return {}
    return {"same_name": 1.0} if one & two else {"other_names": 1.0}


def figures_of(draft: Draft) -> set[tuple[str, int]]:
    return {(c.what, c.best) for c in draft.counts if c.best is not None}


def same_figures(a: Draft, b: Draft) -> float:
    """1 for a shared figure above one; 0.3 for a shared figure of one, which says little; else 0."""
    shared = figures_of(a) & figures_of(b)
    return 1.0 if any(n > 1 for _, n in shared) else 0.3 if shared else 0.0


def share_place(a: Draft, b: Draft) -> bool:
    ids = {p.entry.id for p in a.places if p.entry}
    return any(p.entry.id in ids for p in b.places if p.entry)


def are_nested(a: Draft, b: Draft) -> bool:
    return any(len(finest([p, q])) == 1 for p in a.places for q in b.places)


def share_day(a: Draft, b: Draft) -> bool:
    return a.when is not None and b.when is not None and (a.when.start, a.when.end) == (b.when.start, b.when.end)


def days_between(a: When, b: When) -> int:
    """Days between two intervals; 0 where they touch."""
    first, second = sorted((a, b), key=lambda w: w.start)
    return max(0, (dt.date.fromisoformat(second.start) - dt.date.fromisoformat(first.end)).days)


def dies_later(a: Draft, b: Draft) -> bool:
    """Is `b` a later death told by itself, after an act with a day of its own ("he was shot on Friday ... he died on
    Saturday")?"""
    if a.when is None or b.when is None or b.first.token.lemma not in DYING or a.first.token.lemma in DYING:
        return False
    later = b.when.start > a.when.end and days_between(a.when, b.when) <= _LINGERED
    return later and (bool(a.heads & b.heads) or "same_name" in names_told(a, b) or not b.heads)


def other_figures(a: Draft, b: Draft) -> bool:
    """Do both count the same thing of one party, with no figure in common?"""
    for x in a.counts:
        rivals = [y for y in b.counts if y.what == x.what and _one_party(x, y)]
        if rivals and all(_differ(x, y) for y in rivals) and same_figures(a, b) != 1.0:
            return True
    return False


def _one_party(x: Count, y: Count) -> bool:
    return x.party == y.party or "unknown" in (x.party, y.party)


def _differ(x: Count, y: Count) -> bool:
    if x.best is not None and y.best is not None:
        return x.best != y.best
    low, high = max(x.low or 0, y.low or 0), min(x.high or 10**9, y.high or 10**9)
    return low > high
