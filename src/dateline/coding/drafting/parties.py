"""Parties of a draft: the actors who did it, and those to whom it was done."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dateline.coding.draft import Draft
from dateline.coding.drafting.blame import Blame
from dateline.coding.drafting.places import is_part_of_a_place
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token, numbers
from dateline.language.roles import base, names_people, words
from dateline.model import Actor, types
from dateline.model.knowledge import english
from dateline.model.vocabulary import Role, Type
from dateline.says import word_of_none
from dateline.what import Mention, wordlist
from dateline.where import country_of, is_place_name
from dateline.who import Described, affiliation, called, describe

NOBODY = english("dateline.coding", "nobody")
#: Nouns for deeds: a deed is not an actor ("the attack killed five").
DEEDS = english("dateline.coding", "deeds")
_COUNTED = english("dateline.coding", "counted")
#: Nouns for what is fired, by which those who fire are named ("Russian gunfire").
_VOLLEYS = english("dateline.coding", "volleys")


def add_agents(draft: Draft, mention: Mention, agents: list[tuple[Token, Described]]) -> None:
    """Add those who did it."""
    for token, d in doers(mention, [(t, _owner(mention, t, d)) for t, d in agents]):
        actor = actor_of("agent", _as_fighters(d, draft.type))
        if actor is not None and (d.kind != "unknown" or d.suspect or token.pos in ("PROPN", "NOUN")):
            draft.add_actor(actor)


def _owner(mention: Mention, token: Token, d: Described) -> Described:
    """The state that owns the weapon ("a Russian missile hit a school"), in place of the weapon; else the party as it
    is."""
    if base(token) not in _striking() | _VOLLEYS or d.kind != "unknown":
        return d
    whose = mention.sentence.children(token, "amod", "compound", "nmod", "poss")
    named = [(t, name) for t in whose if t.text[:1].isupper() and (name := country_of(t.text))]
    if len(named) != 1:
        return d
    adjective, country = named[0]
    return replace(d, kind="state", party="state", name=country, text=adjective.text, span=adjective.span)


def _as_fighters(d: Described, type_: Type) -> Described:
    """The party as an armed group, where violence is done by a body that is called a front or an army and is not known
    as a state's."""
    front = d.kind == "organisation" and d.id is None and not called("bodies").isdisjoint(d.name.lower().split())
    return replace(d, kind="armed_group") if front and type_ in types.GROUP_DOES else d


def doers(mention: Mention, agents: list[tuple[Token, Described]]) -> list[tuple[Token, Described]]:
    """The agents that can act: without buildings, deeds, weapons and manners of doing."""
    return [
        (token, d)
        for token, d in agents
        if d.kind != "facility"
        and not (d.kind == "unknown" and d.id is None and _does_nothing(mention.sentence, token, d))
        and (base(token) not in DEEDS or (base(token) in _VOLLEYS and d.kind == "state"))
        and word_of_none(mention.sentence, token) is None
        and not _is_blow(mention.sentence, token)
        and not _is_manner(mention.sentence, token)
        and not (d.party == "unknown" and _is_no_doer(mention, token))
    ]


def add_objects(
    draft: Draft, reading: Reading, mention: Mention, objects: list[tuple[Token, Described]], type_: Type
) -> None:
    """Add those to whom it was done."""
    for token, d in objects:
        _add_object(draft, reading, mention, token, d, type_)


def _add_object(draft: Draft, reading: Reading, mention: Mention, token: Token, d: Described, type_: Type) -> None:
    """Add one object: the party, the group it is tied to, and the persons named in apposition."""
    if _is_ground(reading, mention.sentence, token, d) or (d.kind == "unknown" and base(token) in DEEDS):
        return
    if d.kind == "unknown" and any(m.token.i == token.i for m in reading.mentions if m.sentence is mention.sentence):
        return  # another happening ("ordered the detention of two men")
    if type_ == "seizure" and token in mention.seized:
        return  # a thing, which is an item
    if _is_nobody(mention, token, d, type_):
        return
    d = _as_building(mention.sentence, token, d, type_)
    role = role_of(mention, d, type_)
    if not d.pronoun:
        draft.heads.add(d.head if d.kind != "person" else d.name.split()[-1].lower())
    tie = (
        None
        if d.id or d.group or d.kind in ("state", "facility")
        else affiliation(mention.sentence, token, reading.cast)
    )
    for actor in (actor_of(role, d), *(actor_of(role, name) for name in _beside(reading, mention.sentence, token))):
        if actor is not None:
            draft.add_actor(actor)
    if tie is not None:
        group, span = tie
        draft.add_actor(Actor(role, group.kind, group.name, group.name, span, group.id))


def _is_nobody(mention: Mention, token: Token, d: Described, type_: Type) -> bool:
    """Is the object a thing where only people can be meant ("killed by a thousand cuts")?"""
    if d.kind != "unknown" or d.id or d.group or d.suspect or token.pos != "NOUN" or token.text[:1].isupper():
        return False
    if type_ in types.OF_THINGS:
        return not names_people(mention.sentence, token)
    hurt = role_of(mention, d, type_) == "victim" and type_ not in types.STRIKING
    return hurt and not names_people(mention.sentence, token) and not token.lower.endswith(("ers", "ors", "ists"))


