"""To which known actor somebody is tied, by the words around them ("the group", "ISIS-linked", "on behalf of")."""

from __future__ import annotations

from functools import cache

from dateline.language import Sentence, Token
from dateline.language.roles import base
from dateline.model import Span
from dateline.model.knowledge import english, load
from dateline.who.actors import KnownActor
from dateline.who.names import Cast


@cache
def called(name: str) -> frozenset[str]:
    """The words of a list of names.yaml."""
    return frozenset(load("dateline.who", "names.yaml", dict[str, list[str]])[name])


_TIES = english("dateline.who", "ties")
#: Prepositions between the people arrested and the charge ("arrested for belonging to").
_CHARGES = english("dateline.who", "before_charges")


def affiliation(sentence: Sentence, head: Token, cast: Cast) -> tuple[KnownActor, Span] | None:
    """The group to which the words about people tie them ("29 people suspected of having ties to ISIS", "arrested
    people for alleged links to ISIS"), and where its name stands; else None."""
    clauses = sentence.children(head, "acl", "relcl", "prep")
    if head.dep in ("dobj", "nsubjpass"):
        clauses += [c for c in sentence.children(sentence.head(head), "prep") if c.lower in _CHARGES]
    for clause in clauses:
        inside = sentence.subtree(clause)
        if not any(t.lemma in _TIES or base(t) in _TIES for t in inside):
            continue
        for token in inside:
            mention = cast.actor_at(sentence, token)
            if mention is not None and mention.actor.kind == "armed_group":
                return mention.actor, mention.span(sentence)
    return None


_ITSELF = english("dateline.who", "itself")


def spoken_of(sentence: Sentence, head: Token, cast: Cast) -> KnownActor | None:
    """The armed group that words such as "the terrorist organization" stand for: the one last named before them, in
    this sentence or an earlier one. Else None."""
    if (
        base(head) not in _ITSELF
        or head.tag != "NN"
        or not any(d.lower in ("the", "this") for d in sentence.children(head, "det"))
    ):
        return None
    for index in sorted((i for i in cast.actors if i <= sentence.index), reverse=True):
        for mention in reversed(cast.actors[index]):
            if mention.actor.kind == "armed_group" and (index < sentence.index or mention.last < head.i):
                return mention.actor
    return None
