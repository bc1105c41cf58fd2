"""Who did it and to whom, and how many they were: the parties of a draft, with their figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dateline.coding.blame import Blame
from dateline.coding.draft import Draft
from dateline.coding.listed import how_many
from dateline.coding.placing import is_part_of_a_place
from dateline.coding.reading import Reading
from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token, numbers
from dateline.language.roles import base, words
from dateline.model import Actor, Count, Span, types
from dateline.model.vocabulary import Party, Role, Type, What
from dateline.what import Mention, wordlist
from dateline.where import country_of
from dateline.who import Described, affiliation, describe

_SITES = frozenset(
    "province city town village district department location place site area region neighborhood municipality "
    "governorate state county house address point spot settlement".split()
)
_MINE_OF_THINGS = ("facility", "organisation")
_NOBODY = frozenset(("one", "no one", "anyone", "anybody", "nobody", "everyone", "none", "nothing"))


def _is_number(text: str) -> bool:
    """ "Three", "two of them": a figure, which names nobody."""
    return all(word in _COUNTED or numbers.parse(word) is not None for word in text.lower().split())


_COUNTED = frozenset(
    "of them the others other more at least about nearly some another than over up to around only just many several "
    "few dozen dozens scores hundreds thousands all most a couple as an estimated almost approximately".split()
)


def _actor(role: Role, d: Described) -> Actor | None:
    if d.pronoun:
        # "He", where it is clear who that is.
        return Actor(role, d.kind, d.name, d.text, d.span, basis="inferred") if d.kind == "person" else None
    if d.text.lower() in _NOBODY or _is_number(d.text) or not any(c.isalnum() for c in d.text):
        return None
    id_ = d.id or (d.group.id if d.group is not None else None)
    return Actor(role, d.kind, d.name, d.text, d.span, id_)


def say_who_blames(draft: Draft, reading: Reading, sentence: Sentence, blame: Blame) -> None:
    """That they did it is somebody's claim: their own, or their accuser's."""
    sayers = [d for t in blame.by if not (d := describe(sentence, t, reading.cast, country_of)).pronoun]
    draft.actors = [
        replace(a, said_by=sayers[0].name if sayers else a.name if blame.own else None) if a.role == "agent" else a
        for a in draft.actors
    ]


@cache
def _striking() -> frozenset[str]:
    return wordlist("weapons") | wordlist("explosives")


#: What is done does nothing itself: "the attack killed five".
_DEEDS = frozenset(
    "attack bombing blast explosion bomb operation raid violence incident clash shooting fighting riot shootout strike "
    "airstrike shelling bombardment barrage gunfire crossfire shellfire salvo assassination killing murder ambush "
    "assault kidnapping".split()
)


def add_agents(draft: Draft, mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> None:
    for token, d in agents:
        if d.kind == "facility" or base(token) in _DEEDS or _is_blow(mention.sentence, token):
            continue
        if _is_manner(mention.sentence, token) or (d.party == "unknown" and _is_no_doer(mention, token)):
            continue
        actor = _actor("agent", d)
        if actor is not None and (d.kind != "unknown" or d.suspect or token.pos in ("PROPN", "NOUN")):
            draft.add_actor(actor)
        number = figure(mention.sentence, token, singular=False)
        if number is not None and "attackers" in types.of(type_).counts and d.party == "nonstate":
            draft.add_count(_count("attackers", "nonstate", number))
        if mention.frame.counts == "surrendered":
            surrendered = figure(mention.sentence, token, singular=d.id is None)
            if surrendered is not None:
                draft.add_count(_count("surrendered", _party(d, "surrendered"), surrendered))
        if type_ == "protest" and number is not None:
            draft.add_count(_count("participants", d.party if d.party != "unknown" else "civilian", number))


def _is_blow(sentence: Sentence, token: Token) -> bool:
    """ "Killed by the impact of three bullets", "by the force of the blast": what strikes does nothing itself."""
    if token.lower not in ("force", "impact", "power", "effect", "effects"):
        return False
    return any(base(o) in _DEEDS or base(o) in _striking() for o in sentence.led_to(token, "of"))


def _is_manner(sentence: Sentence, token: Token) -> bool:
    """ "Shot by mistake", "arrested by force", "killed by friendly fire": how it was done, and nobody who did it."""
    whose = sentence.children(token, "det", "poss", "compound", "nmod", "nummod")
    whose += [c for c in sentence.children(token, "amod") if c.text[:1].isupper()]
    return base(token) in wordlist("manners") and token.pos == "NOUN" and not whose


def _is_no_doer(mention: Mention, token: Token) -> bool:
    """A weapon ("killed by a stray bullet"), or a name before the noun that says which one ("the Marathon bombing")."""
    before = mention.nominal and token.head == mention.token.i
    return base(token) in _striking() or (before and token.dep in ("compound", "nmod", "amod"))


def _beside(reading: Reading, sentence: Sentence, token: Token) -> list[Described]:
    """Persons named in apposition: "the leader of the group, Abu Huseyin, was killed"."""
    named = [describe(sentence, other, reading.cast, country_of) for other in sentence.children(token, "appos")]
    return [d for d in named if d.kind == "person"]


def add_objects(
    draft: Draft, reading: Reading, mention: Mention, objects: list[tuple[Token, Described]], type_: Type
) -> None:
    counted: list[tuple[Described, Figure]] = []
    held: set[int] = set()
    for token, d in objects:
        _add_object(draft, reading, mention, token, d, type_)
        if token.i in held:
            continue
        number = _figure_of(mention, token, d)
        if number is not None:
            counted.append((d, number))
            if number.explicit and not _bare(token):
                # "a man and eight others": the figure holds the others, who are not counted again.
                held |= {t.i for t, _ in objects if t.i != token.i and number.span.covers(t.span)}
    what = _what(mention, type_)
    if what == "killed" and not counted:
        _count_lives(draft, mention)
    if what is None and _are_shot(mention, type_):
        what, counted = "wounded", [(d, n) for d, n in counted if n.explicit and (n.best or 0) > 1]
        draft.shot |= {n.span for _, n in counted}
    if what is None:
        return
    for party, number in _together(mention.sentence, [(_party(d, what), number) for d, number in counted]):
        draft.add_count(_count(what, party, number))
    if mention.nominal and mention.plural and not counted and mention.token.lemma != "wound":
        # "hundreds of arrests" counts those arrested.
        stands = mention.carrier if mention.carrier is not None and mention.carrier.pos == "NUM" else mention.token
        acts = figure(mention.sentence, stands, singular=False)
        if acts is not None and acts.explicit:
            draft.add_count(_count(what, "nonstate" if what == "arrested" else "unknown", acts))


def add_part(draft: Draft, reading: Reading, mention: Mention, head: Token, type_: Type) -> None:
    """One item of those named after a total: an actor, and a figure of its own that is never added to the total."""
    d = describe(mention.sentence, head, reading.cast, country_of)
    number, what = how_many(mention.sentence, head), _what(mention, type_)
    if number is None and head.pos == "PROPN" and d.kind != "person":
        placed = any(p.span.covers(head.span) for p in reading.places_in(mention.sentence))
        named = None if placed or d.kind not in ("unknown", "civilian") else _by_name(mention.sentence, head, d)
        if named is None:
            return
        d = named
    actor = _actor(_role(mention, d, type_), d)
    if actor is not None:
        draft.add_actor(actor)
    if what is not None and number is not None:
        draft.add_part(replace(_count(what, _party(d, what), number), part=True))


def add_known(draft: Draft, mention: Mention, people: list[tuple[Token, Described]], type_: Type) -> None:
    """Those told of before, or some of them, of whom it is said who they were."""
    what = _what(mention, type_)
    if what is None:
        return
    for token, d in people:
        actor = _actor(_role(mention, d, type_), d) if not _bare(token) else None
        if actor is not None:
            draft.add_actor(actor)
    counted = [(_party(d, what), n) for t, d in people if (n := _figure_of(mention, t, d)) is not None]
    for party, number in _together(mention.sentence, counted):
        draft.add_part(replace(_count(what, party, number), part=bool(mention.of_part)))


def _by_name(sentence: Sentence, last: Token, d: Described) -> Described | None:
    """Among people, a name of two words that is nobody else's is a person's: "the writer Ana Cole"."""
    first = last.i
    while first > 0 and sentence.tokens[first - 1].pos == "PROPN":
        first -= 1
    span = sentence.words(sentence.tokens[first : last.i + 1])
    name = sentence.quote(span)
    return replace(d, kind="person", name=name, text=name, span=span) if first < last.i else None


def _together(sentence: Sentence, counted: list[tuple[Party, Figure]]) -> list[tuple[Party, Figure]]:
    """ "Two women and a child" are three: the figures of one enumeration and party, added up.

    Not where one of them is what the others add up to ("three people, a woman and two children").
    """
    found: list[tuple[Party, Figure]] = []
    for party in dict.fromkeys(party for party, _ in counted):
        own = [number for one, number in counted if one == party]
        total = sum(n.best or 0 for n in own)
        if len(own) < 2 or not all(n.exact for n in own):
            found += [(party, n) for n in own]
            continue
        whole = next((n for n in own if 2 * (n.best or 0) == total), None)
        if whole is not None and len(own) > 2:
            found.append((party, whole))
            continue
        span = Span(min(n.span.start for n in own), max(n.span.end for n in own))
        found.append((party, Figure(total, total, total, span, sentence.quote(span), True)))
    return found


def _count_lives(draft: Draft, mention: Mention) -> None:
    """ "Claimed nine lives", "lost their lives": the number stands with the lives."""
    last = mention.hit.tokens[-1]
    number = figure(mention.sentence, last, singular=False) if last.lemma == "life" else None
    if number is not None and number.explicit:
        draft.add_count(_count("killed", "unknown", number))


def _is_ground(reading: Reading, sentence: Sentence, token: Token, d: Described) -> bool:
    """ "Bombed the outskirts of the capital", "attacked Tarmi": where it was, which is no party to it."""
    if d.kind != "unknown" or _is_site(sentence, token):
        return False
    grounds = [*reading.places_in(sentence), *reading.streets_in(sentence)]
    named = any(p.toponym.use == "name" and p.span.covers(token.span) for p in grounds)
    return named or (is_part_of_a_place(token) and base(token) != "port")


def _add_object(draft: Draft, reading: Reading, mention: Mention, token: Token, d: Described, type_: Type) -> None:
    """Whom it was done to, the group that they are tied to, and the persons named beside them."""
    if _is_ground(reading, mention.sentence, token, d) or (d.kind == "unknown" and base(token) in _DEEDS):
        return
    if type_ == "seizure" and token in mention.seized:
        return  # a thing, which is an item
    d = _as_building(mention.sentence, token, d, type_)
    role = _role(mention, d, type_)
    if not d.pronoun:
        draft.heads.add(d.head if d.kind != "person" else d.name.split()[-1].lower())
    tie = (
        None
        if d.id or d.group or d.kind in ("state", "facility")
        else affiliation(mention.sentence, token, reading.cast)
    )
    for actor in (_actor(role, d), *(_actor(role, name) for name in _beside(reading, mention.sentence, token))):
        if actor is not None:
            draft.add_actor(actor)
    if tie is not None:
        group, span = tie
        draft.add_actor(Actor(role, group.kind, group.name, group.name, span, group.id))


def _as_building(sentence: Sentence, token: Token, d: Described, type_: Type) -> Described:
    """ "Shells hit a hospital": what is struck is the building, and not the body that works there."""
    struck = type_ in types.STRIKING
    body = d.kind == "organisation" and base(token) in words("facility")
    site = d.kind == "unknown" and _is_site(sentence, token)
    return replace(d, kind="facility") if struck and (body or site) and d.id is None else d


def _is_site(sentence: Sentence, token: Token) -> bool:
    """ "Camp Shorabak", "Kobo Airfield": a name with a word for a building or a base in it."""
    named = [t for t in sentence.core(token) if t.pos == "PROPN"]
    return token.pos == "PROPN" and len(named) > 1 and any(base(t) in words("facility") for t in named)


def _are_shot(mention: Mention, type_: Type) -> bool:
    """ "Four people were shot": wounded, where the sentence tells of no death among them."""
    shot = mention.token.lemma == "shoot" and not mention.nominal and type_ == "attack"
    return shot and not any(t.lower in wordlist("fatal") for t in mention.sentence.tokens)


def _bare(token: Token) -> bool:
    return token.pos == "NUM"


def _figure_of(mention: Mention, token: Token, d: Described) -> Figure | None:
    one = token.lower == "one" and not mention.sentence.children(token, "det", "neg")
    if d.kind in _MINE_OF_THINGS or d.pronoun or (d.text.lower() in _NOBODY and not one):
        return None
    if d.kind == "unknown" and not d.suspect and token.pos not in ("NUM", "PROPN") and not mention.frame.consequence:
        number = figure(mention.sentence, token, singular=False)
        return number if number is not None and number.explicit else None
    # "An Indian soldier" is one; "the Indian army" is a body.
    article = any(c.lower in ("a", "an", "another") for c in mention.sentence.children(token, "det"))
    number = figure(mention.sentence, token, singular=d.id is None or (d.kind == "state" and article))
    # "Kills man, 18 Jose Estrada ...": a number before one person's name is somebody's age.
    named = d.kind == "person" and token.tag == "NNP" and number is not None and (number.best or 0) > 1
    return None if named else number


def _role(mention: Mention, d: Described, type_: Type) -> Role:
    if "victim" not in types.of(type_).roles or d.kind == "facility":
        return "target"
    return "victim" if mention.frame.object == "victim" and d.kind != "organisation" else "target"


def _what(mention: Mention, type_: Type) -> What | None:
    if type_ == "warrant":
        return "wanted"
    if type_ in types.INTENT:
        return None
    if type_ == "kidnapping" and mention.frame.counts == "arrested":
        return "kidnapped"
    return "killed" if _is_fatal(mention) else mention.frame.counts


def _is_fatal(mention: Mention) -> bool:
    """ "Fatally shot", "mortally wounded"."""
    beside = mention.sentence.children(mention.token, "advmod")
    hurt = mention.frame.object == "victim" or mention.frame.counts == "wounded"
    return hurt and any(t.lower in _FATALLY and abs(t.i - mention.token.i) == 1 for t in beside)


_FATALLY = frozenset(("fatally", "mortally"))


_ANYBODY = frozenset(
    "people person individual man woman other others one member national citizen foreigner youth resident".split()
)


def _party(d: Described, what: What) -> Party:
    if what in ("arrested", "wanted", "neutralised") and (d.party == "unknown" or d.head in _ANYBODY or d.suspect):
        return "nonstate"
    return d.party


def _count(what: What, party: Party | None, number: Figure) -> Count:
    return Count(what, party, number.low, number.best, number.high, number.text, number.span)


#: Acts that are counted beside those of whom they were done to.
_ACTS: tuple[What, ...] = ("operations", "raids")


def add_numbers_of_acts(draft: Draft, mention: Mention) -> None:
    """ "122 operations", "61 raids": acts that are counted, of this trigger or beside it."""
    sentence = mention.sentence
    for token in sentence.tokens:
        what = next((w for w in _ACTS if w == f"{token.lemma}s"), None)
        if what is None or token.pos not in ("NOUN", "PROPN"):
            continue
        number = figure(sentence, token, singular=False)
        near = token.i == mention.token.i or token.i in {t.i for t in sentence.subtree(mention.clause)}
        if number is not None and near and (number.best or number.low or 0) > 1 and what in types.of(draft.type).counts:
            draft.add_count(_count(what, None, number))


def add_sites(draft: Draft, mention: Mention) -> None:
    """ "in 21 provinces"."""
    sentence = mention.sentence
    for token in sentence.subtree(mention.clause):
        if (
            token.dep == "pobj"
            and base(token) in _SITES
            and sentence.head(token).lower in ("in", "across", "at", "throughout")
        ):
            number = figure(sentence, token, singular=False)
            if number is not None and number.explicit and (number.best or 0) > 1:
                draft.add_count(_count("sites", None, number))
