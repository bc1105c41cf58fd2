"""Figures of a draft: how many people, acts, places and things it counts."""

from __future__ import annotations

import itertools

from dateline.coding.draft import PRONOUNS, Draft
from dateline.coding.drafting.acts import count_acts, count_incidents
from dateline.coding.drafting.counts import count_of
from dateline.coding.drafting.listed import distributed
from dateline.coding.drafting.parties import DEEDS, NOBODY, doers
from dateline.coding.drafting.sums import in_company, together
from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token
from dateline.language.roles import base, names_people, words
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.vocabulary import Party, Type, What
from dateline.what import Mention, wordlist
from dateline.who import Described

_MINE_OF_THINGS = ("facility", "organisation")
_FATALLY = english("dateline.coding", "fatally")
_ANYBODY = english("dateline.coding", "anybody")


#: What the law counts. Such people are of no side, unless the words name one.
_HELD: tuple[What, ...] = ("arrested", "wanted", "charged", "sentenced")
_HARMED: tuple[What, ...] = ("killed", "wounded", "kidnapped")
#: Word right after a figure -> what the figure counts ("five wounded"), whatever verb it depends on. None: it counts
#: nothing of the vocabulary.
_SAID: dict[str, What | None] = {
    "dead": "killed", "killed": "killed", "wounded": "wounded", "injured": "wounded", "hurt": "wounded",
    "arrested": "arrested", "missing": None,
}  # fmt: skip


