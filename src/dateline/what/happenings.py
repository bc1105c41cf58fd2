"""Happenings told in a sentence: each trigger with its parties, instruments and methods, if the words bear it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of, names_people
from dateline.model.vocabulary import METHODS
from dateline.what.bearing import borne_out
from dateline.what.clauses import Clause, governor, read_clause
from dateline.what.lexicon import Frame, Hit, match
from dateline.what.words import methods, wordlist


@dataclass(slots=True, eq=False)
class Mention:
    """A happening as one trigger tells it. Parties are head tokens of noun phrases of the sentence.

    `clause` is the verb in whose clause it is told (the trigger itself for verbs); `cause` is the mention whose
    consequence this is ("killed" in "killed in an attack").
    """

    sentence: Sentence
    hit: Hit
    clause: Token
    agents: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    instruments: list[Token] = field(default_factory=list)
    seized: list[Token] = field(default_factory=list)
    methods: set[str] = field(default_factory=set)
    cause: Mention | None = None
    light: bool = False
    #: For a noun: is there a verb that says that it happened or was done?
    told: bool = False
    #: The noun that stands in the clause for a noun: itself, "series" ("of airstrikes"), "police" ("police firing").
    carrier: Token | None = None
    #: Part of another thing's name ("the explosion area"): it points at a happening and tells none.
    pointer: bool = False
    preps: list[tuple[str, Token]] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """Its frame."""
        return self.hit.frame

    @property
    def token(self) -> Token:
        """Its trigger."""
        return self.hit.token

    @property
    def nominal(self) -> bool:
        """Told by a noun?"""
        return self.hit.kind == "noun"

    @property
    def definite(self) -> bool:
        """ "the attack", "this attack", "their abduction": it points back at something told."""
        determiners = self.sentence.children(
            self.carrier if self.pointer and self.carrier else self.token, "det", "poss"
        )
        return self.nominal and any(
            d.lower in ("the", "this", "these", "that", "those", "their", "his", "her", "its") for d in determiners
        )

    @property
    def plural(self) -> bool:
        """ "attacks"?"""
        return self.nominal and self.token.tag in ("NNS", "NNPS")


def happenings(sentence: Sentence, report_words: frozenset[str]) -> list[Mention]:
    """The mentions of a parsed sentence, in order; `report_words` are all words of the report, for what a sentence
    alone does not bear out."""
    evoked = {id(hits[0]): hits for t in sentence.tokens if (hits := match(sentence, t))}
    kept = _without_overlaps(hits[0] for hits in evoked.values())
    heads = {h.token.i for h in kept}
    mentions = [m for h in kept if (m := _fitting(sentence, evoked[id(h)], heads, report_words)) is not None]
    _tie_causes(sentence, mentions)
    return [m for m in mentions if _is_borne_out(m, mentions, report_words)]


def _fitting(sentence: Sentence, hits: list[Hit], heads: set[int], report_words: frozenset[str]) -> Mention | None:
    """Of several frames of one word ("seized men", "seized arms") the first that is borne out; else the first."""
    read = [m for h in hits if (m := _read(sentence, h, heads)) is not None]
    fits = (m for m in read if len(read) == 1 or borne_out(m.frame, sentence, m.hit, m.agents, m.objects, report_words))
    return next(fits, read[0] if read else None)


def _is_borne_out(mention: Mention, mentions: list[Mention], report_words: frozenset[str]) -> bool:
    # A consequence stands or falls with its cause; anything else must be borne out by itself.
    if mention.cause is not None and mention.cause in mentions and mention.cause.frame.strong:
        return True
    return borne_out(mention.frame, mention.sentence, mention.hit, mention.agents, mention.objects, report_words)


def _without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Of triggers that share tokens the one of more words: "suicide attack" is no "attack"."""
    taken: dict[int, Hit] = {}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-len(h.tokens), h.token.i)):
        if not any(t.i in taken for t in hit.tokens if t.pos not in ("ADP", "PRON")):
            kept.append(hit)
            taken |= {t.i: hit for t in hit.tokens}
    return sorted(kept, key=lambda h: h.token.i)


def _read(sentence: Sentence, hit: Hit, heads: set[int]) -> Mention | None:
    if hit.kind == "noun":
        return _read_noun(sentence, hit, heads)
    if hit.kind == "adj":
        return _read_adjective(sentence, hit)
    return _read_verb(sentence, hit)


