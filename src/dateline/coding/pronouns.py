"""Whom "it" and "they" mean, where the words leave no doubt: "the army said it had killed 12 rebels"."""

from __future__ import annotations

from dateline.language import Sentence, Token
from dateline.language.roles import kind_of
from dateline.model.vocabulary import Type
from dateline.says import cue

#: Bodies speak of themselves as "it"; what "they" did is theirs only where nobody but they does such things.
_BODIES = frozenset(("state", "armed_group", "organisation"))
_OF_THE_LAW: frozenset[Type] = frozenset(
    ("arrest", "raid", "operation", "seizure", "disarmament", "release", "charge", "warrant", "extradition")
)


def meant(sentence: Sentence, pronoun: Token, type_: Type) -> Token:
    """The noun that a pronoun stands for: the body whose own saying it is part of; itself where that is not clear."""
    if pronoun.lower not in ("it", "they") or pronoun.dep not in ("nsubj", "nsubjpass"):
        return pronoun
    does = pronoun.dep == "nsubj"
    verb = sentence.above(sentence.head(pronoun), "conj", "xcomp")
    above = sentence.head(verb)
    if verb.dep != "ccomp" or above.lemma not in cue("speech"):
        return pronoun
    for sayer in sentence.children(above, "nsubj"):
        kind = kind_of(sentence, sayer)
        own = pronoun.lower == "it" and sayer.tag in ("NN", "NNP")
        # "The rebels said they had killed 12 soldiers."
        own = own or (pronoun.lower == "they" and sayer.tag == "NNS" and kind == "armed_group" and does)
        if kind in _BODIES and (own or (kind == "state" and type_ in _OF_THE_LAW)):
            return sayer
    return pronoun
