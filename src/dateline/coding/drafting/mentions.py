"""Make a draft of a mention: describe, count and place its parties in roles; add status, sources and things."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.coding.draft import Draft
from dateline.coding.drafting.acts import add_numbers_of_acts, add_sites
from dateline.coding.drafting.blame import blamed
from dateline.coding.drafting.figures import count_agents, count_objects
from dateline.coding.drafting.kinds import kind
from dateline.coding.drafting.listed import besides, items_of, listed
from dateline.coding.drafting.parties import add_agents, add_objects, say_who_blames
from dateline.coding.drafting.parts import add_known, add_part
from dateline.coding.drafting.places import is_where, place, streets
from dateline.coding.drafting.pronouns import meant, person_meant
from dateline.coding.drafting.sources import add_speakers
from dateline.coding.drafting.things import add_items
from dateline.coding.drafting.times import names_a_time, time_of
from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.roles import is_aged
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Type
from dateline.says import Standing, cue, standing, word_of_none
from dateline.what import Mention
from dateline.where import country_of
from dateline.who import Described, describe


def draft_of(reading: Reading, mention: Mention) -> Draft | None:
    """The draft of a mention. None where it is a general statement, or another rule makes no account of it."""
    sentence = mention.sentence
    stands = standing(sentence, mention.token, mention.clause, mention.nominal)
    if _is_refused("coding.drafting.general", mention, stands.general) or _is_refused(
        "coding.drafting.purpose", mention, stands.status == "planned" and _is_for_something(mention)
    ):
        return None
    if stands.status == "denied" and mention.definite and mention.agents:
        # "Denied that they carried out Friday's attack": the attack occurred, and its agent is not known.
        stands, mention.agents = Standing("occurred"), []
        note("coding.drafting.known-deed", mention.token, "occurred; who did it is denied")
    blame = None if mention.agents else blamed(mention)
    doers = [meant(reading, sentence, a, mention.frame.type) for a in mention.agents]
    agents = _described(reading, sentence, blame.who if blame else doers)
    agents = [(token, d) for token, d in agents if d.id is not None or not is_where(reading, token)]
    if _is_refused("coding.drafting.no-party", mention, _lacks_a_party(mention) and not agents):
        return None
    type_, status = kind(mention, stands, agents)
    if _is_refused("coding.drafting.setting", mention, _is_setting(reading, mention, type_)) or _is_refused(
        "coding.drafting.alleged-habit", mention, _is_alleged_habit(mention, stands)
    ):
        return None
    draft = Draft(type_, status, [mention], [sentence], methods=set(mention.methods))
    draft.cue = stands.cue.text if stands.cue is not None else None
    act = types.of(mention.frame.type).plotted_as
    if type_ in types.INTENT and act is not None:
        draft.methods.add(act)
    add_agents(draft, mention, agents)
    count_agents(draft, mention, agents, type_)
    if blame is not None:
        say_who_blames(draft, reading, sentence, blame)
    _add_undergone(draft, reading, mention)
    _add_what_is_beside(draft, reading, mention)
    return draft


def _is_refused(rule: str, mention: Mention, holds: bool) -> bool:
    """Give `holds`, and leave a note of the rule where it holds: then there is no draft of this mention."""
    if holds:
        note(rule, mention.token, "no account")
    return holds


def _lacks_a_party(mention: Mention) -> bool:
    """Must the mention have an agent? A verb of fighting must ("battled")."""
    return mention.frame.needs == "party" and mention.frame.type == "clash" and not mention.nominal


def _is_for_something(mention: Mention) -> bool:
    """Is the mention of something that cannot be planned as an act of its own: the purpose of a force ("tear gas to
    disperse the crowd"), or a death?"""
    return mention.frame.needs == "dispersed" or mention.frame.subject == "victim"


def _add_undergone(draft: Draft, reading: Reading, mention: Mention) -> None:
    """Add those to whom it was done, with their figures. People told as a part of them are added apart."""
    sentence, type_ = mention.sentence, draft.type
    part = listed(mention, [m for m in reading.mentions if m.sentence is sentence])
    people = mention.objects + (besides(sentence, mention.clause) if mention.objects and not mention.nominal else [])
    people = [] if _is_of_nobody(mention) else [t for t in people if not _says_so(mention, t)]
    objects = [(t, d) for t, d in _described(reading, sentence, people) if part is None or not part.holds(t)]
    if mention.of_part is None:
        add_objects(draft, reading, mention, objects, type_)
        count_objects(draft, mention, objects, type_)
    else:
        add_known(draft, mention, [(t, d) for t, d in objects if t in mention.objects], type_)
    for head in part.heads if part is not None else ():
        add_part(draft, reading, mention, head, type_)


def _says_so(mention: Mention, token: Token) -> bool:
    """Is a person only the speaker beside the words of speech ("all were killed," said Rahmani)?"""
    verb = mention.sentence.head(token)
    if token.dep != "nsubj" or verb.lemma not in cue("speech"):
        return False
    above = {a.i for a in mention.sentence.ancestors(mention.token)}
    if verb.i not in above or token.i in above:  # "the man who was shot said"
        return False
    note("coding.drafting.sayer", token, f"{mention.token.text}: says so, and is not among them")
    return True


def _is_of_nobody(mention: Mention) -> bool:
    """Do the words say that nobody knows of it ("there are no reports that soldiers were wounded")?"""
    clause = mention.clause
    of = mention.sentence.head(clause)
    told = clause.dep in ("acl", "ccomp", "relcl") and clause.head != clause.i and of.lemma in _SIGNS
    if not told or word_of_none(mention.sentence, of) is None:
        return False
    note("coding.drafting.of-nobody", mention.token, "nobody")
    return True


_SIGNS = english("dateline.coding", "signs")


def _add_what_is_beside(draft: Draft, reading: Reading, mention: Mention) -> None:
    """Add the numbers of acts and sites, things, sources, and the time and place that the mention's own sentence
    gives."""
    add_numbers_of_acts(draft, mention)
    add_sites(draft, mention)
    add_items(draft, mention)
    add_speakers(draft, reading, mention)
    if mention.pointer:
        return
    draft.when, draft.own_time = time_of(reading, mention)
    draft.names_time = names_a_time(reading, mention)
    if _is_yet_to_come(reading, draft):
        draft.when, draft.own_time, draft.names_time = None, False, True
        note("coding.drafting.yet-to-come", mention.token, "the date lies after the report: left out")
    draft.places, draft.own_place = place(reading, mention)
    draft.streets = streets(reading, mention)


def _is_yet_to_come(reading: Reading, draft: Draft) -> bool:
    """Does a fact have a day after the report's publication ("was shot on 28 November 2106")? That day must be
    wrong."""
    if reading.published is None or draft.when is None or draft.status not in FACTUAL:
        return False
    # One day is allowed: the reporter's and the publisher's clocks may differ.
    start, published = (dt.date.fromisoformat(day) for day in (draft.when.start, reading.published.end))
    return (start - published).days > 1


#: Prepositions before a happening that is only the scene of another one ("at a rally").
_SCENES = english("dateline.coding", "before_scenes")


def _is_setting(reading: Reading, mention: Mention, type_: Type) -> bool:
    """Is a gathering only the scene of another happening ("killed nine at a peace rally")?"""
    sentence, noun = mention.sentence, mention.token
    if type_ not in types.GATHERING or not mention.nominal or noun.dep != "pobj":
        return False
    others = [m for m in reading.mentions if m.sentence is sentence and m is not mention]
    return sentence.head(noun).lower in _SCENES and any(m.clause.i == mention.clause.i for m in others)


_ALLEGING = english("dateline.coding", "alleging")


def _is_alleged_habit(mention: Mention, stands: Standing) -> bool:
    """Is it something that people are said to do in general, with no fact behind it ("suspected of carrying out
    attacks")?"""
    if not mention.plural or stands.status != "occurred":
        return False
    return any(a.lemma in _ALLEGING for a in list(mention.sentence.ancestors(mention.token))[:4])


def _described(reading: Reading, sentence: Sentence, heads: list[Token]) -> list[tuple[Token, Described]]:
    found: list[tuple[Token, Described]] = []
    seen: set[int] = set()
    for head in heads:
        for one in items_of(sentence, head):
            timed = not is_aged(sentence, one) and any(t.span.covers(one.span) for t in reading.times_of(sentence))
            if one.i not in seen and one.pos not in ("VERB", "PUNCT", "ADV") and not timed:
                seen.add(one.i)
                found.append((one, _party(reading, sentence, one)))
    return found


def _party(reading: Reading, sentence: Sentence, head: Token) -> Described:
    described = describe(sentence, head, reading.cast, country_of)
    name = person_meant(reading, sentence, head) if described.pronoun else None
    return described if name is None else replace(described, kind="person", name=name)
