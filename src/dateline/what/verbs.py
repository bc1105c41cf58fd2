"""Read a happening told by a verb, a participle or an adjective: who did it to whom."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.language.roles import base, kind_of, names_people
from dateline.model import types
from dateline.model.knowledge import english
from dateline.what.clauses import Clause, governor, read_clause
from dateline.what.frames import Frame
from dateline.what.lexicon import Hit
from dateline.what.mention import Mention, Read, is_time
from dateline.what.weapons import add_weapons
from dateline.what.words import wordlist


def read_verb(sentence: Sentence, hit: Hit) -> Read:
    """The mention of a verb, with its parties; or the name of the rule by which it tells of nothing."""
    verb, frame = hit.token, hit.frame
    if verb.pos != "VERB" and verb.tag in ("JJ", "NN", "NNS", "NNP") and verb.dep in ("amod", "compound"):
        return _read_modifier(sentence, hit)
    if verb.dep in ("amod", "compound") and verb.tag in ("VBN", "VBD"):
        return _read_modifier(sentence, hit)
    if verb.dep in ("amod", "compound"):
        return "what.verb.modifier"
    another = _another_verb(sentence, hit)
    if another is not None:
        return another
    clause = read_clause(sentence, verb, frame.transitive)
    own = {t.i for t in hit.tokens}
    clause.objects = [o for o in clause.objects if o.i not in own]
    clause.objects += _within(sentence, hit)
    mention = Mention(sentence, hit, verb, preps=clause.preps)
    # What was fired is not a target: "mortars and guns were fired".
    fired = clause.passive and any(sentence.above(t, "conj", "compound").dep == "nsubjpass" for t in hit.tokens[1:])
    subjects = [] if fired else [s for s in clause.subjects if s.i not in own]
    _assign(mention, frame, clause, subjects)
    wielders = [_wielder(sentence, a) for a in mention.agents]
    mention.means = [a for a, w in zip(mention.agents, wielders, strict=True) if w is not a]
    mention.agents = wielders
    add_weapons(mention)
    return mention


def _within(sentence: Sentence, hit: Hit) -> list[Token]:
    """People inside the trigger: those that its noun counts or that depend on it ("left seven dead", "took three nuns
    hostage", "a warrant for two men", "a charge sheet against two men")."""
    own = {t.i for t in hit.tokens}
    nouns = [t for t in hit.tokens[1:] if t.dep in ("dobj", "obj", "nsubjpass")]
    found = [c for t in nouns for c in sentence.children(t, "compound", "nmod") if c.i not in own]
    if hit.frame.counts in ("wanted", "charged"):
        led = [o for t in nouns for o in sentence.led_to(t, "for", "against")]
        led += [o for o in sentence.led_to(hit.token, "for") if base(o) in _CAPTURES]
        # "A warrant for the arrest of two men": the men are wanted.
        found += [w for o in led for w in (sentence.led_to(o, "of") if base(o) in _CAPTURES else [o])]
    # In "six other captives are held" the six are not those who were taken.
    others = [c.head for t in hit.tokens for c in sentence.children(t, "amod") if c.lower == "other"]
    counted = [t for t in hit.tokens[1:] if sentence.children(t, "nummod") and t.i not in others]
    return counted + [t for t in found if names_people(sentence, t)]


#: Nouns for the arrest that a warrant is for.
_CAPTURES = english("dateline.what", "captures")


def _another_verb(sentence: Sentence, hit: Hit) -> str | None:
    """The name of the rule by which another verb is meant ("tried to", "hang on", "demonstrated that", "fired on 1
    November"); None where this one is meant."""
    verb, last = hit.token, hit.tokens[-1]
    after = sentence.tokens[verb.i + 1].lower if verb.i + 1 < len(sentence.tokens) else ""
    if verb.lemma == "try" and after == "to":
        return "what.verb.try-to"
    own = {t.i for t in hit.tokens}
    if any(p.i not in own and p.lower not in _CLOSING for p in sentence.children(verb, "prt")):
        return "what.verb.particle"
    if are_downed(sentence, verb):
        return "what.verb.downed"
    if hit.frame.intransitive and sentence.children(verb, "dobj", "ccomp", "nsubjpass"):
        return "what.verb.with-object"
    dated = list(sentence.children(last, "pobj")) if last.pos == "ADP" and last is not verb else []
    return "what.verb.dated" if dated and all(is_time(o) for o in dated) else None


def are_downed(sentence: Sentence, verb: Token) -> bool:
    """Does the verb tell that aircraft or missiles were shot down ("shot down two drones", "of which 39 were shot
    down")?"""
    if verb.lemma not in ("shoot", "bring") or not any(
        p.lower == "down" for p in sentence.children(verb, "prt", "advmod")
    ):
        return False
    shot = sentence.children(verb, "nsubjpass", "dobj", "obj")
    if verb.dep == "relcl" and all(t.pos in ("NUM", "PRON") for t in shot):
        shot = [t for t in sentence.tokens[: verb.i] if t.pos == "NOUN" and t.dep != "compound"]
    return any(base(t) in wordlist("flown") for t in shot)


#: Particles that do not change a verb's sense ("kill off", "shoot down", "burn out"). Others do ("hang on").
_CLOSING = english("dateline.what", "closing")


def _wielder(sentence: Sentence, agent: Token) -> Token:
    """The owner of the weapon that did it ("killed by police bullets", "army shells hit the school"); else the agent
    itself."""
    if base(agent) not in wordlist("weapons"):
        return agent
    owners = sentence.children(agent, "compound", "amod", "nmod", "poss")
    return next((o for o in owners if kind_of(sentence, o) in ("state", "armed_group")), agent)


#: Prepositions between the verb of a deed and its target.
_ONTO = english("dateline.what", "onto")


def _assign(mention: Mention, frame: Frame, clause: Clause, subjects: list[Token]) -> None:
    if frame.subject == "finder":
        mention.objects = [
            w for o in (subjects if clause.passive else clause.objects) for w in _whose(mention.sentence, o)
        ]
    elif clause.passive:
        mention.objects = subjects or clause.objects
        mention.agents = clause.by
    elif frame.subject in ("victim", "target"):
        mention.objects = subjects
    elif frame.subject == "witness":
        mention.objects = [o for o in clause.objects if names_people(mention.sentence, o)]
    elif frame.subject == "instrument":
        mention.instruments = subjects
        mention.objects = clause.objects
    else:
        mention.agents = subjects
        mention.objects = clause.objects
    if not mention.objects and frame.subject == "agent" and not clause.passive:
        mention.objects = [o for o in _led_to(mention.sentence, mention.hit) if not is_time(o)]
    for word, head in clause.preps:
        if (
            word in _ONTO
            and (not clause.passive or not subjects)
            and frame.type in types.STRIKING
            and not frame.consequence
        ):
            if not is_time(head):
                mention.objects.append(head)
        elif (word == "with" and frame.type == "clash") or (word == "against" and frame.counts == "charged"):
            mention.objects.append(head)
    if frame.type == "sanction":
        mention.objects = _sanctioned(mention) or mention.objects


def _sanctioned(mention: Mention) -> list[Token]:
    """People after the trigger's preposition ("imposed sanctions on five men")."""
    led = [o for t in mention.hit.tokens for o in mention.sentence.led_to(t, "on", "against")]
    return [o for o in led if not is_time(o)]


def _led_to(sentence: Sentence, hit: Hit) -> list[Token]:
    """What follows the preposition at the end of a trigger ("set fire to a school")."""
    last = hit.tokens[-1]
    return sentence.children(last, "pobj") if last.pos == "ADP" and last is not hit.token else []


def _whose(sentence: Sentence, found: Token) -> list[Token]:
    """The people whose bodies were found ("the bodies of 12 men"); other nouns stand for themselves."""
    if base(found) not in wordlist("bodies"):
        return [found]
    return [o for o in sentence.led_to(found, "of") if names_people(sentence, o)] or [found]


def _read_modifier(sentence: Sentence, hit: Hit) -> Read:
    """The mention of a participle before a noun that names the people concerned ("the kidnapped priest"); or the name
    of the rule by which it tells of nothing."""
    head = sentence.head(hit.token)
    if hit.frame.type not in types.UNDERGONE or not names_people(sentence, head):
        return "what.verb.participle"
    return Mention(sentence, hit, governor(sentence, head), objects=_whose(sentence, head))


def read_adjective(sentence: Sentence, hit: Hit) -> Read:
    """The mention of an adjective for the people it describes ("three were dead", "three dead"); or the name of the
    rule by which it tells of nothing."""
    token = hit.token
    head = sentence.head(token)
    figure = sentence.tokens[token.i - 1] if token.i else token
    if (
        figure.pos == "NUM"
        and figure.dep in ("appos", "nummod", "dep")
        and token.dep in ("acomp", "amod", "advcl", "conj")
    ):
        return Mention(sentence, hit, governor(sentence, token), objects=[figure])  # "shells hit Kherson, two dead"
    subjects = sentence.children(head, "nsubj", "nsubjpass") if token.dep in ("acomp", "oprd", "attr") else []
    if token.dep == "oprd" or (token.dep in ("acomp", "ccomp", "xcomp") and head.lemma == "leave"):
        subjects = sentence.children(head, "dobj") or sentence.children(token, "nsubj") or subjects
    if token.dep in ("amod", "acl", "relcl", "appos") or (not subjects and head.pos in ("NOUN", "NUM", "PROPN")):
        subjects = [head]
    counted = sentence.children(token, "nummod")
    if counted and (not subjects or token.text in ("KIA", "WIA")):
        subjects = [token] if token.text not in ("KIA", "WIA") else counted[:1]
    mention = Mention(
        sentence,
        hit,
        governor(sentence, token),
        objects=[s for s in subjects if s.lower not in ("it", "which")],
    )
    return mention if mention.objects else "what.adjective.of-nobody"
