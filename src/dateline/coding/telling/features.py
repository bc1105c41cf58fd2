"""Features of two drafts of a report that speak for and against one happening, by the names of telling.yaml."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.telling.comparing import (
    bears_other_name,
    dies_later,
    names_told,
    other_figures,
    other_side,
    same_figures,
    share_day,
    share_place,
)
from dateline.language.dictionary import is_common
from dateline.model.knowledge import english
from dateline.what import is_toll
from dateline.who import known_actors

#: The most sentences between two drafts that count; farther ones are equally far.
_FAR = 12.5
_ANOTHER = english("dateline.coding", "another")
_VAGUE = english("dateline.coding", "vague")


def features(a: Draft, b: Draft) -> dict[str, float]:
    """The features of two drafts, by the names of telling.yaml; mostly 0 or 1. `a` is told first."""
    return {
        "same_type": a.type == b.type,
        "same_figure": same_figures(a, b),
        "other_figure": other_figures(a, b),
        "same_place": share_place(a, b),
        "same_day": share_day(a, b),
        "same_actor": bool(_groups(a) & _groups(b)),
        "other_actor": _other_groups(a, b),
        "same_agent": bool(_agents(a) & _agents(b)),
        "same_trigger": any(m.token.lemma == n.token.lemma for m in a.mentions for n in b.mentions),
        "other_side": other_side(a, b),
        "state_alone": _state_alone(a, b),
        "another_party": _has_another_party(b),
        "same_method": bool(a.methods & b.methods),
        "other_method": bool(a.methods and b.methods) and not a.methods & b.methods,
        "points_back": b.first.definite or _says_nothing(b),
        "another": _says_another(b),
        "own_name": bears_other_name(a, b),
        "consequence": _is_consequence(b) or dies_later(a, b),
        "known_agent": _has_definite_agent(b) and not other_side(a, b),
        "shared_words": _shared_words(a, b),
        "new_day": b.own_time and a.when is not None and not share_day(a, b) and not dies_later(a, b),
        "new_place": b.own_place and bool(a.places) and not share_place(a, b),
        **_heads(a, b),
        **names_told(a, b),
        **_nearness(a, b),
    }


def _other_groups(a: Draft, b: Draft) -> bool:
    """Did known actors do the one, and other known actors the other?"""
    one, two = ({x.id for x in d.actors if x.role == "agent" and x.id in known_actors()} for d in (a, b))
    return bool(one and two) and not one & two


def _state_alone(a: Draft, b: Draft) -> bool:
    """Did the state do one of the two, and is nobody named as the doer of the other?"""
    one, two = ({x.kind == "state" for x in d.actors if x.role == "agent"} for d in (a, b))
    return {True} in (one, two) and set() in (one, two)


def _has_another_party(draft: Draft) -> bool:
    """Was it done to somebody who is called another one ("a third man was charged")?"""
    mention = draft.first
    return any(
        c.lower in _ANOTHER and c.lower != "other"
        for one in mention.objects
        for c in mention.sentence.children(one, "det", "amod")
    )


def _agents(draft: Draft) -> set[str]:
    return {x.text.lower().split()[-1] for x in draft.actors if x.role == "agent"}


def _is_consequence(draft: Draft) -> bool:
    """Is it a death, wound or damage without a doer, a day and a place of its own?"""
    mention = draft.first
    bare = not draft.own_time and not draft.own_place and not any(x.role == "agent" for x in draft.actors)
    return bare and mention.frame.consequence and not mention.agents


#: Determiners of people who were told of before.
_KNOWN = english("dateline.coding", "known")


def _has_definite_agent(draft: Draft) -> bool:
    """Was it done by somebody told of before ("the attackers", "they")?"""
    mention = draft.first
    for agent in mention.agents:
        determiners = {c.lower for c in mention.sentence.children(agent, "det", "poss")}
        if agent.pos == "PRON" or (agent.pos == "NOUN" and determiners & _KNOWN):
            return True
    return False


def _shared_words(a: Draft, b: Draft) -> float:
    """The share of the rarer words in the first sentence of `b` that the sentences of `a` hold, too."""
    told = {t.lemma for s in a.sentences for t in s.tokens}
    own = {t.lemma for t in b.sentences[0].tokens if t.pos in ("NOUN", "PROPN", "NUM") and not is_common(t.lower)}
    return len(own & told) / len(own) if own and b.sentences[0] not in a.sentences else 0.0


def _groups(draft: Draft) -> set[str]:
    """The ids of known actors. Other ids are left out: a state's police is in every account of a report and says
    nothing."""
    return {x.id for x in draft.actors if x.id in known_actors()}


def _heads(a: Draft, b: Draft) -> dict[str, float]:
    if not a.heads or not b.heads:
        return {}
    if a.heads & b.heads:
        return {"same_head": 1.0}
    return {"other_heads": 1.0} if not ((a.heads | b.heads) & _VAGUE) and a.type == b.type else {}


def _says_nothing(draft: Draft) -> bool:
    """Does it name nobody, count nothing, and have no time and place of its own ("those detained ...")?"""
    return not draft.counts and not draft.actors and not draft.own_time and not draft.own_place


def _says_another(draft: Draft) -> bool:
    mention = draft.first
    if is_toll(mention.token):
        return False  # "yet another heavy toll": a toll of what was told before
    return mention.nominal and any(c.lower in _ANOTHER for c in mention.sentence.children(mention.token, "det", "amod"))


def _nearness(a: Draft, b: Draft) -> dict[str, float]:
    """How near the drafts are in the text. A headline and a lead are often told again by what follows."""
    last, first = a.sentences[-1], b.sentences[0]
    gap = first.index - last.index
    opening = min(s.index for s in a.sentences)
    title = all(s.kind == "heading" for s in a.sentences) and opening <= 2 and gap <= 5
    return {
        "same_sentence": gap <= 0,
        "next_sentence": gap == 1,
        "sentences_between": 0.0 if gap <= 1 else min(_FAR, gap),
        "same_paragraph": last.paragraph == first.paragraph,
        "title": title,
        "opening": not title and opening <= 1 and gap <= 4,
    }
