"""Find the subjects, objects and other parties around a verb or a noun, through voice, control and coordination."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.language import Sentence, Token
from dateline.language.roles import names_people
from dateline.model.knowledge import english
from dateline.what.words import wordlist

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
#: Verbs of stopping: their subject does not do what is stopped ("police thwarted a plot to bomb a church").
_STOPPING = english("dateline.what", "stopping")
_RELATIVE = english("dateline.what", "relative")


#: Verbs with an object that does what follows ("prompting the police to open fire").
_MAKING = english("dateline.what", "making")
#: Verbs of preventing: their object would have done it ("prevented the mob from lynching two men").
_HOLDING_BACK = english("dateline.what", "holding_back")
#: Verbs of accusing: others did what follows "of", "with" or "for".
ACCUSING = english("dateline.what", "accusing")
_REFLEXIVE = wordlist("reflexive")


@dataclass(slots=True)
class Clause:
    """The parties around a trigger, as head tokens of their phrases. `by`: those after "by"; `preps`: pairs of a
    preposition and the head after it."""

    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    by: list[Token] = field(default_factory=list)
    preps: list[tuple[str, Token]] = field(default_factory=list)
    passive: bool = False


def read_clause(sentence: Sentence, verb: Token, transitive: bool) -> Clause:
    """Read the clause of a verb. Where `transitive` and without an object, the verb counts as passive if its form
    allows it."""
    clause = Clause()
    clause.objects = [o for one in sentence.children(verb, "dobj", "obj") for o in _others(sentence, one)]
    clause.objects = _without_strays(sentence, verb, clause.objects) or _said_of(sentence, verb)
    clause.by = sentence.done_by(verb)
    clause.preps = [
        (p.lower, o) for p in sentence.children(verb, "prep", "dative") for o in sentence.children(p, "pobj")
    ]
    clause.passive = sentence.is_passive(verb) or bool(clause.by)
    clause.subjects = _subjects(sentence, verb, clause)
    if clause.passive:
        clause.subjects = [*clause.subjects, *_along_with(sentence, verb)]
    if not clause.passive and verb.tag == "VBN" and verb.dep in ("acl", "relcl") and not clause.objects:
        clause.passive = True
    beside = _said_with(sentence, verb)
    if beside:
        clause.subjects, clause.passive = beside, True
    if clause.passive and not clause.subjects and verb.dep not in ("relcl", "acl", "conj", "xcomp", "amod"):
        clause.subjects = _lost_subject(sentence, verb)
    if not clause.objects and verb.dep != "conj":
        clause.objects = _shared_object(sentence, verb, clause.passive)
    reduced = verb.tag in ("VBN", "VBD") and not sentence.children(verb, "aux")
    if transitive and reduced and not clause.passive and not clause.objects and clause.subjects:
        # "3 killed in Kabul", "an officer wounded": a verb that needs an object and has none is a passive.
        clause.passive = True
    if clause.passive and not clause.by:
        clause.by = [o for p, o in clause.preps if p == "by"]
    return clause


def _along_with(sentence: Sentence, verb: Token) -> list[Token]:
    """People named with "along with" the subject of a passive ("four members, along with the governor, were
    captured")."""
    along = [p for p in sentence.children(verb, "prep", "advmod") if p.lower in ("along", "together")]
    return [o for p in along for w in sentence.children(p, "prep") for o in sentence.children(w, "pobj")]


def _said_with(sentence: Sentence, verb: Token) -> list[Token]:
    """People after "with" and before a participle, wherever the parse attaches them ("six were killed with two others
    and a guard injured")."""
    reduced = (
        verb.tag in ("VBN", "VBD") and verb.dep == "advcl" and not sentence.children(verb, "aux", "auxpass", "mark")
    )
    head = sentence.head(verb)
    if not reduced or verb.i < head.i:
        return []
    withs = [p for p in sentence.children(head, "prep") if p.lower == "with" and head.i < p.i < verb.i]
    found = [one for p in withs for o in sentence.children(p, "pobj") for one in sentence.conjuncts(o)]
    return found if found and found[-1].i == verb.i - 1 else []


def _without_strays(sentence: Sentence, verb: Token, objects: list[Token]) -> list[Token]:
    """The objects without those after a preposition that a parser attaches to the participle of a headline ("man
    arrested over plot to bomb embassy")."""
    headline = not sentence.text.rstrip().endswith((".", "!", "?"))
    reduced = verb.tag == "VBN" and not sentence.children(verb, "aux", "auxpass")
    if not headline or not reduced or not sentence.children(verb, "nsubj"):
        return objects
    preps = [p.i for p in sentence.children(verb, "prep") if p.i > verb.i]
    return [o for o in objects if not any(verb.i < p < o.i for p in preps)]


#: Participles that describe what was found or seized; parsers take them for a clause of their own.
_SAYING_OF = english("dateline.what", "saying_of")


def _said_of(sentence: Sentence, verb: Token) -> list[Token]:
    """The object that such a participle describes ("discovered ammunition believed to belong to the group")."""
    for clause in sentence.children(verb, "ccomp"):
        whole = sentence.children(clause, "aux", "auxpass", "mark")
        if clause.lemma in _SAYING_OF and clause.tag in ("VBD", "VBN") and not whole:
            return sentence.children(clause, "nsubj", "nsubjpass")
    return []


def _others(sentence: Sentence, head: Token) -> list[Token]:
    """The object itself, or its conjuncts where it is the subject again: the guards of "himself and two guards"."""
    return sentence.children(head, "conj") if head.lower in _REFLEXIVE else [head]


def _lost_subject(sentence: Sentence, verb: Token) -> list[Token]:
    """The subject of a passive that the parse gave none: one that it attached to an earlier participle ("weapons
    obtained there were seized"), or the people with a number before the verb."""
    for participle in sentence.children(verb, "advcl"):
        if participle.tag == "VBN" and participle.i < verb.i and sentence.children(participle, "nsubj"):
            return sentence.children(participle, "nsubj")
    counted = [t for t in sentence.tokens[: verb.i] if names_people(sentence, t) and sentence.children(t, "nummod")]
    return [t for t in counted if t.lower not in wordlist("times")][:1]


def _subjects(sentence: Sentence, verb: Token, clause: Clause) -> list[Token]:
    own = sentence.children(verb, *_SUBJECTS)
    if own:
        return [_antecedent(sentence, verb, s) for s in own]
    if verb.dep in ("relcl", "acl") and verb.head != verb.i:
        head = sentence.head(verb)
        if verb.dep == "acl" and verb.tag == "VBN" and not clause.objects:
            clause.passive = True
        if verb.dep == "acl" and verb.tag in ("VB", "TO"):
            return _subjects(sentence, sentence.head(verb), Clause()) if head.pos == "VERB" else []
        if verb.tag == "VBG" and head.dep in ("dobj", "obj") and not names_people(sentence, head) and clause.objects:
            # In "fired 40 rounds, killing two" parsers attach the killing to the rounds.
            return _subjects(sentence, sentence.head(head), Clause())
        if head.pos not in ("VERB", "AUX"):
            return _all_counted(sentence, head) if verb.dep == "acl" and verb.tag in ("VBN", "VBD") else [head]
    if verb.dep in ("conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep") and verb.head != verb.i:
        return _borrowed(sentence, verb, clause)
    return []


def _all_counted(sentence: Sentence, last: Token) -> list[Token]:
    """All items of a list where the verb is attached to the last one ("two soldiers and a civilian killed in a
    blast")."""
    first = sentence.above(last, "conj")
    above = sentence.head(first)
    there = first.dep == "attr" and sentence.children(above, "expl")
    beside = first.dep == "pobj" and above.lower == "with" and sentence.head(above).pos == "VERB"
    listed = first.dep == "ROOT" or there or beside
    return sentence.conjuncts(first) if listed and first is not last else [last]


#: Verbs that, in the passive, have a subject that does what follows ("were ordered to fire").
_SENDING = english("dateline.what", "sending")
#: Prepositions between the accused and the deed.
_AFTER_ACCUSING = english("dateline.what", "after_accusing")


def _borrowed(sentence: Sentence, verb: Token, clause: Clause) -> list[Token]:
    """The subject of the verb above this one ("attacked the post and killed", "managed to arrest", ", killing
    three")."""
    head = sentence.head(verb)
    if verb.dep == "pcomp" and head.pos == "ADP" and head.head != head.i:
        word, head = head.lower, sentence.head(head)
        if word == "from" and head.lemma in _HOLDING_BACK:
            return sentence.children(head, "dobj", "nsubjpass")
        if word == "by" and sentence.is_passive(head):
            return []  # "three were killed by shelling": who shelled is not told
        if word in _AFTER_ACCUSING and head.lemma in ACCUSING:
            # The subject accuses somebody else; coding/blame.py finds the accused.
            return []
    if head.pos not in ("VERB", "AUX"):
        return []
    if verb.dep in ("advcl", "xcomp") and verb.tag == "VB" and head.lemma in _STOPPING:
        return []
    if verb.dep == "xcomp" and sentence.children(head, "dobj") and head.lemma in _MAKING:
        return sentence.children(head, "dobj")
    outer = Clause(passive=sentence.is_passive(head))
    found = _subjects(sentence, head, outer)
    if verb.dep == "conj" and verb.tag == "VBN" and outer.passive and not clause.objects:
        clause.passive = True
    elif verb.dep == "conj" and outer.passive and clause.objects:
        # "was attacked and five people were killed": another subject, which the parse did not find
        return []
    if verb.dep == "xcomp" and outer.passive and head.lemma in _SENDING:
        return found
    if verb.dep in ("advcl", "conj", "dep") and outer.passive and clause.objects and verb.tag == "VBG":
        return sentence.children(head, "nsubjpass")
    return found


def _antecedent(sentence: Sentence, verb: Token, subject: Token) -> Token:
    """The noun that "who" or "which" stands for: the one above the relative clause."""
    if subject.lower in _RELATIVE and verb.dep == "relcl" and verb.head != verb.i:
        return sentence.head(verb)
    return subject


def _shared_object(sentence: Sentence, verb: Token, passive: bool) -> list[Token]:
    """The object that a verb shares with the verb after it ("kidnapped and killed two men"), or the noun above its
    relative clause."""
    if passive:
        return []
    for joined in sentence.children(verb, "conj"):
        found = sentence.children(joined, "dobj", "obj")
        if found and not sentence.children(joined, *_SUBJECTS) and joined.i - verb.i <= 4:
            return found
    if verb.dep == "relcl" and verb.head != verb.i and sentence.children(verb, "nsubj"):
        subject = sentence.children(verb, "nsubj")[0]
        if subject.lower not in _RELATIVE:
            return [sentence.head(verb)]
    return []


def governor(sentence: Sentence, token: Token) -> Token:
    """The verb of the clause in which a noun stands; the noun itself where there is none."""
    for ancestor in sentence.ancestors(token):
        if ancestor.pos in ("VERB", "AUX"):
            return ancestor
    return token
