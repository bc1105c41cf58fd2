"""Read a happening told by a noun: the verb that carries it, and the parties around it."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of, names_people
from dateline.model import types
from dateline.model.knowledge import english
from dateline.what.clauses import governor, read_clause
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.mention import Mention, Read, is_time
from dateline.what.weapons import add_weapons
from dateline.what.words import methods, wordlist


def read_noun(sentence: Sentence, hit: Hit, heads: set[int]) -> Read:
    """The mention of a noun, with its parties; or the name of the rule by which it tells of nothing. `heads`: the
    indexes of the sentence's triggers."""
    noun, frame = hit.token, hit.frame
    if noun.dep in ("compound", "nmod", "amod") and noun.head != noun.i:
        head = sentence.head(noun)
        if head.i in heads:
            return "what.noun.before-trigger"
        if not frame.strong:
            return "what.noun.before-noun"
        return Mention(sentence, hit, governor(sentence, head), carrier=head, pointer=True)
    if noun.dep == "dobj" and sentence.head(noun).lemma == "use" and not sentence.children(noun, "det"):
        return "what.noun.used"  # "using attack and fighter aircraft"
    carrier = _carrier(sentence, noun)
    verb, light = _support(sentence, carrier)
    mention = Mention(
        sentence, hit, verb or governor(sentence, noun), light=light, told=verb is not None, carrier=carrier
    )
    _beside_the_noun(mention, noun, carrier)
    if verb is not None and not light:
        mention.objects += _hit(sentence, verb)
    own = {t.i for t in hit.tokens if kind_of(sentence, t) == "facility"}  # "house arrest"
    for child in (c for c in sentence.children(noun) if c.i not in own):
        _party_of_noun(mention, frame, child)
    if verb is not None and frame.type == "threat":
        to = [p for p in sentence.children(verb, "prep", "dative") if p.lower == "to"]
        mention.objects += [o for p in to for o in sentence.children(p, "pobj")]
    if verb is not None and light:
        _from_the_verb(mention, verb, carrier)
    if is_toll(noun):
        mention.agents, mention.objects = [], _tolled(sentence, noun)
    add_weapons(mention)
    return mention


def _beside_the_noun(mention: Mention, noun: Token, carrier: Token) -> None:
    """Add the parties that follow from the noun's place in the sentence: who does it, or who undergoes it."""
    sentence = mention.sentence
    if carrier is not noun and noun.dep == "acl":
        mention.agents.append(carrier)
    if noun.dep == "pcomp":
        mention.agents += [s for s in sentence.children(noun, "nsubj") if kind_of(sentence, s)]
    if noun.dep == "dobj" and sentence.head(noun).lemma in _LIVING_ON and mention.frame.counts != "killed":
        mention.objects += sentence.children(sentence.head(noun), "nsubj")
    if mention.frame.subject == "victim" and not is_toll(noun):
        mention.objects += [t for t in _sufferers(sentence, noun) if names_people(sentence, t)]
    mention.objects += _held_under(sentence, noun)
    mention.agents += _answering(sentence, noun)
    for told in sentence.children(noun, "acl"):
        # "an operation conducted by coalition forces"
        if told.tag == "VBN" and _is_light(sentence, told):
            mention.agents += sentence.done_by(told)
        if told.tag == "VBN" and told.lemma in _AIMING:
            mention.objects += sentence.led_to(told)


#: Nouns that, after "under" or "in", mean that somebody is held ("in custody").
_HELD = english("dateline.what", "held")


def _held_under(sentence: Sentence, noun: Token) -> list[Token]:
    """People who are under arrest ("two ministers are under house arrest"), or are held so ("soldiers hold two
    ministers under house arrest")."""
    under = sentence.head(noun)
    if noun.dep != "pobj" or under.lower not in ("under", "in") or noun.lemma not in _HELD:
        return []
    above = sentence.head(under)
    if above.pos not in ("VERB", "AUX"):
        return [above] if names_people(sentence, above) else []
    clause = read_clause(sentence, above, False)
    held = clause.objects if clause.objects and not clause.passive else clause.subjects
    return [t for t in held if names_people(sentence, t)]


#: Participles of aiming: what follows is the target ("bombings targeted at the army", "an attack aimed at the police").
_AIMING = english("dateline.what", "aiming")
#: Verbs of surviving: their subject was the target ("survived an assassination attempt").
_LIVING_ON = english("dateline.what", "living_on")