# ---------------------------------------------------------------- verbs


def _read_verb(sentence: Sentence, hit: Hit) -> Mention | None:
    verb, frame = hit.token, hit.frame
    if verb.pos != "VERB" and verb.tag in ("JJ", "NN", "NNS", "NNP") and verb.dep in ("amod", "compound"):
        return _read_modifier(sentence, hit)
    if verb.dep in ("amod", "compound") and verb.tag in ("VBN", "VBD"):
        return _read_modifier(sentence, hit)
    if verb.dep in ("amod", "compound"):
        return None
    if _is_another_verb(sentence, hit):
        return None
    clause = read_clause(sentence, verb, frame.transitive)
    own = {t.i for t in hit.tokens}
    clause.objects = [o for o in clause.objects if o.i not in own]
    mention = Mention(sentence, hit, verb, preps=clause.preps)
    subjects = [s for s in clause.subjects if s.i not in own]
    _assign(mention, frame, clause, subjects)
    mention.agents = [_wielder(sentence, a) for a in mention.agents]
    _weapons(mention)
    return mention


def _is_another_verb(sentence: Sentence, hit: Hit) -> bool:
    """ "Hang on", "demonstrated that", "fired on 1 November": the word is there, and another verb is meant."""
    verb, last = hit.token, hit.tokens[-1]
    own = {t.i for t in hit.tokens}
    if any(p.i not in own and p.lower not in _CLOSING for p in sentence.children(verb, "prt")):
        return True
    if hit.frame.intransitive and sentence.children(verb, "dobj", "ccomp", "nsubjpass"):
        return True
    dated = [o for o in sentence.children(last, "pobj")] if last.pos == "ADP" and last is not verb else []
    return bool(dated) and all(_is_time(o) for o in dated)


#: After a verb these only close it ("kill off", "shoot down", "burn out"); others make another verb of it ("hang on").
_CLOSING = frozenset("off down up out away back".split())


def _wielder(sentence: Sentence, agent: Token) -> Token:
    """ "Killed by police bullets", "army shells hit the school": whose weapons they are did it."""
    if base(agent) not in wordlist("weapons"):
        return agent
    owners = sentence.children(agent, "compound", "amod", "nmod", "poss")
    return next((o for o in owners if kind_of(sentence, o) in ("state", "armed_group")), agent)


def _assign(mention: Mention, frame: Frame, clause: Clause, subjects: list[Token]) -> None:
    if clause.passive:
        mention.objects = subjects or clause.objects
        mention.agents = clause.by
    elif frame.subject in ("victim", "target"):
        mention.objects = subjects
    elif frame.subject == "instrument":
        mention.instruments = subjects
        mention.objects = clause.objects
    else:
        mention.agents = subjects
        mention.objects = clause.objects
    for word, head in clause.preps:
        if (
            word in ("on", "at", "against", "upon")
            and not clause.passive
            and frame.type in ("attack", "shelling", "bombing", "raid")
            and not frame.consequence
        ):
            if not _is_time(head):
                mention.objects.append(head)
        elif word == "with" and frame.type == "clash":
            mention.objects.append(head)


def _is_time(token: Token) -> bool:
    return token.lower in wordlist("times") or token.pos == "NUM"


def _read_modifier(sentence: Sentence, hit: Hit) -> Mention | None:
    """ "the kidnapped priest", "a wounded soldier": the noun is who underwent it."""
    head = sentence.head(hit.token)
    if hit.frame.type not in ("kidnapping", "arrest", "killing", "attack") or not names_people(sentence, head):
        return None
    return Mention(sentence, hit, governor(sentence, head), objects=[head])


def _read_adjective(sentence: Sentence, hit: Hit) -> Mention | None:
    """ "three were dead", "three dead": who is."""
    token = hit.token
    head = sentence.head(token)
    subjects = sentence.children(head, "nsubj", "nsubjpass") if token.dep in ("acomp", "oprd", "attr") else []
    if token.dep == "oprd" or (token.dep in ("acomp", "ccomp", "xcomp") and head.lemma == "leave"):
        subjects = sentence.children(head, "dobj") or sentence.children(token, "nsubj") or subjects
    if token.dep in ("amod", "acl", "relcl", "appos") or (not subjects and head.pos in ("NOUN", "NUM", "PROPN")):
        subjects = [head]
    if not subjects and sentence.children(token, "nummod"):
        subjects = [token]
    mention = Mention(
        sentence,
        hit,
        governor(sentence, token),
        objects=[s for s in subjects if s.lower not in ("it", "which")],
    )
    return mention if mention.objects else None


