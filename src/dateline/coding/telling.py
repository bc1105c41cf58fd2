"""Told twice: which drafts of a report tell of the same happening.

Title, lead and body tell one happening with growing detail; two happenings differ in a day, a place, a victim or a
figure. Each pair gets points for and against (knowledge/telling.yaml); from `merge` points on they are one.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from dateline.coding.apart import set_apart
from dateline.coding.draft import Draft
from dateline.coding.placing import finest
from dateline.coding.weighing import in_words
from dateline.language.dictionary import is_common
from dateline.language.roles import names_doers
from dateline.model import Actor, Count, When, types
from dateline.model.knowledge import load
from dateline.model.vocabulary import FACTUAL, Type
from dateline.what import is_toll
from dateline.who import known_actors

#: Sentences apart that are no nearer than this many.
_FAR = 12.5

_ANOTHER = frozenset(
    (
        "another",
        "other",
        "separate",
        "second",
        "third",
        "similar",
        "previous",
        "earlier",
        "different",
        "fresh",
        "new",
    )
)


def merge_told_twice(drafts: list[Draft]) -> list[Draft]:
    """One draft a happening; drafts come in the order of the text."""
    kept: list[Draft] = []
    for draft in drafts:
        scored = [(score(known, draft), -k, known) for k, known in _of_its_name(kept, draft)]
        best = max(scored, key=lambda row: row[:2], default=None)
        if best is not None and best[0] >= _weights()["merge"]:
            absorb(best[2], draft, _why(best[2], draft, best[0]))
        else:
            kept.append(draft)
    return kept


def _why(a: Draft, b: Draft, points: float) -> str:
    """Why the two are one, in words."""
    told = in_words(_weights(), features(a, b), _REASONS)
    return f"tells it again ({points:.1f} points, {_weights()['merge']:.1f} needed: {told})"


def _of_its_name(kept: list[Draft], draft: Draft) -> list[tuple[int, Draft]]:
    """Those told with the name that it goes by ("the Marathon bombing"), where there are such; else all."""
    known = list(enumerate(kept))
    if not own_name(draft):
        return known
    return [(k, a) for k, a in known if not _bears_other_name(a, draft) and _may_be_one(a, draft)] or known


def score(a: Draft, b: Draft) -> float:
    """Points for the two being one happening; `a` is told first."""
    if not _may_be_one(a, b):
        return -9.0
    weights = _weights()
    return sum(weights[name] * value for name, value in features(a, b).items())


@cache
def _weights() -> dict[str, float]:
    return load("dateline.coding", "telling.yaml", dict[str, float])


def features(a: Draft, b: Draft) -> dict[str, float]:
    """What speaks for and against the two being one happening, by the names of telling.yaml; mostly 0 or 1."""
    return {
        "same_type": a.type == b.type,
        "same_figure": _same_figures(a, b),
        "other_figure": _other_figures(a, b),
        "same_place": _share_place(a, b),
        "same_day": _share_day(a, b),
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
        "own_name": _bears_other_name(a, b),
        "consequence": _is_consequence(b) or _dies_later(a, b),
        "known_agent": _has_definite_agent(b) and not other_side(a, b),
        "shared_words": _shared_words(a, b),
        "new_day": b.own_time and a.when is not None and not _share_day(a, b) and not _dies_later(a, b),
        "new_place": b.own_place and bool(a.places) and not _share_place(a, b),
        **_heads(a, b),
        **_names(a, b),
        **_nearness(a, b),
    }


def _other_groups(a: Draft, b: Draft) -> bool:
    """Known actors did the one, others the other."""
    one, two = ({x.id for x in d.actors if x.role == "agent" and x.id in known_actors()} for d in (a, b))
    return bool(one and two) and not one & two


def other_side(a: Draft, b: Draft) -> bool:
    """The state did the one, somebody else the other."""
    one, two = ({x.kind == "state" for x in d.actors if x.role == "agent" and _is_known(x)} for d in (a, b))
    return len(one | two) == 2 and not one & two


def _is_known(actor: Actor) -> bool:
    """Is it told which side somebody is on? "Gunmen" are not the state's."""
    return actor.kind != "unknown" or names_doers(actor.text)


