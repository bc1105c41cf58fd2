"""Status: did it happen? Decided by the happening's own words, by its clause (verdict.py), and by the words above it in
the parse (hanging.py)."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.trace import is_traced, note
from dateline.model.vocabulary import Status
from dateline.says.cues import cue, governing
from dateline.says.hanging import hung_on
from dateline.says.verdict import Standing, is_infinitive, of_verb, word_of_none

#: The status that a word before a noun gives to it ("foiled attack"): key of cues.yaml -> status, and the rule's name.
_QUALIFIED: dict[str, tuple[Status, str]] = {
    "noun_attempted": ("attempted", "says.attempted.qualified"),
    "noun_foiled": ("foiled", "says.foiled.qualified"),
    "noun_planned": ("planned", "says.planned.qualified"),
    "noun_possible": ("hypothetical", "says.hypothetical.qualified"),
}
_GIVEN = english("dateline.says", "given")


def standing(sentence: Sentence, trigger: Token, clause: Token, nominal: bool) -> Standing:
    """Decide the standing of a happening. `trigger` is its word, `clause` the verb of its clause, `nominal` whether the
    trigger is a noun. The rule that decided leaves a note."""
    found = _decided(sentence, trigger, clause, nominal)
    if is_traced():
        by = f', by "{found.cue.text}"' if found.cue is not None else ""
        general = ", a general statement" if found.general else ""
        note(found.rule, found.cue or trigger, f"{trigger.text}: {found.status}{by}{general}")
    return found


def _decided(sentence: Sentence, trigger: Token, clause: Token, nominal: bool) -> Standing:
    """Ask in this order: the happening's own words; its verb; the words above that verb. Where nothing is found, the
    happening is a plain fact."""
    own = _of_noun(sentence, trigger) if nominal else _of_participle(sentence, trigger)
    if own is not None:
        return own
    start = trigger if nominal and not _carried(sentence, trigger, clause) else clause
    found = of_verb(sentence, start) if start.pos in ("VERB", "AUX") else None
    found = found or hung_on(sentence, start, trigger if nominal else None)
    if found is not None:
        return found
    if nominal and _is_aside(sentence, trigger):
        return Standing("occurred", rule="says.occurred.aside")
    return _plain(sentence, start)


def _carried(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Does the noun share the standing of the verb? It does as the verb's subject or object, and after "there is"
    ("there was no attack")."""
    if verb.lemma in cue("ending"):
        return False
    if noun.dep == "attr" and noun.head == verb.i and sentence.children(verb, "expl"):
        return True
    return noun.dep in ("dobj", "obj", "nsubj", "nsubjpass") and noun.head == verb.i and not _is_given(sentence, noun)


def _is_given(sentence: Sentence, noun: Token) -> bool:
    """Does the report treat the happening as known ("the blast was not heard")? A verb that does not say whether it
    came about then denies nothing of it."""
    known = any(d.lower in _GIVEN for d in sentence.children(noun, "det", "poss"))
    return known and _is_aside(sentence, noun)


def _is_aside(sentence: Sentence, noun: Token) -> bool:
    """Does the verb only say something about a happening ("police are investigating a shooting"), and not whether it
    came about?"""
    verb = sentence.head(noun)
    told = verb.lemma in cue("befalling") or governing(verb) is not None
    return noun.dep in ("nsubj", "nsubjpass", "dobj", "obj") and verb.pos == "VERB" and not told


#: Determiners of no particular happening ("any attack").
_OF_NONE = english("dateline.says", "of_none")


def _of_noun(sentence: Sentence, noun: Token) -> Standing | None:
    """The standing by the words before a noun, or by signs that the report treats it as known."""
    for child in sentence.children(noun):
        if child.dep in ("det", "neg") and child.lower in _OF_NONE:
            if child.lower == "no":
                return Standing("denied", child, rule="says.denied.no")
            return Standing("hypothetical", child, True, "says.hypothetical.any")
        if child.dep in ("amod", "compound", "nmod"):
            for name, (status, rule) in _QUALIFIED.items():
                if child.lower in cue(name):
                    return Standing(status, child, rule=rule)
    trend = _trend(sentence, noun)
    if trend is not None:
        return Standing("hypothetical", trend, True, "says.hypothetical.trend")
    if _is_given(sentence, noun):
        return Standing("occurred", rule="says.occurred.given")
    if _is_carried_as_known(sentence, noun):
        return Standing("occurred", rule="says.occurred.named")
    return _might_have_been(sentence, noun)