# ---------------------------------------------------------------- nouns


def _read_noun(sentence: Sentence, hit: Hit, heads: set[int]) -> Mention | None:
    noun, frame = hit.token, hit.frame
    if noun.dep in ("compound", "nmod", "amod") and noun.head != noun.i:
        head = sentence.head(noun)
        if head.i in heads or not frame.strong:
            return None
        return Mention(sentence, hit, governor(sentence, head), carrier=head, pointer=True)
    carrier = _carrier(sentence, noun)
    verb, light = _support(sentence, carrier)
    mention = Mention(
        sentence, hit, verb or governor(sentence, noun), light=light, told=verb is not None, carrier=carrier
    )
    if carrier is not noun and noun.dep == "acl":
        mention.agents.append(carrier)
    if noun.dep == "pcomp":
        mention.agents += [s for s in sentence.children(noun, "nsubj") if kind_of(sentence, s)]
    if verb is not None and not light and verb.lemma in _HITTING:
        mention.objects += [o for o in sentence.children(verb, "dobj") if not _is_time(o)]
    for child in sentence.children(noun):
        _party_of_noun(mention, frame, child)
    for told in sentence.children(noun, "acl"):
        # "an operation conducted by coalition forces"
        if told.tag == "VBN" and (told.lemma in wordlist("light") or _phrasal(sentence, told) in wordlist("light")):
            mention.agents += [o for a in sentence.children(told, "agent") for o in sentence.children(a, "pobj")]
    if verb is not None and light:
        clause = read_clause(sentence, verb, False)
        if clause.passive:
            mention.agents += clause.by
        elif carrier.dep in ("dobj", "pobj", "obj"):
            mention.agents += [s for s in clause.subjects if s.i not in (noun.i, carrier.i)]
        mention.preps += clause.preps
        _targets(mention, clause.preps)
    _weapons(mention)
    return mention


_HITTING = frozenset("hit strike target rock destroy damage shake devastate".split())


def _carrier(sentence: Sentence, noun: Token) -> Token:
    """The noun that stands in the clause for it: "series" in "a series of airstrikes"."""
    head = sentence.head(noun)
    if noun.dep == "acl" and head.i == noun.i - 1 and kind_of(sentence, head) in ("state", "armed_group"):
        return head
    if noun.dep == "pobj" and head.lower == "of":
        outer = sentence.head(sentence.head(noun))
        if {outer.lower, outer.lemma} & wordlist("transparent") or outer.pos == "NUM":
            return outer
    return noun


def _support(sentence: Sentence, noun: Token) -> tuple[Token | None, bool]:
    """The verb that carries the noun's happening, and whether its subject is the doer."""
    head = sentence.head(noun)
    if noun.dep in ("dobj", "obj", "nsubjpass") and head.lemma in wordlist("speaking"):
        return head, False
    if noun.dep in ("dobj", "obj") and head.pos == "VERB":
        return (
            (head, True)
            if head.lemma in wordlist("light") or _phrasal(sentence, head) in wordlist("light")
            else (None, False)
        )
    if noun.dep == "nsubjpass" and (head.lemma in wordlist("light") or _phrasal(sentence, head) in wordlist("light")):
        return head, True
    if noun.dep == "nsubj" and head.pos == "VERB":
        return head, False
    if noun.dep == "pobj" and head.head != head.i and sentence.head(head).lemma in ("participate", "engage", "involve"):
        return sentence.head(head), True
    return None, False


def _phrasal(sentence: Sentence, verb: Token) -> str:
    return " ".join([verb.lemma, *(p.lower for p in sentence.children(verb, "prt"))])


def _ranks(mention: Mention) -> bool:
    """ "Kenya's deadliest attack": whose worst or first it is did not do it."""
    words = mention.sentence.children(mention.token, "amod", "compound")
    most = [c for w in words for c in mention.sentence.children(w, "advmod")]
    return any(w.tag == "JJS" or w.lower in ("first", "second", "third") for w in words) or any(
        c.tag == "RBS" for c in most
    )


