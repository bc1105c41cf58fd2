"""From a mention to a draft: each party described, counted and given its role; status, sources and things."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.blame import Blame, blamed
from dateline.coding.draft import Draft
from dateline.coding.placing import place
from dateline.coding.pronouns import meant
from dateline.coding.reading import Reading
from dateline.coding.timing import names_a_time, time_of
from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token
from dateline.language.roles import base, is_aged
from dateline.model import Actor, Count, Item, Span, Speaker
from dateline.model.vocabulary import Party, Role, Status, Type, What
from dateline.says import Standing, speaker, standing
from dateline.what import Mention, wordlist
from dateline.where import country_of
from dateline.who import Described, affiliation, describe

#: Violence that is planned or intended is a plot of its kind.
_PLOTTED: dict[Type, str] = {
    "bombing": "bombing", "attack": "attack", "killing": "attack", "kidnapping": "kidnapping", "hijacking": "hijacking",
    "shelling": "attack", "airstrike": "attack", "operation": "attack",
}  # fmt: skip
_SITES = frozenset(
    "province city town village district department location place site area region neighborhood municipality "
    "governorate state county house address point spot settlement".split()
)
_MINE_OF_THINGS = ("facility", "organisation")


def draft_of(reading: Reading, mention: Mention) -> Draft | None:
    """The draft of a mention; None where it is a general statement and no happening."""
    sentence = mention.sentence
    stands = standing(sentence, mention.token, mention.clause, mention.nominal)
    # "Fired tear gas to disperse the crowd": what the force was for is no action of its own.
    # Nobody plans to die ("a voice to die for").
    aside = mention.frame.needs == "dispersed" or mention.frame.subject == "victim"
    if stands.general or (aside and stands.status == "planned"):
        return None
    blame = None if mention.agents else blamed(mention)
    doers = [meant(sentence, a, mention.frame.type) for a in mention.agents]
    agents = _described(reading, sentence, blame.who if blame else doers)
    objects = _described(reading, sentence, mention.objects)
    if mention.frame.needs == "party" and mention.frame.type == "clash" and not mention.nominal and not agents:
        return None
    type_, status = _typed(mention, stands, agents)
    type_ = _by_the_means(mention, agents, type_)
    draft = Draft(type_, status, [mention], [sentence], methods=set(mention.methods))
    if type_ in ("plot", "threat", "claim") and mention.frame.type in _PLOTTED:
        draft.methods.add(_PLOTTED[mention.frame.type])
    if _is_setting(reading, mention, type_) or _is_alleged_habit(mention, stands):
        return None
    _add_agents(draft, mention, agents, type_)
    if blame is not None:
        _say_who_blames(draft, reading, sentence, blame)
    _add_objects(draft, reading, mention, objects, type_)
    _add_numbers_of_acts(draft, mention)
    _add_sites(draft, mention)
    _add_items(draft, mention)
    _add_speakers(draft, reading, mention)
    if not mention.pointer:
        draft.when, draft.own_time = time_of(reading, mention)
        draft.names_time = names_a_time(reading, mention)
        draft.places, draft.own_place = place(reading, mention)
    return draft


#: What is done by aircraft, or with rockets and shells, is named by them.
_MEANT: dict[Type, tuple[Type, ...]] = {
    "killing": ("bombing", "shelling", "airstrike"),
    "attack": ("bombing", "shelling", "airstrike"),
    "bombing": ("airstrike",),
    "shelling": ("airstrike",),
}
_LAUNCHING = frozenset("fire launch lob hit strike pound rain".split())


def _by_the_means(mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> Type:
    """ "A car bomb killed 14", "warplanes bombed the camp", "fired mortars": what did it says what it was."""
    for means in _MEANT.get(type_, ()):
        words = wordlist(f"kills_as_{means}")
        if any(base(token) in words for token in (*(t for t, _ in agents), *mention.means)):
            return means
        fired = means == "shelling" and mention.token.lemma in _LAUNCHING and not mention.nominal
        if fired and any(base(token) in words for token in mention.instruments):
            return means
    return type_


def _is_setting(reading: Reading, mention: Mention, type_: Type) -> bool:
    """ "killed 109 at a peace rally": the rally is where it happened, and no news."""
    sentence, noun = mention.sentence, mention.token
    if type_ not in ("protest", "meeting", "trial") or not mention.nominal or noun.dep != "pobj":
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
                found.append((one, describe(sentence, one, reading.cast, country_of)))
    return found


def _typed(mention: Mention, stands: Standing, agents: list[tuple[Token, Described]]) -> tuple[Type, Status]:
    """Intended violence is a plot, threatened violence a threat, ordered arrests are warrants."""
    type_, status = mention.frame.type, stands.status
    by_state = bool(agents) and all(d.kind == "state" for _, d in agents)
    if status == "ordered" and type_ == "arrest":
        return "warrant", "ordered"
    # Nobody intends to die: only what is done to others is a plot.
    if type_ in _PLOTTED and not by_state and mention.frame.subject != "victim":
        if status in ("planned", "ordered"):
            return "plot", "planned"
        if status == "foiled":
            return "plot", "foiled"
        if status == "threatened":
            return (
                "threat",
                "occurred" if stands.cue is not None and stands.cue.lemma == "warn" else "threatened",
            )
    if type_ == "plot" and status == "occurred":
        return "plot", "planned"
    if type_ == "threat" and status == "occurred":
        return "threat", "threatened"
    return type_, status


# ---------------------------------------------------------------- parties


_NOBODY = frozenset(("one", "no one", "anyone", "anybody", "nobody", "everyone", "none", "nothing"))


def _actor(role: Role, d: Described) -> Actor | None:
    if d.pronoun or d.text.lower() in _NOBODY or not d.text.strip() or not any(c.isalnum() for c in d.text):
        return None
    id_ = d.id or (d.group.id if d.group is not None else None)
    return Actor(role, d.kind, d.name, d.text, d.span, id_)


def _say_who_blames(draft: Draft, reading: Reading, sentence: Sentence, blame: Blame) -> None:
    """That they did it is somebody's claim: their own, or their accuser's."""
    sayers = [d for t in blame.by if not (d := describe(sentence, t, reading.cast, country_of)).pronoun]
    draft.actors = [
        replace(a, said_by=sayers[0].name if sayers else a.name if blame.own else None) if a.role == "agent" else a
        for a in draft.actors
    ]


def _add_agents(draft: Draft, mention: Mention, agents: list[tuple[Token, Described]], type_: Type) -> None:
    for token, d in agents:
        if d.kind == "facility" or base(token) in (
            "attack",
            "bombing",
            "blast",
            "explosion",
            "bomb",
            "operation",
            "raid",
        ):
            continue
        actor = _actor("agent", d)
        if actor is not None and (d.kind != "unknown" or d.suspect or token.pos in ("PROPN", "NOUN")):
            draft.add_actor(actor)
        number = figure(mention.sentence, token, singular=False)
        if number is not None and type_ in ("attack", "bombing", "killing", "kidnapping") and d.party == "nonstate":
            draft.add_count(_count("attackers", "nonstate", number))
        if mention.frame.counts == "surrendered":
            surrendered = figure(mention.sentence, token, singular=d.id is None)
            if surrendered is not None:
                draft.add_count(_count("surrendered", _party(d, "surrendered"), surrendered))
        if type_ == "protest" and number is not None:
            draft.add_count(_count("participants", d.party if d.party != "unknown" else "civilian", number))


def _beside(reading: Reading, sentence: Sentence, token: Token) -> list[Described]:
    """Persons named in apposition: "the leader of the group, Abu Huseyin, was killed"."""
    named = [describe(sentence, other, reading.cast, country_of) for other in sentence.children(token, "appos")]
    return [d for d in named if d.kind == "person"]


def _add_objects(
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
    if what is None and _are_shot(mention, type_):
        what, counted = "wounded", [(d, n) for d, n in counted if n.explicit and (n.best or 0) > 1]
    if what is None:
        return
    for party, number in _together(mention.sentence, [(_party(d, what), number) for d, number in counted]):
        draft.add_count(_count(what, party, number))
    if mention.nominal and mention.plural and not counted:
        # "hundreds of arrests" counts those arrested.
        stands = mention.carrier if mention.carrier is not None and mention.carrier.pos == "NUM" else mention.token
        acts = figure(mention.sentence, stands, singular=False)
        if acts is not None and acts.explicit:
            draft.add_count(_count(what, "nonstate" if what == "arrested" else "unknown", acts))


def _together(sentence: Sentence, counted: list[tuple[Party, Figure]]) -> list[tuple[Party, Figure]]:
    """ "Two women and a child" are three: the figures of one enumeration and party, added up.

    Not where one of them is what the others add up to ("three people, a woman and two children").
    """
    found: list[tuple[Party, Figure]] = []
    for party in dict.fromkeys(party for party, _ in counted):
        own = [number for one, number in counted if one == party]
        total = sum(n.best or 0 for n in own)
        if len(own) < 2 or not all(n.exact for n in own) or not any(n.explicit for n in own):
            found += [(party, n) for n in own]
            continue
        whole = next((n for n in own if 2 * (n.best or 0) == total), None)
        if whole is not None and len(own) > 2:
            found.append((party, whole))
            continue
        span = Span(min(n.span.start for n in own), max(n.span.end for n in own))
        found.append((party, Figure(total, total, total, span, sentence.quote(span), True)))
    return found


def _add_object(draft: Draft, reading: Reading, mention: Mention, token: Token, d: Described, type_: Type) -> None:
    """Whom it was done to, the group that they are tied to, and the persons named beside them."""
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


_FATAL = frozenset("dead fatally fatal kill killed killing die died death deaths murder homicide slain".split())


def _are_shot(mention: Mention, type_: Type) -> bool:
    """ "Four people were shot": wounded, where the sentence tells of no death among them."""
    shot = mention.token.lemma == "shoot" and not mention.nominal and type_ == "attack"
    return shot and not any(t.lower in _FATAL for t in mention.sentence.tokens)


def _bare(token: Token) -> bool:
    return token.pos == "NUM"


def _figure_of(mention: Mention, token: Token, d: Described) -> Figure | None:
    one = token.lower == "one" and not mention.sentence.children(token, "det", "neg")
    if d.kind in _MINE_OF_THINGS or d.pronoun or (d.text.lower() in _NOBODY and not one):
        return None
    if d.kind == "unknown" and not d.suspect and token.pos not in ("NUM", "PROPN") and not mention.frame.consequence:
        number = figure(mention.sentence, token, singular=False)
        return number if number is not None and number.explicit else None
    return figure(mention.sentence, token, singular=d.id is None)


def _role(mention: Mention, d: Described, type_: Type) -> Role:
    if type_ in ("plot", "threat", "warrant") or d.kind == "facility":
        return "target"
    return "victim" if mention.frame.object == "victim" and d.kind != "organisation" else "target"


def _what(mention: Mention, type_: Type) -> What | None:
    if type_ == "warrant":
        return "wanted"
    if type_ in ("plot", "threat", "claim"):
        return None
    return mention.frame.counts


_ANYBODY = frozenset(
    "people person individual man woman other others one member national citizen foreigner youth resident".split()
)


def _party(d: Described, what: What) -> Party:
    if what in ("arrested", "wanted", "neutralised") and (d.party == "unknown" or d.head in _ANYBODY or d.suspect):
        return "nonstate"
    return d.party


def _count(what: What, party: Party | None, number: Figure) -> Count:
    return Count(what, party, number.low, number.best, number.high, number.text, number.span)


def _add_numbers_of_acts(draft: Draft, mention: Mention) -> None:
    """ "122 operations", "61 raids": acts that are counted, of this trigger or beside it."""
    sentence = mention.sentence
    for token in sentence.tokens:
        what: What | None = {"operation": "operations", "raid": "raids"}.get(token.lemma)  # type: ignore[assignment]
        if what is None or token.pos not in ("NOUN", "PROPN"):
            continue
        number = figure(sentence, token, singular=False)
        near = token.i == mention.token.i or token.i in {t.i for t in sentence.subtree(mention.clause)}
        if (
            number is not None
            and near
            and (number.best or number.low or 0) > 1
            and draft.type in ("arrest", "raid", "operation", "killing")
        ):
            draft.add_count(_count(what, None, number))


def _add_sites(draft: Draft, mention: Mention) -> None:
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


# ---------------------------------------------------------------- things and sources


def _add_items(draft: Draft, mention: Mention) -> None:
    sentence = mention.sentence
    used = draft.type in (
        "bombing",
        "attack",
        "clash",
        "shelling",
        "killing",
        "airstrike",
        "plot",
        "riot",
        "protest",
        "disarmament",
        "hijacking",
        "kidnapping",
    )
    taking = draft.type in ("arrest", "raid", "operation", "seizure", "clash", "disarmament")
    for token in mention.instruments:
        if used:
            draft.add_item(_item(sentence, token, "used"))
        elif taking and draft.type == "seizure":
            draft.add_item(_item(sentence, token, "seized"))
    if taking:
        for token in mention.seized:
            draft.add_item(_item(sentence, token, "seized"))


def _item(sentence: Sentence, token: Token, what: str) -> Item:
    core = [
        t
        for t in sentence.core(token)
        if t.i <= token.i and t.tag not in ("DT", "PRP$", "PDT", "CD", "_SP") and t.text not in '"“[('
    ]
    span = sentence.words(core or [token])
    number = figure(sentence, token, singular=False)
    name = " ".join(sentence.quote(span).split())
    return Item(what, name, span, number.best if number is not None and number.exact else None)  # type: ignore[arg-type]


def _add_speakers(draft: Draft, reading: Reading, mention: Mention) -> None:
    sentence = mention.sentence
    for said in speaker(sentence, mention.clause):
        d = describe(sentence, said.who, reading.cast, country_of)
        if d.pronoun:
            continue
        name = _office(sentence, said.who, d)
        draft.add_speaker(Speaker(name[0], name[1]))
    source = draft.said_by[0].name if draft.said_by else None
    if source is not None:
        draft.counts = [Count(c.what, c.party, c.low, c.best, c.high, c.text, c.span, source) for c in draft.counts]


def _office(sentence: Sentence, head: Token, d: Described) -> tuple[str, Span]:
    """ "Interior Minister Ali Yerlikaya": the whole phrase, not only the name."""
    core = [t for t in sentence.core(head) if t.tag not in ("DT", "PRP$")]
    span = sentence.words(core or [head])
    return " ".join(sentence.quote(span).split()), span
