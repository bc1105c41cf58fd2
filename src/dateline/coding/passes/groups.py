"""Find the armed group that suspects, militants and gunmen belong to, where their own words do not name it.

In a report on one group, "police detained 26 suspects" is about that group. In a report on several, a group counts only
where it is named in the sentence or in the one before. Nothing is added where another group with that role is known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Literal

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.language import Sentence
from dateline.language.dictionary import lemma
from dateline.language.roles import kind_of_word, names_doers, words
from dateline.model import Actor, Span, types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Role
from dateline.who import KnownActor, known_actors

#: A report is about a group from this share of all its mentions of armed groups on.
_RULING = 0.75
#: Kinds of parties that may belong to a group.
_TAKES_GROUP = frozenset(("armed_group", "unknown"))
#: Words that say that nobody knows the group ("unidentified assailants").
_NOBODY_KNOWS = english("dateline.coding", "nobody_knows")
#: Words that say that somebody is not of the group named before ("a rival faction").
_OTHERS = english("dateline.coding", "not_theirs")
#: The most characters between a phrase and the name that it stands for.
_BESIDE = 2
#: Adjectives for people who may belong to a group ("armed men").
_ARMED = english("dateline.coding", "armed")


@step("coding.groups", reads="type status scope mentions sentences actors said_by", writes="actors")
def fill_groups(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Add to each account the group that its suspects or its gunmen belong to, with the words that name the group."""
    ruling = _ruling_group(reading)
    for draft in accounts:
        _own_troops(reading, draft)
        for role in sorted(types.of(draft.type).group_as, reverse=True):
            _fill(reading, draft, role, ruling)
    if ruling is not None:
        _doers(reading, accounts, ruling)
    for draft in accounts:
        if draft.type == "plot" and not any(a.role == "agent" for a in draft.actors):
            _plotters(draft, accounts)
        _say_once(draft)
    return accounts


def _own_troops(reading: Reading, draft: Draft) -> None:
    """Give an armed group the troops that it reports about ("the FMLN reports that commando units attacked"), where
    nothing says that they are the state's."""
    said = [s.span for s in draft.said_by if s.span is not None]
    tellers = [
        mention.actor
        for sentence in draft.sentences
        for mention in reading.cast.actors.get(sentence.index, ())
        if mention.actor.kind == "armed_group" and any(mention.span(sentence).overlaps(span) for span in said)
    ]
    if not tellers:
        return
    group = tellers[0]
    for k, a in enumerate(draft.actors):
        if a.role == "agent" and a.kind == "state" and a.id is None and _is_anybodys(a.text):
            draft.actors[k] = replace(a, kind="armed_group", name=group.name, id=group.id, basis="inferred")
            note("coding.groups.own-troops", a.span, f"of {group.name}, which tells of them")


def _is_anybodys(phrase: str) -> bool:
    """Does a phrase name only soldiers that a state or rebels may have ("commando units", "our troops")?"""
    said = {lemma(word, "noun") for word in phrase.lower().split()}
    return all(kind_of_word(word) != "state" for word in said - words("anybodys"))


def _doers(reading: Reading, accounts: list[Draft], ruling: KnownActor) -> None:
    """Give violence without an agent the group that the report is about, where the group did other violence in it;
    marked as inferred.

    Nothing is added to what the group, its side or the state suffered or did.
    """
    deeds = [d for d in accounts if d.type in types.GROUP_DOES and d.status in FACTUAL]
    told = {a.id for d in deeds for a in d.actors if a.role == "agent"}
    if not any(id_ in known_actors() and _root(known_actors()[id_]) == ruling.id for id_ in told if id_):
        return
    for draft in accounts:
        if draft.type not in types.GROUP_DOES or draft.scope != "event" or draft.status not in FACTUAL:
            continue
        if any(a.role == "agent" or a.kind == "armed_group" or a.id in known_actors() for a in draft.actors):
            continue
        actor = _named_near(reading, draft.sentences[0], ruling, "agent", later=False)
        if actor is not None and not _is_of_another_item(reading, draft, actor):
            draft.add_actor(replace(actor, basis="inferred"))
            note("coding.groups.doer", draft.trigger, f"by {actor.name}, inferred")


def _is_of_another_item(reading: Reading, draft: Draft, actor: Actor) -> bool:
    """Is the group named in another item of a bulletin than the one that tells of the draft?"""
    others = reading.other_items(draft.sentences)
    return any(s.index in others and s.span.covers(actor.span) for s in reading.document.sentences)


def _fill(reading: Reading, draft: Draft, role: Role, ruling: KnownActor | None) -> None:
    own = [a for a in draft.actors if a.role == role]
    members = [a for a in own if a.kind in _TAKES_GROUP and a.id is None and _is_member(a)]
    known = {_root(known_actors()[a.id]) for a in own if a.id in known_actors()}
    if role == "agent" and ruling is not None and known == {ruling.id}:
        _leave_out_members(draft, members)
    if not members or known:
        return
    # Gunmen may belong to a group named before. A group named later counts only for words that mean a group themselves.
    groups = any(a.kind == "armed_group" for a in members)
    actor = _named_near(reading, draft.sentences[0], ruling, role, later=groups)
    if actor is None or _is_other_side(draft, role, actor):
        return
    members = [a for a in members if not _is_of_others(a, actor)]
    if role == "target" and members:
        draft.add_actor(actor)
        note("coding.groups.suspects", draft.trigger, f"done to {actor.name}, too")
        return
    # "The guerrillas" are the group's own: they become one party, in the words that tell of what it did.
    whose = {id(a): replace(a, kind=actor.kind, name=actor.name, id=actor.id, basis="inferred") for a in members}
    draft.actors = [whose.get(id(a), a) for a in draft.actors]
    for member in members:
        note("coding.groups.members", member.span, f"of {actor.name}, inferred")