def _party_of_noun(mention: Mention, frame: Frame, child: Token) -> None:
    sentence = mention.sentence
    if _is_time(child) and child.dep != "prep":
        return
    if child.dep == "poss" and not _ranks(mention):
        (mention.agents if frame.poss == "agent" else mention.objects).append(child)
    elif child.dep in ("compound", "amod", "nmod"):
        kind = kind_of(sentence, child)
        if kind in ("state", "armed_group", "suspect") and child.pos in ("NOUN", "PROPN"):
            mention.agents.append(child)
        elif kind in ("facility", "civilian", "organisation") and child.pos in ("NOUN", "PROPN"):
            mention.objects.append(child)
        elif child.pos == "PROPN" and child.lower not in methods():
            mention.agents.append(child) if frame.poss == "agent" else None
    elif child.dep in ("prep", "agent"):
        found = [(child.lower, o) for o in sentence.children(child, "pobj")]
        mention.preps += found
        _targets(mention, found)
        for word, head in found:
            if word == "by":
                mention.agents.append(head)
            elif word == "of" and not _is_time(head):
                (mention.agents if frame.of == "agent" else mention.objects).append(head)
            elif word == "between" and frame.type == "clash":
                mention.agents.append(head)
            elif word == "with" and frame.type == "clash":
                mention.objects.append(head)


def _targets(mention: Mention, preps: list[tuple[str, Token]]) -> None:
    if mention.frame.type not in (
        "attack",
        "bombing",
        "airstrike",
        "shelling",
        "raid",
        "plot",
        "threat",
        "clash",
        "operation",
    ):
        return
    for word, head in preps:
        if (
            word in ("on", "against", "upon", "targeting")
            or (word == "at" and kind_of(mention.sentence, head) == "facility")
        ) and not _is_time(head):
            mention.objects.append(head)


# ---------------------------------------------------------------- weapons and methods


def _weapons(mention: Mention) -> None:
    """Weapons in the clause, and the methods that they and the words beside the trigger tell."""
    sentence = mention.sentence
    if mention.frame.type not in ("seizure", "disarmament", "operation"):
        mention.objects = [o for o in mention.objects if base(o) not in wordlist("weapons") or kind_of(sentence, o)]
    top = mention.clause
    mention.methods |= set(mention.frame.method)
    near = (
        {t.i for t in sentence.subtree(top)}
        if top.pos in ("VERB", "AUX")
        else {t.i for t in sentence.subtree(mention.token)}
    )
    for token in sentence.tokens:
        if token.i not in near or abs(token.i - mention.token.i) > 25:
            continue
        pair = f"{sentence.tokens[token.i - 1].lower} {base(token)}" if token.i else ""
        for word in (pair, base(token), token.lower, token.lemma):
            if word in methods() and methods()[word] in METHODS:
                mention.methods.add(methods()[word])
                break
        if (
            (base(token) in wordlist("weapons") or pair in wordlist("weapons"))
            and token.dep not in ("compound", "amod")
            and token.pos in ("NOUN", "PROPN")
        ):
            if _is_seized(sentence, token):
                mention.seized.append(token)
            elif token not in mention.instruments:
                mention.instruments.append(token)


_TAKEN = frozenset("seize confiscate recover find discover impound unearth capture take intercept".split())


def _is_seized(sentence: Sentence, token: Token) -> bool:
    """Is the thing the object of a taking, also through a list ("rifles, grenades and cash")?"""
    while token.dep in ("conj", "appos") and token.head != token.i:
        token = sentence.head(token)
    if token.dep == "pobj":
        of = sentence.head(token)
        token = sentence.head(of) if of.lower in ("of", "including") else token
        while token.dep in ("conj", "appos") and token.head != token.i:
            token = sentence.head(token)
    head = sentence.head(token)
    if token.dep in ("dobj", "obj", "nsubjpass") or (token.dep == "nsubj" and head.tag == "VBN"):
        return head.lemma in _TAKEN
    return token.dep in ("nsubj", "pobj") and base(head) in ("seizure", "recovery")


# ---------------------------------------------------------------- causes


