"""Find who is said to have done something ("claimed responsibility for the attack", "held the group responsible for the
killing", "blamed the rebels for the raid", "are to blame for it", "attributed the bombing to the group")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.language import Sentence, Token
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.says import is_negated, word_of_none
from dateline.what import ACCUSING, Mention

_TAKES = english("dateline.coding", "takes_blame")
_HOLDS = english("dateline.coding", "holds_responsible")
_BLAMES = english("dateline.coding", "blames")
_GIVES = english("dateline.coding", "gives_blame")
#: Verbs that link somebody to a deed, with their preposition ("linked him to the killing").
_BINDS = {"link": "to", "tie": "to", "connect": "to", "implicate": "in"}


@dataclass(frozen=True, slots=True)
class Blame:
    """Blame for a deed. `rule`: the name of the rule that found it; `who`: head tokens of those who are blamed; `by`:
    head tokens of those who blame them; `own`: they claim it themselves."""

    rule: str
    who: list[Token]
    by: list[Token] = field(default_factory=list)
    own: bool = False


def blamed(mention: Mention) -> Blame | None:
    """Find whom the sentence blames for a happening: one that a noun names, or what somebody is accused of doing. None
    where it blames nobody, or says that nobody is to blame."""
    sentence = mention.sentence
    blame = _of_noun(sentence, mention.token) if mention.nominal else _accused(sentence, mention.token)
    if blame is None:
        return None
    if any(_is_spared(sentence, who) for who in blame.who):
        note("coding.blame.nobody", mention.token, "nobody did it, as far as is told")
        return None
    note(blame.rule, mention.token, _in_words(blame))
    return blame


def _in_words(blame: Blame) -> str:
    """Who is blamed and by whom, in the words of a note."""
    who, by = (", ".join(t.text for t in tokens) for tokens in (blame.who, blame.by))
    return f"{who}, by {'themselves' if blame.own else by or 'nobody named'}"


def _is_spared(sentence: Sentence, who: Token) -> bool:
    """Do the words deny that somebody is to blame ("no group claimed it", "police did not blame the rebels")?"""
    return word_of_none(sentence, who) is not None or is_negated(sentence, sentence.head(who))


def _of_noun(sentence: Sentence, noun: Token) -> Blame | None:
    noun = sentence.above(noun, "conj")
    above = sentence.head(noun)
    if noun.dep in ("dobj", "nsubjpass") and above.lemma in _GIVES:
        return _blame("coding.blame.attributed", sentence.led_to(above, "to"), sentence.children(above, "nsubj"))
    if noun.dep in ("dobj", "nsubjpass") and above.lemma == "claim":
        return _blame("coding.blame.claimed", sentence.children(above, "nsubj") + sentence.done_by(above), own=True)
    if noun.dep == "pobj" and above.lower in _BINDS.values():
        return _bound(sentence, above)
    if noun.dep != "pobj" or above.lower not in ("for", "of"):
        return None
    return _answerable(sentence, sentence.head(above))


def _bound(sentence: Sentence, preposition: Token) -> Blame | None:
    """Whom somebody links to a deed ("the president linked the general to the murder"); None where nobody is said to do
    so."""
    verb = sentence.head(preposition)
    if verb.dep in ("dobj", "nsubjpass") and sentence.head(verb).pos == "VERB":
        # Parsers may attach "to the murder" to the general.
        verb = sentence.head(verb)
    if verb.pos != "VERB" or _BINDS.get(verb.lemma) != preposition.lower:
        return None
    by = sentence.children(verb, "nsubj") + sentence.done_by(verb)
    return _blame("coding.blame.linked", sentence.children(verb, "dobj", "nsubjpass"), by) if by else None


#: Prepositions between the accused and the deed.
_OF = english("dateline.coding", "before_deeds")


def _accused(sentence: Sentence, verb: Token) -> Blame | None:
    """Who is accused of doing what the verb tells, and by whom ("prosecutors charged two men with murdering a
    judge")."""
    verb = sentence.above(verb, "conj")
    above = sentence.head(verb)
    accusing = sentence.head(above)
    if accusing.dep in ("dobj", "nsubjpass"):
        # Parsers may attach "of shelling" to those accused.
        accusing = sentence.head(accusing)
    if verb.dep != "pcomp" or above.lower not in _OF or accusing.lemma not in ACCUSING:
        return None
    by = sentence.children(accusing, "nsubj") + sentence.done_by(accusing)
    who = sentence.children(accusing, "dobj", "nsubjpass")
    if not who and accusing.dep in ("acl", "relcl") and accusing.head != accusing.i:
        who = [] if _is_cleared(sentence, sentence.head(accusing)) else [sentence.head(accusing)]
    return _blame("coding.blame.accused", who, by)


#: Verbs that take the blame away.
_CLEARS = english("dateline.coding", "clears")


def _is_cleared(sentence: Sentence, accused: Token) -> bool:
    """Does a court find that somebody accused did not do it ("acquitted two men accused of bombing a church")?"""
    verb = sentence.head(accused)
    return accused.dep in ("dobj", "nsubjpass") and verb.lemma in _CLEARS


def _answerable(sentence: Sentence, word: Token) -> Blame | None:
    verb = sentence.head(word)
    if word.lower == "responsibility" and verb.lemma in _TAKES:
        return _blame("coding.blame.claimed", sentence.children(verb, "nsubj"), own=True)
    if word.lower == "responsible" and verb.lemma == "be":
        return _blame("coding.blame.responsible", sentence.children(verb, "nsubj"))
    if word.lower == "responsible" and verb.lemma in _HOLDS:
        who = sentence.children(word, "nsubj") or sentence.children(verb, "dobj")
        return _blame("coding.blame.held", who, sentence.children(verb, "nsubj"))
    if word.lemma == "blame" and word.dep == "xcomp" and verb.lemma == "be":
        return _blame("coding.blame.to-blame", sentence.children(verb, "nsubj"))
    if word.lemma in _BLAMES and word.pos == "VERB":
        who = sentence.children(word, "dobj") or sentence.children(word, "nsubjpass")
        return _blame("coding.blame.blamed", who, sentence.children(word, "nsubj"))
    return None


def _blame(rule: str, who: list[Token], by: Sequence[Token] = (), own: bool = False) -> Blame | None:
    """The blame where anybody is blamed; None where nobody is."""
    return Blame(rule, who, list(by), own) if who else None