def _is_of_others(member: Actor, group: Actor) -> bool:
    """Do the words say that somebody is not of the group ("a rival faction")? A group named right after them is meant
    by them ("a splinter group, the Oru Front")."""
    return bool(set(member.text.lower().split()) & _OTHERS) and not 0 <= group.span.start - member.span.end <= _BESIDE


def _is_other_side(draft: Draft, role: Role, group: Actor) -> bool:
    """Is the group on the other side of the happening ("jihadists killed three men of the VDP")?"""
    return any(a.id == group.id for a in draft.actors if (a.role == "agent") != (role == "agent"))


def _leave_out_members(draft: Draft, members: list[Actor]) -> None:
    """Leave out members of the report's group where the group itself is a party: they are one."""
    left_out = [a for a in members if a.kind != "unknown"]
    draft.actors = [a for a in draft.actors if a not in left_out]
    for member in left_out:
        note("coding.groups.one-party", member.span, "left out beside the group itself")


def _say_once(draft: Draft) -> None:
    """Leave out parties that are named again in fewer words: "the man" beside the person, "police" beside the police of
    a town, suspects beside their group."""
    for less in list(draft.actors):
        more = next((a for a in draft.actors if a is not less and _says_less(draft, less, a)), None)
        if more is not None:
            draft.actors = [a for a in draft.actors if a is not less]
            note("coding.groups.told-again", less.span, f"left out beside {more.name}")


def _says_less(draft: Draft, less: Actor, more: Actor) -> bool:
    """Is `less` the same party as `more` on the same side, in words that say less?"""
    if less.id is not None or (less.role == "agent") != (more.role == "agent") or less.kind == "facility":
        return False
    if more.id is not None and more.kind == "armed_group" and less.role != "agent":
        return less.kind in _TAKES_GROUP and _is_member(less)
    if any(s.span.covers(less.span) and s.span.covers(more.span) for s in draft.sentences):
        return False
    said, fuller = less.text.lower().split(), more.text.lower().split()
    one = bool(said) and lemma(said[-1], "noun") == said[-1] and not any(c.isdigit() for c in less.text)
    if more.kind == "person" and less.kind in ("civilian", "unknown"):
        return one and (kind_of_word(said[-1]) in ("civilian", "suspect") or names_doers(said[-1]))
    if len(said) != 1 or len(fuller) < 2 or less.kind != more.kind or not less.text.islower():
        return False
    return said[-1] == fuller[-1] or (less.role == "agent" and draft.type not in types.MUTUAL)


def _plotters(plot: Draft, accounts: list[Draft]) -> None:
    """Give a plot the group that was arrested, where a sentence tells of both."""
    for other in accounts:
        beside = other is not plot and any(s in plot.sentences for s in other.sentences)
        if beside and other.type in types.GROUP_UNDERGOES:
            for actor in other.actors:
                if actor.role == "target" and actor.id in known_actors() and actor.kind == "armed_group":
                    plot.add_actor(replace(actor, role="agent"))
                    note("coding.groups.plotters", plot.trigger, f"by {actor.name}, of whom some were arrested")


def _is_member(actor: Actor) -> bool:
    """Are the actor's words for members of some group ("militants", "26 suspects", "four organization members")?"""
    said = {lemma(word, "noun") for word in actor.text.lower().split()}
    if said & _NOBODY_KNOWS:
        return False
    return actor.kind == "armed_group" or names_doers(actor.text) or bool(said & (words("suspect") | _ARMED))


def _ruling_group(reading: Reading) -> KnownActor | None:
    """The group that the report is about: the one that most mentions of armed groups mean; None where there is no such
    group."""
    named = [m.actor for mentions in reading.cast.actors.values() for m in mentions if m.actor.kind == "armed_group"]
    counts = Counter(map(_root, named))
    if not counts:
        return None
    key, most = counts.most_common(1)[0]
    rules = most >= _RULING * len(named)
    said = f"{known_actors()[key].name}: {most} of {len(named)} mentions of groups"
    note("coding.groups.ruling", _all_read(reading), said if rules else f"none, at most {said}")
    return known_actors()[key] if rules else None


def _all_read(reading: Reading) -> Span:
    return Span(reading.sentences[0].start, reading.sentences[-1].end)


def _root(actor: KnownActor) -> str:
    return actor.parent if actor.parent in known_actors() and actor.parent is not None else actor.id


def _named_near(
    reading: Reading, sentence: Sentence, ruling: KnownActor | None, role: Role, later: bool
) -> Actor | None:
    """The report's group at its last mention up to the sentence, or (with `later`) its first mention after it. Where
    the report is about no one group: any group named in the sentence or the one before."""
    by_index = {s.index: s for s in reading.sentences}
    before = sorted((i for i in reading.cast.actors if i <= sentence.index), reverse=True)
    after = sorted(i for i in reading.cast.actors if i > sentence.index)
    for index in (*before, *(after if ruling is not None and later else ())):
        for mention in reversed(reading.cast.actors[index]):
            group = mention.actor
            near = sentence.index - index <= 1 and ruling is None
            if group.kind == "armed_group" and (near or (ruling is not None and _root(group) == ruling.id)):
                where = by_index[index]
                span = mention.span(where)
                basis: Literal["told", "inferred"] = "inferred" if index > sentence.index else "told"
                return Actor(role, "armed_group", group.name, where.quote(span), span, id=group.id, basis=basis)
    return None
