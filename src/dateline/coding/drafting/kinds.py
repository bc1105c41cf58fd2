"""Type and status of a draft: intended violence is a plot, ordered arrests are warrants, a car bomb makes a bombing."""

from __future__ import annotations

import itertools

from dateline.coding.drafting.parties import DEEDS
from dateline.language import Token
from dateline.language.roles import base, kind_of_word, names_doers
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Status, Type
from dateline.says import Standing
from dateline.what import Mention, wordlist
from dateline.who import Described, known_actors

_LAUNCHING = english("dateline.coding", "launching")


#: A type and the name of the rule that gave it; None: the frame's type stands.
_Called = tuple[Type, str | None]


def kind(mention: Mention, stands: Standing, agents: list[tuple[Token, Described]]) -> tuple[Type, Status]:
    """The type and the status of a mention: its frame's, unless its standing, its doer or its means say otherwise."""
    told, status, intent = _by_standing(mention, stands, agents)
    if intent is not None:
        note(intent, mention.token, f"{mention.frame.type}: {told}, {status}")
    type_, means = _by_the_means(mention, agents, told)
    if means is not None:
        note(means, mention.token, f"{told}: {type_}")
    return type_, status


def _is_dud(mention: Mention, stands: Standing) -> bool:
    """Did a bomb not go off ("the car bomb did not explode")? That is an attempt. Where no bomb is named, "did not
    explode" tells of no happening."""
    placed = any(base(t) in wordlist("explosives") for t in mention.instruments)
    return placed and mention.frame.subject == "instrument" and stands.rule == "says.denied.negation"


def is_controlled(mention: Mention) -> bool:
    """Is it an explosion by which a device is made safe ("blew up a parcel in a controlled explosion")?"""
    said = itertools.pairwise(t.lower for t in mention.sentence.tokens)
    return any(before == "controlled" and noun in DEEDS | _BURSTS for before, noun in said)


_BURSTS = english("dateline.coding", "bursts")


def is_beaten_off(mention: Mention) -> bool:
    """Did the attacked side drive the attackers back ("repelled an attack", "fought off an assault")? That is a
    clash."""
    sentence, verb = mention.sentence, mention.token
    if mention.nominal:
        verb = sentence.head(verb) if verb.dep in ("dobj", "nsubjpass") else verb
    elif not any(base(o) in DEEDS for o in sentence.children(verb, "dobj", "nsubjpass")):
        return False
    back = any(p.lower in ("off", "back") for p in sentence.children(verb, "prt", "advmod"))
    return verb.lemma in _REPELLING or (back and verb.lemma in _DRIVING)


_REPELLING = english("dateline.coding", "repelling")
_DRIVING = english("dateline.coding", "driving")