def _tie_causes(sentence: Sentence, mentions: list[Mention]) -> None:
    """Deaths and wounds belong to the act that caused them where grammar says so."""
    effects = [m for m in mentions if m.frame.consequence]
    acts = sorted(mentions, key=lambda m: (m.frame.consequence, not m.nominal))
    for mention in effects:
        mention.cause = next((o for o in acts if o is not mention and _causes(sentence, o, mention)), None)
    joined = {id(m): _joined(sentence, m, mentions) for m in effects}
    for mention in effects:
        if mention.cause is None:
            mention.cause = joined[id(mention)]
    for mention in effects:
        if mention.cause is None:
            # "Four were killed and five injured when police opened fire": what is joined to it has its cause.
            mention.cause = next(
                (o.cause for o in effects if joined[id(o)] is mention and o.cause is not mention), None
            )


def _causes(sentence: Sentence, act: Mention, effect: Mention) -> bool:
    if act.frame.type not in _CAUSES or (act.frame.consequence and act.frame.type != "killing"):
        return False
    noun, verb = act.carrier or act.token, effect.token
    if act.nominal:
        if noun.i in {t.i for t in effect.agents}:
            effect.agents = [t for t in effect.agents if t.i != noun.i]
            return True
        if (
            noun.dep == "nsubj"
            and sentence.head(noun).lemma in ("result", "lead", "leave", "cause", "end", "see")
            and sentence.head(noun) in list(sentence.ancestors(verb))
        ):
            return True
        if (
            verb.dep == "advcl"
            and sentence.head(verb) in list(sentence.ancestors(noun))
            and {m.lower for m in sentence.children(verb, "mark", "advmod")} & {"when", "as", "while"}
        ):
            return True
        if any(head.i == noun.i and word in wordlist("cause") | {"of"} for word, head in effect.preps):
            return True
        head = sentence.head(noun)
        in_effect = (
            noun.dep in ("pobj", "pcomp")
            and head.lower in wordlist("cause")
            and sentence.head(head).i in (verb.i, effect.clause.i)
        )
        return (
            in_effect
            or (verb.dep in ("relcl", "acl") and verb.head == noun.i)
            or (effect.clause.i == act.clause.i and act.clause.i != noun.i)
        )
    if verb.dep in ("advcl", "conj", "dep", "xcomp") and verb.head == noun.i:
        return not _is_act_beside(sentence, act, effect)
    thing = sentence.head(verb)
    if verb.dep == "acl" and verb.tag == "VBG" and thing.dep in ("dobj", "obj") and thing.head == noun.i:
        return not effect.agents or bool({a.i for a in effect.agents} & {a.i for a in act.agents})
    if noun.dep in ("advcl", "relcl") and noun.head == verb.i:
        marks = {t.lower for t in sentence.children(noun, "mark", "advmod")}
        return bool(marks & {"when", "as", "while"})
    return effect.clause.i == noun.i


def _is_act_beside(sentence: Sentence, act: Mention, effect: Mention) -> bool:
    """ "Four were burnt alive and two were killed in the firing": deaths told side by side, each with its own people."""
    own = effect.token.dep == "conj" and bool(sentence.children(effect.token, "nsubj", "nsubjpass"))
    return own and act.frame.consequence and act.frame.counts == effect.frame.counts


_CAUSES = frozenset(
    (
        "bombing",
        "attack",
        "clash",
        "airstrike",
        "shelling",
        "riot",
        "raid",
        "operation",
        "kidnapping",
        "hijacking",
        "killing",
        "protest",
    )
)


def _joined(sentence: Sentence, mention: Mention, mentions: list[Mention]) -> Mention | None:
    """ "killed three and wounded five", "two dead and four injured": one act's consequences."""
    for other in mentions:
        if other is mention or not other.frame.consequence or other.token.i > mention.token.i:
            continue
        if _is_act_beside(sentence, other, mention):
            continue
        token = mention.clause if mention.clause.i != mention.token.i and mention.hit.kind == "adj" else mention.token
        related = {other.token.i, other.clause.i, *(o.i for o in other.objects)}
        chain = {token.head, sentence.head(token).head}
        if token.dep in ("conj", "advcl", "ccomp", "dep", "parataxis", "appos") and chain & related:
            return other
        if sentence.head(token).i in related and token.dep in ("amod", "acl", "acomp") and mention.hit.kind == "adj":
            return other
        if other.objects and mention.objects and {o.head for o in mention.objects} & {o.i for o in other.objects}:
            return other
    return None
