"""A noun without a number that stands for one."""

from __future__ import annotations

from dateline.howmany.quantities import Found
from dateline.language import Sentence, Token
from dateline.language.roles import is_aged
from dateline.model.knowledge import english

IN_NAMES = english("dateline.howmany", "in_names")
_NOT_ONE = english("dateline.howmany", "not_one")
#: Determiners that make a noun in the singular count as one.
_OF_ONE = english("dateline.howmany", "of_one")


def one(sentence: Sentence, head: Token) -> Found | None:
    """The figure one, where the words stand for one person or thing ("a priest", "the suspect", "another"); else
    None."""
    if head.lower in ("another", "one") and not sentence.children(head, "det", "neg"):
        return (1, 1, 1), [], False
    if head.lower == "other" and any(d.lower == "the" for d in sentence.children(head, "det")):
        return (1, 1, 1), [], False
    if head.tag in ("NNS", "NNPS") or head.lower in _NOT_ONE or head.pos == "PRON":
        return None
    determiners = [t for t in sentence.children(head, "det", "poss") if t.i < head.i]
    if head.pos == "PROPN":
        return (1, 1, 1), [], False
    national = head.pos == "ADJ" and head.text[:1].isupper()  # "an Iraqi"
    if (head.pos == "NOUN" or national or is_aged(sentence, head)) and any(
        d.lower in _OF_ONE or d.dep == "poss" for d in determiners
    ):
        return (1, 1, 1), determiners[:1], False
    if head.pos == "NOUN" and head.tag == "NN" and head.dep in ("nsubjpass", "nsubj", "dobj", "appos"):
        return (1, 1, 1), [], False
    return None