def say_who_blames(draft: Draft, reading: Reading, sentence: Sentence, blame: Blame) -> None:
    """Mark the agents as a claim: by themselves, or by those who accuse them."""
    sayers = [d for t in blame.by if not (d := describe(sentence, t, reading.cast, country_of)).pronoun]
    draft.actors = [
        replace(a, said_by=sayers[0].name if sayers else a.name if blame.own else None) if a.role == "agent" else a
        for a in draft.actors
    ]


def actor_of(role: Role, d: Described) -> Actor | None:
    if d.pronoun:
        # "He" is a party only where the person is clear.
        return Actor(role, d.kind, d.name, d.text, d.span, basis="inferred") if d.kind == "person" else None
    if d.text.lower() in NOBODY or _is_number(d.text) or not any(c.isalnum() for c in d.text):
        return None
    id_ = d.id or (d.group.id if d.group is not None else None)
    return Actor(role, d.kind, d.name, d.text, d.span, id_)


def role_of(mention: Mention, d: Described, type_: Type) -> Role:
    if "victim" not in types.of(type_).roles or d.kind == "facility":
        return "target"
    return "victim" if mention.frame.object == "victim" and d.kind != "organisation" else "target"


def _is_number(text: str) -> bool:
    """Is a phrase only a figure ("three", "two of them")? It names nobody."""
    return all(word in _COUNTED or numbers.parse(word) is not None for word in text.lower().split())


def _does_nothing(sentence: Sentence, token: Token, d: Described) -> bool:
    """Is it something that cannot act: a thing ("documents", "fears"), or a place named by a dateline or heading?"""
    if base(token) in called("no_doers") and token.pos == "NOUN":
        return True
    named = token.pos == "PROPN" and is_place_name(d.text.title() if d.text.isupper() else d.text)
    return named and not country_of(d.text) and (token.dep not in ("nsubj", "pobj") or d.text.isupper())


@cache
def _striking() -> frozenset[str]:
    return wordlist("weapons") | wordlist("explosives")


#: Nouns for the effect of a weapon; an effect is not an actor.
_FORCES = english("dateline.coding", "forces")


def _is_blow(sentence: Sentence, token: Token) -> bool:
    """Is it only the effect of a weapon ("killed by the impact of three bullets")?"""
    if token.lower not in _FORCES:
        return False
    return any(base(o) in DEEDS or base(o) in _striking() for o in sentence.led_to(token, "of"))


def _is_manner(sentence: Sentence, token: Token) -> bool:
    """Does "by" lead to the manner ("by mistake", "by friendly fire"), and not to an actor?"""
    whose = sentence.children(token, "det", "poss", "compound", "nmod", "nummod")
    whose += [c for c in sentence.children(token, "amod") if c.text[:1].isupper()]
    return base(token) in wordlist("manners") and token.pos == "NOUN" and not whose


def _is_no_doer(mention: Mention, token: Token) -> bool:
    """Is it not an actor: a weapon ("killed by a stray bullet"), or a name that only says which happening is meant
    ("the Marathon bombing")?"""
    before = mention.nominal and token.head == mention.token.i
    return base(token) in _striking() or (before and token.dep in ("compound", "nmod", "amod"))


def _beside(reading: Reading, sentence: Sentence, token: Token) -> list[Described]:
    """Persons named in apposition ("the leader of the group, Abu Huseyin, was killed")."""
    named = [describe(sentence, other, reading.cast, country_of) for other in sentence.children(token, "appos")]
    return [d for d in named if d.kind == "person"]


def _is_ground(reading: Reading, sentence: Sentence, token: Token, d: Described) -> bool:
    """Is the object only the place of the happening, and not a party to it ("bombed the outskirts of the capital")?"""
    if d.kind != "unknown" or _is_site(sentence, token):
        return False
    grounds = [*reading.places_in(sentence), *reading.streets_in(sentence)]
    named = any(p.toponym.use == "name" and p.span.covers(token.span) for p in grounds)
    return named or (is_part_of_a_place(token) and base(token) != "port")


def _as_building(sentence: Sentence, token: Token, d: Described, type_: Type) -> Described:
    """The party as a building, where a building was struck and not the body that works in it ("shells hit a
    hospital")."""
    struck = type_ in types.STRIKING
    body = d.kind == "organisation" and base(token) in words("facility")
    site = d.kind == "unknown" and (_is_site(sentence, token) or base(token) in _striking())
    return replace(d, kind="facility") if struck and (body or site) and d.id is None else d


def _is_site(sentence: Sentence, token: Token) -> bool:
    """Is it a name that holds a word for a building or a base ("Camp Shorabak", "Kobo Airfield")?"""
    named = [t for t in sentence.core(token) if t.pos == "PROPN"]
    return token.pos == "PROPN" and len(named) > 1 and any(base(t) in words("facility") for t in named)