#: Verbs of answering: their subject does what follows "with" ("retaliated with an attack").
_ANSWERING = english("dateline.what", "answering")


def _answering(sentence: Sentence, noun: Token) -> list[Token]:
    """Those who answer with an act: they are its agents ("Israel responded with air strikes")."""
    word = sentence.head(noun)
    verb = sentence.head(word)
    answers = noun.dep == "pobj" and word.lower == "with" and verb.lemma in _ANSWERING
    return sentence.children(verb, "nsubj") if answers else []


def _from_the_verb(mention: Mention, verb: Token, carrier: Token) -> None:
    """Add the parties of the verb that carries a noun ("rebels carried out the attack", "the raid was conducted by
    police")."""
    clause = read_clause(mention.sentence, verb, False)
    if clause.passive:
        mention.agents += clause.by
    elif carrier.dep in ("dobj", "pobj", "obj"):
        mention.agents += [s for s in clause.subjects if s.i not in (mention.token.i, carrier.i)]
    mention.preps += clause.preps
    _targets(mention, clause.preps)


def is_toll(noun: Token) -> bool:
    """Does a noun mean a figure of what was told before ("the death toll")?"""
    return noun.lemma == "toll"


def _tolled(sentence: Sentence, noun: Token) -> list[Token]:
    """The token with the figure of a toll ("a toll of 12", "the toll rose to 12", "put the toll at 12", "the toll
    reached 12")."""
    verb = sentence.head(noun)
    preps = [p for p in sentence.children(noun, "prep") if p.lower == "of"]
    if noun.dep in ("nsubj", "nsubjpass", "dobj", "obj") and verb.pos in ("VERB", "AUX"):
        aside = sentence.children(verb, "advmod", "prt")  # "revised down to 17"
        preps += [p for v in (verb, *aside) for p in sentence.children(v, "prep") if p.lower in _REACHING]
    found = [o for p in preps for o in sentence.children(p, "pobj")]
    if noun.dep in ("nsubj", "nsubjpass"):
        found += sentence.children(verb, "dobj", "attr")
    return [o for o in found if o.pos == "NUM" or sentence.children(o, "nummod")][:1]


_REACHING = english("dateline.what", "reaching")


def _sufferers(sentence: Sentence, noun: Token) -> list[Token]:
    """People who have a wound or are in a condition ("four are in stable condition", "found two men with gunshot
    wounds")."""
    if noun.dep in ("dobj", "obj"):
        verb = sentence.head(noun)
        return read_clause(sentence, verb, False).subjects if verb.lemma in _SUFFERING else []
    if noun.dep != "pobj":
        return []
    above = sentence.head(sentence.head(noun))
    while above.dep == "conj" and above.pos not in ("VERB", "AUX"):
        above = sentence.head(above)
    if above.pos not in ("VERB", "AUX"):
        return [above]
    clause = read_clause(sentence, above, False)
    return clause.objects if clause.objects and not clause.passive else clause.subjects


_SUFFERING = english("dateline.what", "suffering")


def _hit(sentence: Sentence, verb: Token) -> list[Token]:
    """What a blast or a strike hits ("strikes engaged a unit; destroyed two buildings and damaged a road")."""
    hitting = [v for v in sentence.conjuncts(verb) if v.lemma in wordlist("hitting")]
    found = [one for v in hitting for o in sentence.children(v, "dobj") for one in sentence.conjuncts(o)]
    return [o for o in found if not is_time(o)]


def _carrier(sentence: Sentence, noun: Token) -> Token:
    """The noun that takes the trigger's place in the clause: "series" in "a series of airstrikes"; else the trigger."""
    head = sentence.head(noun)
    if noun.dep == "acl" and head.i == noun.i - 1 and kind_of(sentence, head) in ("state", "armed_group"):
        return head
    if noun.dep == "pobj" and head.lower == "of":
        outer = sentence.head(sentence.head(noun))
        if {outer.lower, outer.lemma} & wordlist("transparent") or outer.pos == "NUM":
            return outer
    return noun


#: Verbs of taking part: their subject does what follows "in" ("participated in").
_JOINING = english("dateline.what", "joining")


