"""Read sentences that describe dead and wounded people told of before ("the dead included a nurse", "two of the twelve
killed", "the deceased were two women", "among the injured was the mayor")."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language import Sentence, Token
from dateline.language.roles import names_people
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.what.clauses import governor
from dateline.what.lexicon import Hit
from dateline.what.mention import Mention
from dateline.what.words import wordlist

_KNOWN = english("dateline.what", "known")


def read_casualties(sentence: Sentence, hit: Hit) -> Mention | None:
    """The mention that says who the dead or wounded were; None where the sentence tells something else of them. The
    rule that found it leaves a note."""
    group = _group(sentence, hit.token)
    if group is None or not _is_known(sentence, group):
        return None
    named = _named(sentence, group)
    people = [o for o in (named.who if named else []) if o.pos in ("NUM", "PROPN") or names_people(sentence, o)]
    if named is None or not people:
        return None
    note(named.rule, hit.token, "some of them" if named.part else "all of them")
    return Mention(sentence, hit, governor(sentence, group), objects=people, of_part=named.part)


def _group(sentence: Sentence, token: Token) -> Token | None:
    """The head token of the phrase that means the dead or wounded."""
    if token.dep == "acl" and token.tag in ("VBN", "VBD"):
        return sentence.head(token)  # "the 12 killed"
    stands = token.dep in ("nsubj", "nsubjpass", "pobj", "attr")
    return token if stands and {token.lower, token.lemma} & wordlist("casualties") else None


def _is_known(sentence: Sentence, group: Token) -> bool:
    """Does the phrase mean people told of before ("the dead", "those killed", "the 12 initially wounded")?"""
    return any(d.lower in _KNOWN for d in (group, *sentence.children(group, "det")))


@dataclass(frozen=True, slots=True)
class _Named:
    """The description found: head tokens, whether they are only some of the people, and the name of the rule that found
    them."""

    who: list[Token]
    part: bool
    rule: str


#: Verbs between the dead and who they are: "the dead include two children".
_SUMMING = english("dateline.what", "summing")


def _named(sentence: Sentence, group: Token) -> _Named | None:
    """Find the description beside the verb or preposition of the group; None where there is none."""
    above = sentence.head(group)
    if group.dep == "nsubj" and above.lemma in _SUMMING:
        said = [one for o in sentence.children(above, "attr", "dobj") for one in sentence.conjuncts(o)]
        return _Named(said, above.lemma == "include", "what.casualties.were")
    if group.dep == "nsubjpass" and above.lemma in ("identify", "name"):
        said = [one for o in sentence.led_to(above, "as") for one in sentence.conjuncts(o)]
        return _Named(said, False, "what.casualties.identified")
    if group.dep == "pobj" and above.lower == "among":
        return _Named(sentence.children(sentence.head(above), "nsubj", "attr"), True, "what.casualties.among")
    if group.dep == "pobj" and above.lower == "of" and sentence.head(above).pos == "NUM":
        return _Named([sentence.head(above)], True, "what.casualties.counted")
    return None