def _state_alone(a: Draft, b: Draft) -> bool:
    """The state did one of them, and nobody is named who did the other."""
    one, two = ({x.kind == "state" for x in d.actors if x.role == "agent"} for d in (a, b))
    return {True} in (one, two) and set() in (one, two)


def _has_another_party(draft: Draft) -> bool:
    """ "A third man was charged", "another student was shot"."""
    mention = draft.first
    return any(
        c.lower in _ANOTHER and c.lower != "other"
        for one in mention.objects
        for c in mention.sentence.children(one, "det", "amod")
    )


def _agents(draft: Draft) -> set[str]:
    return {x.text.lower().split()[-1] for x in draft.actors if x.role == "agent"}


def _is_consequence(draft: Draft) -> bool:
    """Deaths, wounds or damage without a doer, a day or a place of their own."""
    mention = draft.first
    bare = not draft.own_time and not draft.own_place and not any(x.role == "agent" for x in draft.actors)
    return bare and mention.frame.consequence and not mention.agents


def _has_definite_agent(draft: Draft) -> bool:
    """ "the attackers", "they": somebody told of before did it."""
    mention = draft.first
    for agent in mention.agents:
        determiners = {c.lower for c in mention.sentence.children(agent, "det", "poss")}
        if agent.pos == "PRON" or (agent.pos == "NOUN" and determiners & {"the", "these", "those", "both"}):
            return True
    return False


def _shared_words(a: Draft, b: Draft) -> float:
    """Share of the rarer words of the one's first sentence that the other's sentences have."""
    told = {t.lemma for s in a.sentences for t in s.tokens}
    own = {t.lemma for t in b.sentences[0].tokens if t.pos in ("NOUN", "PROPN", "NUM") and not is_common(t.lower)}
    return len(own & told) / len(own) if own and b.sentences[0] not in a.sentences else 0.0


def _groups(draft: Draft) -> set[str]:
    """Known actors; a state's police by composition are in every account of a report and tell nothing."""
    return {x.id for x in draft.actors if x.id in known_actors()}


def _took_place(draft: Draft) -> bool:
    """A fact, or an attempt that was made ("the assassination attempt")."""
    return draft.status in FACTUAL or draft.first.frame.status == "attempted"


def _may_be_one(a: Draft, b: Draft) -> bool:
    if not types.may_be_told_as_one(a.type, b.type):
        return False
    if _took_place(a) != _took_place(b) and not (a.type == b.type == "plot"):
        return False
    if not _took_place(a) and a.status != b.status and a.type != "plot":
        return False
    if _ends_the_doer(a, b) or _ends_the_doer(b, a) or _days_part(a, b) or _are_items(a, b):
        return False
    return not _clashing_days(a, b) and not _clashing_places(a, b) and not _is_toll_of_another(a, b)


def _are_items(a: Draft, b: Draft) -> bool:
    """Two items of a list tell of two happenings."""
    return {s.kind for s in (*a.sentences, *b.sentences)} == {"item"} and not set(map(id, a.sentences)) & set(
        map(id, b.sentences)
    )


def _days_part(a: Draft, b: Draft) -> bool:
    """ "The attack comes a year after gunmen killed 21": two, whatever they have in common. Who dies days after he was
    shot or kidnapped is told with it."""
    if {a.type, b.type} & types.HOSTAGE:
        return False
    pairs = [(m, n) for m in a.mentions for n in b.mentions if m.sentence is n.sentence]
    return any(
        m.token.lemma not in _DYING
        and n.token.lemma not in _DYING
        and set_apart(m.sentence, m.token) != set_apart(n.sentence, n.token)
        for m, n in pairs
    )


