"""Bars: rules that keep two drafts of a report apart, whatever they have in common."""

from __future__ import annotations

from collections.abc import Callable

from dateline.coding.apart import set_apart
from dateline.coding.draft import Draft
from dateline.coding.telling.comparing import (
    DYING,
    are_nested,
    days_between,
    dies_later,
    figures_of,
    other_figures,
    same_figures,
    share_place,
)
from dateline.language.roles import names_doers
from dateline.model import Actor, types
from dateline.model.knowledge import english
from dateline.model.vocabulary import FACTUAL
from dateline.what import is_toll


def may_be_one(a: Draft, b: Draft) -> bool:
    """Does nothing keep the two apart?"""
    return barred_by(a, b) is None


def barred_by(a: Draft, b: Draft) -> str | None:
    """The name of the rule that keeps two drafts apart, whatever their points; None where no rule does."""
    if not types.may_be_told_as_one(a.type, b.type):
        return "coding.telling.types"
    if _took_place(a) != _took_place(b) and not (a.type == b.type == "plot"):
        return "coding.telling.facts"
    if not _took_place(a) and a.status != b.status and a.type != "plot":
        return "coding.telling.statuses"
    return next((name for name, parts in _BARS.items() if parts(a, b)), None)


#: The bars that hold whatever the learned reader says: other days, other places, or words that say so.
_SURELY = (
    "coding.telling.set-apart",
    "coding.telling.two-items",
    "coding.telling.two-days",
    "coding.telling.two-places",
    "coding.telling.one-beside-many",
)


def surely_barred_by(a: Draft, b: Draft) -> str | None:
    """The name of the rule that keeps two drafts apart, even where the learned reader takes them for one; None: no
    rule."""
    return next((name for name in _SURELY if _BARS[name](a, b)), None)


def signs_against(a: Draft, b: Draft) -> dict[str, bool]:
    """The weaker bars, by the last part of their rule's name. Where the learned reader read both drafts, they are signs
    among others."""
    took_place, other_status = _took_place(a) != _took_place(b), a.status != b.status
    found = {
        "types": not types.may_be_told_as_one(a.type, b.type),
        "facts": took_place,
        "statuses": other_status and not took_place,
    }
    weaker = (name for name in _BARS if name not in _SURELY)
    return found | {name.rsplit(".", 1)[-1]: _BARS[name](a, b) for name in weaker}


def _took_place(draft: Draft) -> bool:
    """Is the draft a fact, or an attempt that was made ("the assassination attempt")?"""
    return draft.status in FACTUAL or draft.first.frame.status == "attempted"


def _are_items(a: Draft, b: Draft) -> bool:
    """Are the drafts told in two different items of a list? Then they are two happenings."""
    kinds = {s.kind for s in (*a.sentences, *b.sentences)}
    return kinds == {"item"} and not {s.paragraph for s in a.sentences} & {s.paragraph for s in b.sentences}


def _days_part(a: Draft, b: Draft) -> bool:
    """Do words put the two days or years apart ("the attack comes a year after gunmen killed 21")? Not where somebody
    died days after he was shot or kidnapped: that is told as one."""
    if {a.type, b.type} & types.HOSTAGE:
        return False
    pairs = [(m, n) for m in a.mentions for n in b.mentions if m.sentence is n.sentence]
    return any(
        m.token.lemma not in DYING
        and n.token.lemma not in DYING
        and set_apart(m.sentence, m.token) != set_apart(n.sentence, n.token)
        for m, n in pairs
    )


def _ends_the_doer(end: Draft, deed: Draft) -> bool:
    """Is `end` the killing of those who did `deed`, by the state ("the gunman was shot dead by police")?"""
    ended = [x for x in end.actors if x.role != "agent" and x.kind != "person"]
    doers = {x.kind for x in end.actors if x.role == "agent"}
    if doers != {"state"} or "clash" in (end.type, deed.type):
        return False
    if not all(_is_doer(x) for x in ended) or not (ended or _is_of_him(end)):
        return False
    hurt = [x for x in deed.actors if x.role == "victim"]
    by_state = any(x.role == "agent" and x.kind == "state" for x in deed.actors)
    return bool(hurt) and not by_state and not any(_is_doer(x) for x in hurt)


def _is_of_him(end: Draft) -> bool:
    """Was it done to one person told of before, and not to the victims ("before officers shot him dead")?"""
    return any(o.lower in ("him", "her") for o in end.first.objects) and not end.counts


#: Nouns for doers, in addition to those of roles.yaml.
_DOERS = english("dateline.coding", "doers")


def _is_doer(actor: Actor) -> bool:
    said = set(actor.text.lower().split())
    return names_doers(actor.text) or bool(said & _DOERS)


def _is_toll_of_another(a: Draft, b: Draft) -> bool:
    """Is `b` a toll that does not belong to `a`? A toll belongs to an account that counts its dead, or to what the
    sentence before it told."""
    if b.first.token.lemma != "toll" or any(c.what == "killed" for c in a.counts):
        return False
    return b.sentences[0].index - a.sentences[-1].index > 1


def _clashing_days(a: Draft, b: Draft) -> bool:
    if a.when is None or b.when is None or dies_later(a, b):
        return False
    # Days clash only where both drafts have a time of their own: a day that was only near by may be one off.
    strict = a.own_time and b.own_time
    if same_figures(a, b) == 1.0 and max((n for _, n in figures_of(a) & figures_of(b)), default=0) >= 10:
        # The same large figure twice is one happening, even a few days apart: "357 on Tuesday ... this morning, 357".
        return days_between(a.when, b.when) > 3
    return strict and (a.when.end < b.when.start or b.when.end < a.when.start)


def _clashing_places(a: Draft, b: Draft) -> bool:
    """Do the places clash? They do where both drafts have other places of their own, or other places and other figures
    (a later toll excepted)."""
    own = a.own_place and b.own_place
    beside = bool(a.places and b.places) and not is_toll(b.first.token)
    if not own and not (beside and other_figures(a, b)):
        return False
    return not share_place(a, b) and not are_nested(a, b)


#: Words that introduce a person as a new one.
_ANEW = english("dateline.coding", "anew")


def _is_one_beside_many(one: Draft, many: Draft) -> bool:
    """Is one person introduced as a new one ("police arrested an IS member"), where the other draft counts several?"""
    if one.type not in types.CONSEQUENCES or one.type != many.type:
        return False
    own = [c for c in one.counts if not c.part]
    new = any(c.best == 1 and c.text.lower().split()[0] in _ANEW for c in own)
    several = {c.what for c in many.counts if (c.best or 0) > 1 and not c.part}
    return new and all(c.best == 1 for c in own) and any(c.what in several for c in own)


_BARS: dict[str, Callable[[Draft, Draft], bool]] = {
    "coding.telling.end-of-doer": lambda a, b: _ends_the_doer(a, b) or _ends_the_doer(b, a),
    "coding.telling.set-apart": _days_part,
    "coding.telling.two-items": _are_items,
    "coding.telling.two-days": _clashing_days,
    "coding.telling.two-places": _clashing_places,
    "coding.telling.toll-of-another": _is_toll_of_another,
    "coding.telling.one-beside-many": lambda a, b: _is_one_beside_many(a, b) or _is_one_beside_many(b, a),
}