def count_agents(draft: Draft, mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> None:
    """Count the attackers of an act of force, the participants of a protest, and those who surrendered."""
    for token, d in doers(mention, agents):
        number = figure(mention.sentence, token, singular=False)
        if number is not None and "attackers" in types.of(type_).counts and d.party == "nonstate":
            draft.add_count(count_of("attackers", "nonstate", number))
        gathered = type_ in types.GATHERING and "participants" in types.of(type_).counts
        if gathered and number is not None and (number.best or number.low or 0) > 1:
            draft.add_count(count_of("participants", d.party if d.party != "unknown" else "civilian", number))
    if mention.frame.counts == "surrendered":
        _count_surrendered(draft, mention, agents)


def _count_surrendered(draft: Draft, mention: Mention, agents: list[tuple[Token, Described]]) -> None:
    """Count those who surrendered. People without a side who surrender with fighters ("a commander and six men") count
    as fighters."""
    counted: list[tuple[Party, Figure]] = []
    for token, d in doers(mention, agents):
        someone = d.id is None and names_people(mention.sentence, token)
        number = figure(mention.sentence, token, singular=someone)
        if number is not None:
            counted.append((party_of(d, "surrendered"), number))
    fighters = any(party == "nonstate" for party, _ in counted)
    counted = [("nonstate" if fighters and party == "unknown" else party, n) for party, n in counted]
    for party, number in together(mention.sentence, counted):
        draft.add_count(count_of("surrendered", party, number))


def count_objects(draft: Draft, mention: Mention, objects: list[tuple[Token, Described]], type_: Type) -> None:
    """Count those to whom it was done, as the frame says, and the places that were struck."""
    objects = _without_sites(draft, mention, objects)
    counted = _counted(mention, objects)
    what = what_of(mention, type_)
    if what == "killed" and not counted:
        _count_lives(draft, mention)
    if what is None and _are_shot(mention, type_):
        counted = [c for c in counted if c[2].explicit and (c[2].best or 0) > 1]
        draft.shot |= {n.span for _, _, n in counted}
        _count_people(draft, mention, counted, "wounded")
    elif what is None:
        count_incidents(draft, mention)
    else:
        _count_people(draft, mention, counted, what)
        _count_pronouns(draft, objects, what)
    if what is not None and mention.nominal and mention.plural and not counted and mention.token.lemma != "wound":
        count_acts(draft, mention, what)


def _count_people(draft: Draft, mention: Mention, counted: list[tuple[Token, Described, Figure]], what: What) -> None:
    """Count the people of each party together. Counted apart are those told place by place, and those of whom the word
    after the figure says something else ("two dead and five wounded")."""
    said = [(t, d, n) for t, d, n in counted if _said_after(mention, n, what) == what]
    own = in_company(mention.sentence, [(t, _side(draft, d, what), n) for t, d, n in said])
    for party, number in together(mention.sentence, own):
        draft.add_count(count_of(what, party, number))
    for token, d, number in counted:
        for further in distributed(mention.sentence, token) if number.explicit else ():
            draft.add_count(count_of(what, _side(draft, d, what), further))
        other = _said_after(mention, number, what)
        if other is not None and other != what and other in types.of(draft.type).counts:
            draft.add_count(count_of(other, party_of(d, other), number))


def _count_pronouns(draft: Draft, objects: list[tuple[Token, Described]], what: What) -> None:
    """Count one for "he" and "she", as a part: where others are counted, this person is one of them."""
    for token, d in objects:
        if d.pronoun and token.lower in PRONOUNS:
            draft.add_part(count_of(what, party_of(d, what), _one(token)))


def _one(token: Token) -> Figure:
    return Figure(1, 1, 1, token.span, token.text, False)


def _without_sites(
    draft: Draft, mention: Mention, objects: list[tuple[Token, Described]]
) -> list[tuple[Token, Described]]:
    """The objects without places. Places with a number are counted as sites ("captured seven villages")."""
    struck = "sites" in types.of(draft.type).counts or draft.type in types.SECURITY
    sites = [t for t, d in objects if base(t) in _VISITED and d.id is None and t.pos == "NOUN"]
    for token in sites if struck and not mention.nominal else ():
        number = figure(mention.sentence, token, singular=False)
        if number is not None and number.explicit and (number.best or number.low or 0) > 1:
            draft.add_count(count_of("sites", None, number))
    return [(t, d) for t, d in objects if t not in sites]


#: Nouns for places where people live or come together. With a number they count as sites of the act. Other things that
#: are destroyed ("two bunkers") are targets.
_VISITED = english("dateline.coding", "visited")


def _said_after(mention: Mention, number: Figure, what: What) -> What | None:
    """What a figure counts, by the word after it ("two dead and five wounded"); None where the vocabulary has no name
    for it."""
    if what not in ("killed", "wounded"):
        return what
    after = next((t for t in mention.sentence.tokens if t.start >= number.span.end and t.tag != "_SP"), None)
    if after is None or after.i == mention.token.i or after.lower not in _SAID:
        return what
    return _SAID[after.lower]


def _counted(mention: Mention, objects: list[tuple[Token, Described]]) -> list[tuple[Token, Described, Figure]]:
    """The figures of the objects. People whom another figure includes already ("a man and eight others") are not
    counted again."""
    counted: list[tuple[Token, Described, Figure]] = []
    held: set[int] = set()
    for token, d in objects:
        number = figure_of(mention, token, d) if token.i not in held else None
        if number is None:
            continue
        counted.append((token, d, number))
        if number.explicit and not is_bare(token):
            held |= {t.i for t, _ in objects if t.i != token.i and number.span.covers(t.span)}
    return counted


#: Determiners that make the name of a body mean one of its people ("an Indian soldier").
_ONE_OF = english("dateline.coding", "one_of")


def figure_of(mention: Mention, token: Token, d: Described) -> Figure | None:
    one = token.lower == "one" and not mention.sentence.children(token, "det", "neg")
    if d.kind in _MINE_OF_THINGS or d.pronoun or (d.text.lower() in NOBODY and not one):
        return None
    if d.kind == "unknown" and not d.suspect and token.pos not in ("NUM", "PROPN") and not mention.frame.consequence:
        named = mention.frame.counts in _HELD and _is_title(mention.sentence, token)
        number = figure(mention.sentence, token, singular=named)
        return number if number is not None and (number.explicit or named) else None
    if _is_no_person(mention, token, d):
        return None
    # "An Indian soldier" is one; "the Indian army" is a body.
    article = any(c.lower in _ONE_OF for c in mention.sentence.children(token, "det"))
    number = figure(mention.sentence, token, singular=d.id is None or (d.kind == "state" and article))
    # A number before one person's name is somebody's age: "Kills man, 18 Jose Estrada ...".
    aged = number is not None and (number.best or 0) > 1 and number.span.start < token.start
    return None if aged and d.kind == "person" and token.tag == "NNP" else number


def _is_title(sentence: Sentence, token: Token) -> bool:
    """Does a noun stand right before the name of the person that it describes ("former ruler Mariam Oru")?"""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else token
    names = sentence.children(token, "appos")
    return after.pos == "PROPN" and any(n.pos == "PROPN" and n.head == token.i for n in names)


def _is_no_person(mention: Mention, token: Token, d: Described) -> bool:
    """Must the object not be counted as people? True for deeds and things without a number ("the clash", "the
    helicopter"), and for the wounds of bodies ("the bodies of six men with gunshot wounds" counts no wounded)."""
    number = figure(mention.sentence, token, singular=False)
    thing = base(token) in DEEDS or (base(token) in words("facility") and d.kind in ("state", "facility", "unknown"))
    if number is None:
        return thing
    above = mention.sentence.above(token, "pobj", "prep")
    return mention.frame.counts == "wounded" and mention.nominal and {base(token), base(above)} & _BODIES != set()


_BODIES = english("dateline.coding", "bodies")


def what_of(mention: Mention, type_: Type) -> What | None:
    if type_ == "warrant":
        return "wanted"
    if type_ in types.INTENT:
        return None
    if type_ == "kidnapping" and mention.frame.counts == "arrested":
        return "kidnapped"
    return "killed" if _is_fatal(mention) else mention.frame.counts


def _side(draft: Draft, d: Described, what: What) -> Party:
    """The party of an object. People without a side who are held together with members of an armed group count as that
    group's."""
    party = party_of(d, what)
    grouped = any(a.role == "target" and a.kind == "armed_group" for a in draft.actors)
    return "nonstate" if party == "unknown" and what in _HELD and grouped else party


def is_bare(token: Token) -> bool:
    return token.pos == "NUM"


def party_of(d: Described, what: What) -> Party:
    if d.kind == "person" and d.party == "unknown" and what in _HARMED:
        return "civilian"  # a named person without a known side
    if what in _HELD and (d.party == "unknown" or d.head in _ANYBODY or d.suspect):
        return "nonstate" if d.kind == "armed_group" or d.group is not None or d.id is not None else "unknown"
    if what == "neutralised" and d.party == "unknown":
        return "nonstate"
    return d.party


def _count_lives(draft: Draft, mention: Mention) -> None:
    """Count the dead by a number of lives ("claimed nine lives"), or by the value given to a number of deaths ("raised
    the number of deaths to nine")."""
    last = mention.hit.tokens[-1]
    number = figure(mention.sentence, last, singular=False) if last.lemma == "life" else _put_at(mention)
    if number is not None and number.explicit:
        draft.add_count(count_of("killed", "unknown", number))


def _put_at(mention: Mention) -> Figure | None:
    sentence = mention.sentence
    number = sentence.above(mention.token, "pobj", "prep")
    if number.lower != "number" or not mention.nominal:
        return None
    for token, after in itertools.pairwise(sentence.tokens[number.i :]):
        if token.lower in ("to", "at") and after.pos == "NUM":
            return figure(sentence, after, singular=False)
    return None


def _are_shot(mention: Mention, type_: Type) -> bool:
    """Were people shot, and does the sentence tell of no death? Then their figure counts wounded."""
    shot = mention.token.lemma == "shoot" and not mention.nominal and type_ == "attack"
    return shot and not any(t.lower in wordlist("fatal") for t in mention.sentence.tokens)


def _is_fatal(mention: Mention) -> bool:
    """Does a word right beside the trigger say that people died ("fatally shot", "mortally wounded")?"""
    beside = mention.sentence.children(mention.token, "advmod")
    hurt = mention.frame.object == "victim" or mention.frame.counts == "wounded"
    return hurt and any(t.lower in _FATALLY and abs(t.i - mention.token.i) == 1 for t in beside)