def _ends_the_doer(end: Draft, deed: Draft) -> bool:
    """ "The gunman was shot dead by police" is the end of an attack in which others died, and not the attack."""
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
    """ "Killing nine, before officers shot him dead": one person told of before, and not those who were hurt."""
    return any(o.lower in ("him", "her") for o in end.first.objects) and not end.counts


def _is_doer(actor: Actor) -> bool:
    said = set(actor.text.lower().split())
    return names_doers(actor.text) or bool(said & {"killer", "suspect", "murderer", "killers", "suspects"})


def _is_toll_of_another(a: Draft, b: Draft) -> bool:
    """A toll is of what killed: of an account that counts its dead, or of what the sentence before told."""
    if b.first.token.lemma != "toll" or any(c.what == "killed" for c in a.counts):
        return False
    return b.sentences[0].index - a.sentences[-1].index > 1


#: So many reasons are told for two tellings being one.
_REASONS = 3
#: Words for a death that may come days after what caused it, and the most days that it may.
_DYING = frozenset(("die", "succumb", "death"))
_LINGERED = 30


def _dies_later(a: Draft, b: Draft) -> bool:
    """ "He was shot on Friday ... he died on Saturday": a death told by itself, after an act with a day of its own."""
    if a.when is None or b.when is None or b.first.token.lemma not in _DYING or a.first.token.lemma in _DYING:
        return False
    later = b.when.start > a.when.end and _gap(a.when, b.when) <= _LINGERED
    return later and (bool(a.heads & b.heads) or "same_name" in _names(a, b) or not b.heads)


def _clashing_days(a: Draft, b: Draft) -> bool:
    if a.when is None or b.when is None or _dies_later(a, b):
        return False
    # One who speaks of a day may mean the eve; a day of grace where one of the two was only near by.
    strict = a.own_time and b.own_time
    if _same_figures(a, b) == 1.0 and max((n for _, n in _figures(a) & _figures(b)), default=0) >= 10:
        # "357 on Tuesday ... this morning, 357": a large figure twice is one happening, a day apart or not.
        return _gap(a.when, b.when) > 3
    return strict and (a.when.end < b.when.start or b.when.end < a.when.start)


def _gap(a: When, b: When) -> int:
    """Days between two intervals; 0 where they touch."""
    first, second = sorted((a, b), key=lambda w: w.start)
    return max(0, (dt.date.fromisoformat(second.start) - dt.date.fromisoformat(first.end)).days)


def _clashing_places(a: Draft, b: Draft) -> bool:
    if not (a.own_place and b.own_place):
        return False
    return not _share_place(a, b) and not _nested(a, b)


def _share_place(a: Draft, b: Draft) -> bool:
    ids = {p.entry.id for p in a.places if p.entry}
    return any(p.entry.id in ids for p in b.places if p.entry)


def _nested(a: Draft, b: Draft) -> bool:
    return any(len(finest([p, q])) == 1 for p in a.places for q in b.places)


def _share_day(a: Draft, b: Draft) -> bool:
    return a.when is not None and b.when is not None and (a.when.start, a.when.end) == (b.when.start, b.when.end)


def _figures(draft: Draft) -> set[tuple[str, int]]:
    return {(c.what, c.best) for c in draft.counts if c.best is not None}


def _same_figures(a: Draft, b: Draft) -> float:
    """1 for a shared figure above one; a shared single victim says little."""
    shared = _figures(a) & _figures(b)
    return 1.0 if any(n > 1 for _, n in shared) else 0.3 if shared else 0.0


def _other_figures(a: Draft, b: Draft) -> bool:
    """The same thing counted, with no figure in common and of one party."""
    for x in a.counts:
        rivals = [y for y in b.counts if y.what == x.what and _one_party(x, y)]
        if rivals and all(_differ(x, y) for y in rivals) and _same_figures(a, b) != 1.0:
            return True
    return False


def _one_party(x: Count, y: Count) -> bool:
    return x.party == y.party or "unknown" in (x.party, y.party)


