"""From a mention to a draft: each party described, counted and given its role; status, sources and things."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.coding.blame import blamed
from dateline.coding.draft import Draft
from dateline.coding.listed import listed
from dateline.coding.naming import by_the_means, typed
from dateline.coding.parties import (
    add_agents,
    add_known,
    add_numbers_of_acts,
    add_objects,
    add_part,
    add_sites,
    say_who_blames,
)
from dateline.coding.placing import place, streets
from dateline.coding.pronouns import meant, person_meant
from dateline.coding.reading import Reading
from dateline.coding.things import add_items, add_speakers
from dateline.coding.timing import names_a_time, time_of
from dateline.language import Sentence, Token
from dateline.language.roles import is_aged
from dateline.model import types
from dateline.model.vocabulary import FACTUAL, Type
from dateline.says import Standing, standing
from dateline.what import Mention
from dateline.where import country_of
from dateline.who import Described, describe


def draft_of(reading: Reading, mention: Mention) -> Draft | None:
    """The draft of a mention; None where it is a general statement and no happening."""
    sentence = mention.sentence
    stands = standing(sentence, mention.token, mention.clause, mention.nominal)
    # "Fired tear gas to disperse the crowd": what the force was for is no action of its own.
    # Nobody plans to die ("a voice to die for").
    aside = mention.frame.needs == "dispersed" or mention.frame.subject == "victim"
    if stands.general or (aside and stands.status == "planned"):
        return None
    if stands.status == "denied" and mention.definite and mention.agents:
        # "Denied that they carried out Friday's attack": there was one, and who did it is open.
        stands, mention.agents = Standing("occurred"), []
    blame = None if mention.agents else blamed(mention)
    doers = [meant(reading, sentence, a, mention.frame.type) for a in mention.agents]
    agents = _described(reading, sentence, blame.who if blame else doers)
    part = listed(mention, [m for m in reading.mentions if m.sentence is sentence])
    objects = [(t, d) for t, d in _described(reading, sentence, mention.objects) if part is None or not part.holds(t)]
    if mention.frame.needs == "party" and mention.frame.type == "clash" and not mention.nominal and not agents:
        return None
    type_, status = typed(mention, stands, agents)
    type_ = by_the_means(mention, agents, type_)
    draft = Draft(type_, status, [mention], [sentence], methods=set(mention.methods))
    draft.cue = stands.cue.text if stands.cue is not None else None
    act = types.of(mention.frame.type).plotted_as
    if type_ in types.INTENT and act is not None:
        draft.methods.add(act)
    if _is_setting(reading, mention, type_) or _is_alleged_habit(mention, stands):
        return None
    add_agents(draft, mention, agents, type_)
    if blame is not None:
        say_who_blames(draft, reading, sentence, blame)
    if mention.of_part is None:
        add_objects(draft, reading, mention, objects, type_)
    else:
        add_known(draft, mention, [(t, d) for t, d in objects if t in mention.objects], type_)
    for head in part.heads if part is not None else ():
        add_part(draft, reading, mention, head, type_)
    add_numbers_of_acts(draft, mention)
    add_sites(draft, mention)
    add_items(draft, mention)
    add_speakers(draft, reading, mention)
    if not mention.pointer:
        draft.when, draft.own_time = time_of(reading, mention)
        draft.names_time = names_a_time(reading, mention)
        if _is_yet_to_come(reading, draft):
            draft.when, draft.own_time, draft.names_time = None, False, True
        draft.places, draft.own_place = place(reading, mention)
        draft.streets = streets(reading, mention)
    return draft


def _is_yet_to_come(reading: Reading, draft: Draft) -> bool:
    """ "Was shot on 28 November 2106": what has happened did not happen after the report; the date is wrong."""
    if reading.published is None or draft.when is None or draft.status not in FACTUAL:
        return False
    # A day of grace: the reporter's and the publisher's clocks may differ.
    published = dt.date.fromisoformat(reading.published.end)
    return draft.when.start > (published + dt.timedelta(days=1)).isoformat()


def _is_setting(reading: Reading, mention: Mention, type_: Type) -> bool:
    """ "killed 109 at a peace rally": the rally is where it happened, and no news."""
    sentence, noun = mention.sentence, mention.token
    if type_ not in types.GATHERING or not mention.nominal or noun.dep != "pobj":
        return False
    others = [m for m in reading.mentions if m.sentence is sentence and m is not mention]
    return sentence.head(noun).lower in ("at", "in", "during", "from", "to") and any(
        m.clause.i == mention.clause.i for m in others
    )


_ALLEGING = frozenset("accuse suspect charge convict blame link wanted known notorious responsible".split())


def _is_alleged_habit(mention: Mention, stands: Standing) -> bool:
    """ "suspected of carrying out attacks": what people are said to do, and no happening with a day and place."""
    if not mention.plural or stands.status != "occurred":
        return False
    return any(a.lemma in _ALLEGING for a in list(mention.sentence.ancestors(mention.token))[:4])


def _described(reading: Reading, sentence: Sentence, heads: list[Token]) -> list[tuple[Token, Described]]:
    found: list[tuple[Token, Described]] = []
    seen: set[int] = set()
    for head in heads:
        for one in sentence.conjuncts(head):
            timed = not is_aged(sentence, one) and any(t.span.covers(one.span) for t in reading.times_of(sentence))
            if one.i not in seen and one.pos not in ("VERB", "PUNCT", "ADV") and not timed:
                seen.add(one.i)
                found.append((one, _party(reading, sentence, one)))
    return found


def _party(reading: Reading, sentence: Sentence, head: Token) -> Described:
    described = describe(sentence, head, reading.cast, country_of)
    name = person_meant(reading, sentence, head) if described.pronoun else None
    return described if name is None else replace(described, kind="person", name=name)