def _by_the_means(mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> _Called:
    """The type by the doer or the weapon ("a car bomb killed 14", "warplanes bombed the camp")."""
    if type_ == "killing" and not agents and _bombers_came(mention):
        return "bombing", "coding.kinds.bombers-came"
    if type_ == "bombing" and is_controlled(mention):
        return "disarmament", "coding.kinds.made-safe"
    if type_ == "arrest" and agents and all(d.kind == "armed_group" and not _governs(mention, d) for _, d in agents):
        # People whom rebels capture are not arrested under a law.
        return "kidnapping", "coding.kinds.captured-by-rebels"
    unarmed = any(base(token) in wordlist("unarmed") for token, _ in agents)
    if type_ == "clash" and unarmed and all(d.kind != "state" for _, d in agents):
        # "Protesters clashed with police" is not a fight of two armed sides, and not an act of the state.
        return "riot", "coding.kinds.unarmed"
    if mention.token.lemma == "bomb" and not mention.nominal and agents and all(d.kind == "state" for _, d in agents):
        return "airstrike", "coding.kinds.bombed-by-state"
    return _by_weapons(mention, agents, type_)


#: Verbs of capturing: a kidnapping where rebels do it.
_CAPTURING = english("dateline.coding", "capturing")


def _governs(mention: Mention, party: Described) -> bool:
    """Is the party a group that governs ("the Taliban arrested"), so that its arrests are no kidnappings? Not where a
    verb of capturing tells of people who are neither fighters nor suspects."""
    actor = known_actors().get(party.id or "") or party.group
    taken = mention.token.lemma in _CAPTURING
    wanted = any(kind_of_word(base(t)) in ("armed_group", "suspect") for t in mention.objects)
    return actor is not None and actor.governs and (wanted or not taken)


def _by_weapons(mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> _Called:
    """The type by the weapon that did it, or that was fired."""
    for means in types.of(type_).by_means:
        words = wordlist(f"kills_as_{means}")
        if means == "bombing" and _fought_too(agents):
            continue
        if any(base(token) in words for token in (*(t for t, _ in agents), *mention.means)):
            return means, "coding.kinds.means"
        fired = means == "shelling" and mention.token.lemma in _LAUNCHING and not mention.nominal
        if fired and any(base(token) in words for token in mention.instruments):
            return means, "coding.kinds.fired"
    return type_, None


def _fought_too(agents: list[tuple[Token, Described]]) -> bool:
    """Did bombers come together with other fighters? Then it is an assault with bombs as a part of it."""
    bombers = [base(token) == "bomber" for token, _ in agents]
    armed = [d.kind == "armed_group" or names_doers(d.text) for _, d in agents]
    return any(bombers) and any(a and not b for a, b in zip(armed, bombers, strict=True))


def _bombers_came(mention: Mention) -> bool:
    """Does the sentence tell of suicide bombers as doers ("four suicide bombers struck"), and not of those who killed
    them?"""
    bombers = [t for t in mention.sentence.tokens if base(t) == "bomber" and t.dep == "nsubj"]
    return "suicide" in mention.methods and any(t.head != mention.token.i for t in bombers)


def _by_the_end(mention: Mention, stands: Standing) -> tuple[Type, Status, str] | None:
    """Type and status of what was only tried, ordered, beaten off or stopped; None where no rule says so."""
    type_, status = mention.frame.type, stands.status
    if mention.frame.status is not None and status in FACTUAL:
        return type_, mention.frame.status, "coding.kinds.attempt"
    warrant = type_ == "warrant" and status == "occurred" and mention.token.lemma != "want"
    if warrant or (status == "ordered" and type_ == "arrest"):
        return "warrant", "ordered", "coding.kinds.warrant"
    if type_ == "attack" and status in (*FACTUAL, "foiled") and is_beaten_off(mention):
        return "clash", "occurred", "coding.kinds.beaten-off"
    if type_ == "bombing" and _is_dud(mention, stands):
        return type_, "attempted", "coding.kinds.dud"
    if status == "foiled" and type_ == "extradition":
        return type_, "denied", "coding.kinds.extradition-stopped"
    return None


def _by_standing(
    mention: Mention, stands: Standing, agents: list[tuple[Token, Described]]
) -> tuple[Type, Status, str | None]:
    """Type and status by the standing: intended violence is a plot, ordered arrests are warrants."""
    type_, status = mention.frame.type, stands.status
    ended = _by_the_end(mention, stands)
    if ended is not None:
        return ended
    by_state = bool(agents) and all(d.kind == "state" for _, d in agents)
    # Only what is done to others can be a plot: nobody intends to die.
    if types.of(type_).plotted_as is not None and not by_state and mention.frame.subject != "victim":
        if status in ("planned", "ordered"):
            return "plot", "planned", "coding.kinds.plot"
        if status == "foiled":
            return "plot", "foiled", "coding.kinds.foiled"
        if status == "threatened":
            warned = stands.cue is not None and stands.cue.lemma == "warn"
            return "threat", "occurred" if warned else "threatened", "coding.kinds.threat"
    if type_ == "plot" and status == "occurred":
        return "plot", "planned", "coding.kinds.named-plot"
    if type_ == "threat" and status == "occurred":
        return "threat", "threatened", "coding.kinds.named-threat"
    return type_, status, None