def _differ(x: Count, y: Count) -> bool:
    if x.best is not None and y.best is not None:
        return x.best != y.best
    low, high = max(x.low or 0, y.low or 0), min(x.high or 10**9, y.high or 10**9)
    return low > high


_VAGUE = frozenset("people person victim other others man one civilian two three".split())


def _heads(a: Draft, b: Draft) -> dict[str, float]:
    if not a.heads or not b.heads:
        return {}
    if a.heads & b.heads:
        return {"same_head": 1.0}
    return {"other_heads": 1.0} if not ((a.heads | b.heads) & _VAGUE) and a.type == b.type else {}


def _names(a: Draft, b: Draft) -> dict[str, float]:
    one, two = ({x.name for x in d.actors if x.kind == "person" and x.role != "agent"} for d in (a, b))
    if not one or not two:
        return {}
    return {"same_name": 1.0} if one & two else {"other_names": 1.0}


def _says_nothing(draft: Draft) -> bool:
    """ "Those detained ...": nobody named, nothing counted, no time and place of its own."""
    return not draft.counts and not draft.actors and not draft.own_time and not draft.own_place


def _bears_other_name(a: Draft, b: Draft) -> bool:
    """A name of its own that the other's sentences do not have."""
    names = own_name(b)
    return bool(names) and not set(names) & {t.lower for s in a.sentences for t in s.tokens}


def own_name(draft: Draft) -> list[str]:
    """The words by which a happening goes: "the Marathon bombing"."""
    mention = draft.first
    if not mention.nominal:
        return []
    before = mention.sentence.children(mention.token, "compound", "nmod", "amod")
    return [c.lower for c in before if c.pos == "PROPN"]


def _says_another(draft: Draft) -> bool:
    mention = draft.first
    if is_toll(mention.token):
        return False  # "yet another heavy toll" is taken by what was told
    return mention.nominal and any(c.lower in _ANOTHER for c in mention.sentence.children(mention.token, "det", "amod"))


def _nearness(a: Draft, b: Draft) -> dict[str, float]:
    """How far apart in the text; a headline and a lead are told again by what follows."""
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


def absorb(a: Draft, b: Draft, how: str) -> None:
    """Put all that `b` claims into `a`; `how` says in words why the two are one."""
    a.joined |= {id(m): b.joined.get(id(m), how) for m in b.mentions}
    a.type = _of_both(a, b)
    a.methods |= b.methods
    if a.type in types.EXPLOSIVE:
        a.methods.discard("arson")  # the fire came of the blast
    a.mentions += b.mentions
    a.sentences += [s for s in b.sentences if s not in a.sentences]
    for actor in b.actors:
        a.add_actor(actor)
    for count in b.counts:
        a.add_count(count)
    for street in b.streets:
        a.add_street(street)
    for part in b.parts:
        a.add_part(part)
    for item in b.items:
        a.add_item(item)
    for one in b.said_by:
        a.add_speaker(one)
    a.heads |= b.heads
    a.links += b.links
    a.shot |= b.shot
    if _better_time(a, b):
        a.when, a.own_time = b.when, b.own_time
    if b.places and (not a.places or a.own_place <= b.own_place or _nested(a, b)):
        a.places = finest([*a.places, *b.places])
        a.own_place = a.own_place or b.own_place


def _of_both(a: Draft, b: Draft) -> Type:
    """The type that tells more; a word for people ("a rioting mob") does not decide."""
    for one, other in ((a, b), (b, a)):
        if all(m.of_people for m in one.mentions) and not all(m.of_people for m in other.mentions):
            return other.type
    return min((a.type, b.type), key=lambda t: types.of(t).rank)


def _better_time(a: Draft, b: Draft) -> bool:
    if b.when is None or _dies_later(a, b):
        return False
    if a.when is None or (b.own_time and not a.own_time):
        return True
    within = a.when.start <= b.when.start and b.when.end <= a.when.end
    return b.own_time == a.own_time and within
