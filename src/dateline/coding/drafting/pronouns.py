"""Find whom "it", "they", "he" and "she" mean, where the words leave no doubt ("the army said it had killed 12
rebels")."""

from __future__ import annotations

from dateline.coding.reading import Reading
from dateline.language import Sentence, Token
from dateline.language.roles import kind_of, words
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import Type
from dateline.says import cue

#: Kinds of actors that speak of themselves as "it". "They" means such an actor only where nobody else does such acts.
_BODIES = frozenset(("state", "armed_group", "organisation"))


def meant(reading: Reading, sentence: Sentence, pronoun: Token, type_: Type) -> Token:
    """The token that a pronoun means: the body that says so of itself. The pronoun itself where that is not clear."""
    if pronoun.lower not in ("it", "they") or pronoun.dep not in ("nsubj", "nsubjpass"):
        return pronoun
    does = pronoun.dep == "nsubj"
    verb = sentence.above(sentence.head(pronoun), "conj", "xcomp")
    above = sentence.head(verb)
    if verb.dep != "ccomp" or above.lemma not in cue("speech"):
        return pronoun
    for sayer in sentence.children(above, "nsubj"):
        known = reading.cast.actor_at(sentence, sayer)
        kind = known.actor.kind if known is not None else kind_of(sentence, sayer)
        own = pronoun.lower == "it" and sayer.tag in ("NN", "NNP")
        # "The rebels said they had killed 12 soldiers."
        several = sayer.tag in ("NNS", "NNPS") or known is not None
        own = own or (pronoun.lower == "they" and several and kind == "armed_group" and does)
        if kind in _BODIES and (own or (kind == "state" and type_ in types.OFFICIAL)):
            note("coding.pronouns.sayer" if own else "coding.pronouns.officials", pronoun, f"means {sayer.text}")
            return sayer
    return pronoun


_ONE = english("dateline.coding", "one")
#: The most sentences before a pronoun in which the person that it means may be named.
_BEFORE = 2


def person_meant(reading: Reading, sentence: Sentence, pronoun: Token) -> str | None:
    """The name of the person that "he" or "she" means: the only person in the nearest sentence that tells of any."""
    if pronoun.lower not in _ONE or pronoun.dep == "poss":
        return None
    own = sentence.tokens[: pronoun.i]
    found = _persons(reading, sentence, own)
    before = [s for s in reading.sentences if 0 < sentence.index - s.index <= _BEFORE]
    for other in sorted(before, key=lambda s: -s.index):
        if found:
            break
        if other.kind != sentence.kind:
            return None
        found = _persons(reading, other, other.tokens)
    name = next(iter(found)) if len(found) == 1 else None
    if name is not None:
        note("coding.pronouns.person", pronoun, f"means {name}")
    return name


def _persons(reading: Reading, sentence: Sentence, tokens: list[Token]) -> set[str | None]:
    """The persons that these words tell of, by name; None stands for a person without a name ("a man", "the
    suspect")."""
    found: set[str | None] = set()
    for token in tokens:
        name = reading.cast.name_at(sentence, token)
        if name is not None and name.kind == "person":
            found.add(None if _only_speaks(sentence, token) else name.name)
        elif (
            token.tag == "NN"
            and token.dep not in ("compound", "appos", "attr", "poss")
            and _is_somebody(sentence, token)
        ):
            found.add(None)
    return found


def _only_speaks(sentence: Sentence, name: Token) -> bool:
    """Does a person only speak ("lawyer Ann Cole said that")? Then the pronoun means somebody else."""
    return name.dep == "nsubj" and sentence.head(name).lemma in cue("speech")


def _is_somebody(sentence: Sentence, noun: Token) -> bool:
    """Does a noun mean one person without a name, and is it not the office of a person named right after it ("police
    chief Ann Cole")?"""
    kind = kind_of(sentence, noun)
    titled = noun.lower in words("titles") and any(t.tag == "NNP" for t in sentence.tokens[noun.i + 1 : noun.i + 2])
    return kind in ("suspect", "civilian", "armed_group") and not titled
