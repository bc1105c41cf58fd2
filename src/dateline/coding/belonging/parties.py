"""Parties of a happening (agent, target, victim), by the words that the learned reader takes for its parties."""

from __future__ import annotations

from typing import get_args

from dateline.coding.belonging import weighing
from dateline.coding.belonging.roles import Roles, Run, head_of
from dateline.coding.belonging.weighing import Candidate, Crowd, Kind, Signs, candidate
from dateline.coding.draft import Draft
from dateline.coding.drafting.parties import DEEDS, actor_of
from dateline.coding.drafting.places import is_where
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.roles import base
from dateline.model import Actor, types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, ActorKind, Role
from dateline.says import cue, word_of_none
from dateline.where import country_of
from dateline.who import called, describe

#: The least likelihood at which a party that no rule gave is considered.
LEAST = 0.1
#: The most characters between two phrases that are side by side ("gunmen of the group").
_BESIDE = 5
_SIDES: dict[Kind, tuple[Role, ...]] = {"agent": ("agent",), "party": ("target", "victim")}
#: The kind that gets no sign of its own: the weights of the other kinds are relative to it.
_PLAIN: ActorKind = "unknown"


def own_parties(reading: Reading, draft: Draft, roles: Roles) -> None:
    """Give a draft the parties that are likely its own, and drop those that are not."""
    found = {kind: _candidates(reading, draft, roles, kind) for kind in _SIDES}
    own = [c for kind, candidates in found.items() for c in weighing.taken(kind, draft, candidates, party_signs)]
    kept = [a for a in draft.actors if any(c.value is a for c in own)]
    if len(kept) < len(draft.actors):
        note("coding.belonging.parties-given-up", draft.trigger, f"{len(draft.actors) - len(kept)} given up")
    draft.actors = kept
    for c in own:
        if not c.by_rules:
            note("coding.belonging.party", c.span, f"{c.value.role} of {draft.called} ({c.heard:.2f})")
            draft.add_actor(c.value)
    draft.actors = [a for a in draft.actors if not any(_is_within(a, other) for other in draft.actors)]


def _candidates(reading: Reading, draft: Draft, roles: Roles, kind: Kind) -> list[Candidate[Actor]]:
    """The candidates for one side: those that the rules gave the draft, and those that the learned reader considers."""
    own = _SIDES[kind]
    other = [role for k, side in _SIDES.items() for role in side if k != kind]
    found = [candidate(roles, a, own, other, by_rules=True) for a in draft.actors if a.role in own]
    for role in own:
        if role == "victim" and "victim" not in types.of(draft.type).roles:
            continue
        for run in roles.runs(role, LEAST):
            if any(c.span.overlaps(run.span) for c in found):
                continue
            actor = _actor(reading, draft, role, run)
            if actor is not None and not any(c.span.overlaps(actor.span) and not c.by_rules for c in found):
                found.append(candidate(roles, actor, own, other, by_rules=False))
    return found


def party_signs(one: Candidate[Actor], crowd: Crowd[Actor]) -> Signs:
    """The signs of a party, in addition to those of any value (weighing.signs)."""
    actor = one.value
    return {
        "beside": any(c is not one for c in crowd.along.near(one.span, _BESIDE)),
        "inferred": actor.basis == "inferred",
        "known": actor.id is not None,
        "same_group": actor.id is not None and any(c is not one and c.value.id == actor.id for c in crowd.found),
        **{f"kind_{kind}": actor.kind == kind for kind in get_args(ActorKind) if kind != _PLAIN},
    }


def _is_within(actor: Actor, other: Actor) -> bool:
    """Are the words of a party only a part of the words of another party of that role ("pilgrims" of "a pilgrims'
    tent")?"""
    return actor.role == other.role and actor.id is None and actor.span != other.span and other.span.covers(actor.span)


def _is_thing(head: Token) -> bool:
    """Is it a deed or a thing, which does nothing ("the Capitol riot", "a video")?"""
    return base(head) in DEEDS or (base(head) in called("no_doers") and head.pos == "NOUN")


def _denies(sentence: Sentence, head: Token, draft: Draft) -> bool:
    """Is it only who denies that they did it ("the rebels denied any role in the bombing")?"""
    verb = sentence.head(head)
    denied = head.dep == "nsubj" and verb.lemma in cue("denied") and draft.status in FACTUAL
    told = [m for m in draft.mentions if m.sentence is sentence]
    return denied and all(verb in list(sentence.ancestors(m.token)) for m in told) and bool(told)


def _actor(reading: Reading, draft: Draft, role: Role, run: Run) -> Actor | None:
    """The party that the words of a run name; None where they name none."""
    stands = head_of(reading, run)
    if stands is None or stands[1].pos not in ("NOUN", "PROPN"):
        return None
    sentence, head = stands
    if base(head) in called("leads_to_a_party") or word_of_none(sentence, head) is not None:
        return None  # "No group claimed it" names nobody.
    if role == "agent" and (_is_thing(head) or _denies(sentence, head, draft)):
        return None
    described = describe(sentence, head, reading.cast, country_of)
    if role == "agent" and described.kind == "unknown" and is_where(reading, head):
        return None  # "a jury in Dallas indicted two men"
    return actor_of(role, described)