def _support(sentence: Sentence, noun: Token) -> tuple[Token | None, bool]:
    """The verb that carries the noun's happening, and whether the verb's agent is the doer."""
    head = sentence.head(noun)
    if noun.dep in ("dobj", "obj", "nsubjpass") and head.lemma in wordlist("speaking"):
        return head, False
    if noun.dep in ("dobj", "obj") and head.pos == "VERB":
        return (head, True) if _is_light(sentence, head) else (None, False)
    if noun.dep == "nsubjpass" and _is_light(sentence, head):
        return head, True
    if noun.dep == "nsubj" and head.pos == "VERB":
        return head, False
    if noun.dep == "pobj" and head.head != head.i and sentence.head(head).lemma in _JOINING:
        return sentence.head(head), True
    return None, False


def _is_light(sentence: Sentence, verb: Token) -> bool:
    """Does the verb only say that the noun's happening was done ("launch", "carry out")?"""
    phrasal = " ".join([verb.lemma, *(p.lower for p in sentence.children(verb, "prt"))])
    return not wordlist("light").isdisjoint((verb.lemma, phrasal))


#: Ordinals that compare a happening with others.
_ORDINALS = english("dateline.what", "ordinals")


def _ranks(mention: Mention) -> bool:
    """Does a noun have an owner who only ranks it ("Kenya's deadliest attack")? The owner is then not the agent."""
    words = mention.sentence.children(mention.token, "amod", "compound")
    most = [c for w in words for c in mention.sentence.children(w, "advmod")]
    return any(w.tag == "JJS" or w.lower in _ORDINALS for w in words) or any(c.tag == "RBS" for c in most)


def _party_of_noun(mention: Mention, frame: Frame, child: Token) -> None:
    if child.dep in ("prep", "agent"):
        _parties_of_preposition(mention, frame, child)
    elif is_time(child):
        return
    elif child.dep == "poss" and not _ranks(mention):
        (mention.agents if frame.poss == "agent" else mention.objects).append(child)
    elif child.dep in ("compound", "amod", "nmod") and child.pos == "ADJ":
        national = frame.type in types.NATIONAL or base(mention.token) in wordlist("volleys")
        if national and child.text[:1].isupper():
            mention.agents.append(child)  # "Israeli raids"
    elif child.dep in ("compound", "amod", "nmod") and child.pos in ("NOUN", "PROPN"):
        if mention.sentence.tokens[child.i + 1].text == "-":
            return  # "a van-and-knife attack": the method
        kind = kind_of(mention.sentence, child)
        unknown_doer = child.pos == "PROPN" and child.lower not in methods() and frame.poss == "agent"
        if kind in ("state", "armed_group", "suspect"):
            mention.agents.append(child)
        elif kind in ("facility", "civilian", "organisation"):
            mention.objects.append(child)
        elif unknown_doer:
            mention.agents.append(child)


def _parties_of_preposition(mention: Mention, frame: Frame, child: Token) -> None:
    """Add the parties after a preposition ("by the rebels", "of two men", "between soldiers and police")."""
    found = [(child.lower, o) for o in mention.sentence.children(child, "pobj")]
    mention.preps += found
    _targets(mention, found)
    for word, head in found:
        if word == "by" or (word == "between" and frame.type == "clash"):
            mention.agents.append(head)
        elif word == "of" and not is_time(head):
            (mention.agents if frame.of == "agent" or _bombs(mention, head) else mention.objects).append(head)
        elif (word == "with" and frame.type == "clash") or (word in ("for", "against") and frame.type == "warrant"):
            mention.objects.append(head)


def _bombs(mention: Mention, head: Token) -> bool:
    """Does "of" lead to those who bomb from the air ("the bombings of the government's air force"), and not to the
    target?"""
    before = mention.sentence.tokens[head.i - 1].lower if head.i else ""
    flies = base(head) in wordlist("kills_as_airstrike") or (before == "air" and base(head) == "force")
    return flies and mention.frame.type in types.EXPLOSIVE


#: Prepositions between the noun of a deed and its target.
_UPON = english("dateline.what", "upon")


def _targets(mention: Mention, preps: list[tuple[str, Token]]) -> None:
    if mention.frame.type not in types.AIMED:
        return
    for word, head in preps:
        at = word == "at" and kind_of(mention.sentence, head) == "facility"
        if (word in _UPON or at) and not is_time(head):
            mention.objects += _living(mention.sentence, head) or [head]


def _living(sentence: Sentence, head: Token) -> list[Token]:
    """The people that "life" belongs to ("an attack on his life", "on the life of the governor")."""
    if head.lemma != "life":
        return []
    return sentence.led_to(head, "of") + sentence.children(head, "poss")
