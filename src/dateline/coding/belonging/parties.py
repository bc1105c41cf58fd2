"""Who did it and to whom it was done, by what the learned reader takes for the parties of a happening."""

from __future__ import annotations

from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.draft import Draft
from dateline.coding.drafting.parties import actor_of
from dateline.coding.drafting.places import is_where
from dateline.coding.reading import Reading
from dateline.language.roles import base
from dateline.model import Actor, types
from dateline.model.trace import note
from dateline.model.vocabulary import Role
from dateline.where import country_of
from dateline.who import called, describe

#: A party is taken from so likely on; one of the rules is given up below so likely.
TAKEN, GIVEN_UP = 0.7, 0.08
#: ... and where it is at least so likely one of this happening as of any other.
SHARE = 1.0
_ROLES: tuple[Role, ...] = ("agent", "target", "victim")


def own_parties(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the parties that are likely its own, and give up those that are not."""
    kept = [a for a in draft.actors if not _is_given_up(roles, a)]
    if len(kept) < len(draft.actors):
        note("coding.belonging.parties-given-up", draft.trigger, f"{len(draft.actors) - len(kept)} given up")
    draft.actors = kept
    for role in _ROLES:
        if role == "victim" and "victim" not in types.of(draft.type).roles:
            continue
        for run in roles.runs(role, TAKEN):
            known = any(_is_side(a, role) and a.span.overlaps(run.span) for a in draft.actors)
            if not known and roles.is_own(role, run.span, SHARE):
                _add(reading, draft, role, run)
    draft.actors = [a for a in draft.actors if not any(_is_within(a, other) for other in draft.actors)]


def _is_within(actor: Actor, other: Actor) -> bool:
    """Are its words only a part of those that name another of that role ("pilgrims" of "a pilgrims' tent")?"""
    return actor.role == other.role and actor.id is None and actor.span != other.span and other.span.covers(actor.span)


def _is_side(actor: Actor, role: Role) -> bool:
    """Is it on that side of what was done: of those who did it, or of those to whom?"""
    return (actor.role == "agent") == (role == "agent")


def _is_given_up(roles: Roles, actor: Actor) -> bool:
    if actor.basis == "inferred":
        return False
    sides: tuple[Role, ...] = ("agent",) if actor.role == "agent" else ("target", "victim")
    likely = [p for role in sides if (p := roles.likely(role, actor.span)) is not None]
    return bool(likely) and max(likely) < GIVEN_UP


def _add(reading: Reading, draft: Draft, role: Role, run: Run) -> None:
    stands = head_of(reading, run)
    if stands is None or stands[1].pos not in ("NOUN", "PROPN"):
        return
    sentence, head = stands
    if base(head) in called("leads_to_a_party"):
        return
    described = describe(sentence, head, reading.cast, country_of)
    if role == "agent" and described.kind == "unknown" and is_where(reading, head):
        return  # "a jury in Dallas indicted two men"
    actor = actor_of(role, described)
    if actor is not None:
        note("coding.belonging.party", actor.span, f"{role} of {draft.called} ({run.likely:.2f})")
        draft.add_actor(actor)