def _trend(sentence: Sentence, noun: Token) -> Token | None:
    """Find a verb that says only that there are more or fewer of many happenings ("has stepped up its attacks",
    "attacks have surged"). None where the happenings are counted, or the verb has a day."""
    verb = sentence.head(noun)
    words = f"{verb.lemma} {' '.join(c.lower for c in sentence.children(verb, 'prt'))}".strip()
    role = "more_of" if noun.dep in ("dobj", "obj", "nsubjpass") else "there_are_more" if noun.dep == "nsubj" else None
    if role is None or verb.pos != "VERB" or noun.tag != "NNS" or words not in cue(role):
        return None
    counted = sentence.children(noun, "nummod", "quantmod") or any(t.pos == "NUM" for t in sentence.subtree(verb))
    return None if counted or any(t.lower in cue("days") for t in sentence.subtree(verb)) else verb


def _is_carried_as_known(sentence: Sentence, noun: Token) -> bool:
    """Does a decision or order lead to a happening with a name ("the decision to carry out the Easter attacks")? Then
    it was carried out."""
    known = any(d.lower == "the" for d in sentence.children(noun, "det"))
    named = any(c.pos == "PROPN" for c in sentence.children(noun, "compound", "nmod"))
    verb = sentence.head(noun)
    decided = verb.dep == "acl" and sentence.head(verb).lemma in ("decision", "order")
    return known and named and decided and noun.dep == "dobj"


def _might_have_been(sentence: Sentence, noun: Token) -> Standing | None:
    """A happening that only could have been is hypothetical ("it could have been one of the deadliest attacks")."""
    top = noun
    while top.dep in ("pobj", "prep") and top.head != top.i:
        top = sentence.head(top)
    verb = sentence.head(top)
    words = {c.lower: c for c in sentence.children(verb, "aux")}
    modal = next((words[w] for w in ("could", "would", "might") if w in words), None)
    if top.dep != "attr" or modal is None or "have" not in words:
        return None
    return Standing("hypothetical", modal, rule="says.hypothetical.might-have-been")


def _of_participle(sentence: Sentence, verb: Token) -> Standing | None:
    """A participle that describes somebody known is a fact, whatever the main verb says of them ("the two men arrested
    in Garissa"). A participle that describes nobody ("no men arrested") is denied."""
    if verb.head == verb.i or verb.tag not in ("VBN", "VBD", "JJ") or verb.dep not in ("amod", "acl"):
        return None
    if verb.dep == "acl" and sentence.children(verb, "nsubj", "nsubjpass", "mark", "aux"):
        return None
    noun = sentence.head(verb)
    none = word_of_none(sentence, noun)
    if none is not None:
        return Standing("denied", none, rule="says.denied.participle")
    given = noun.tag == "NNP" or any(
        c.lower in _GIVEN or c.dep == "nummod" for c in sentence.children(noun, "det", "poss", "nummod")
    )
    # "A jailed leader" is somebody who is in jail: a fact, too.
    given = given or (verb.dep == "amod" and any(c.lower in ("a", "an") for c in sentence.children(noun, "det")))
    told = given and noun.pos in ("NOUN", "PROPN")
    return Standing("occurred", rule="says.occurred.participle") if told else None


def _plain(sentence: Sentence, verb: Token) -> Standing:
    """The standing where nothing speaks against a fact: it occurred, it goes on ("are fighting"), or it is only asked
    for ("to kill them all")."""
    if verb.tag == "VBG" and any(c.lower in ("is", "are", "'s", "’re", "'re") for c in sentence.children(verb, "aux")):
        return Standing("ongoing", verb, rule="says.ongoing.progressive")
    bare = verb.tag == "VB" and not sentence.children(verb, "nsubj", "nsubjpass", "csubj")
    if bare and verb.head == verb.i and (is_infinitive(sentence, verb) or sentence.kind == "body"):
        return Standing("planned", verb, rule="says.planned.asked-for")
    return Standing("occurred", rule="says.occurred.plain")
