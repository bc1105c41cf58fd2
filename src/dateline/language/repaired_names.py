"""Repairs of parses (see repairs.py) of number words, long names, and a verb whose form is that of another verb."""

from __future__ import annotations

import itertools

from dateline.language import numbers
from dateline.language.tokens import Token
from dateline.model.knowledge import english


def phrase_start(tokens: list[Token], noun: Token) -> int:
    """The index of the first of the words right before a noun that hang on it."""
    start = noun.i
    while start > 0 and noun.i in (tokens[start - 1].head, tokens[tokens[start - 1].head].head):
        start -= 1
    return start


def read_number_word(tokens: list[Token]) -> list[Token]:
    """Make a number word a number where the tagger made it part of the name after it ("Thirteen Maoists
    surrendered")."""
    changed: list[Token] = []
    for token in tokens:
        noun = tokens[token.head]
        named = token.dep == "compound" and token.tag in ("NNP", "NNPS") and token.text.isalpha()
        if named and noun.i > token.i and noun.tag in ("NNS", "NNPS") and numbers.parse(token.lower) is not None:
            token.tag, token.pos, token.dep = "CD", "NUM", "nummod"
            changed.append(token)
    return changed


def read_long_name(tokens: list[Token]) -> list[Token]:
    """Make the people after a name with "of" and its short form the head of the whole, where the parser hung them on
    the "of" ("three Liberation Front of Oru (LFO) fighters were killed")."""
    changed: list[Token] = []
    for people in tokens[3:]:
        short, last, of = tokens[people.i - 1], tokens[people.i - 2], tokens[people.head]
        name = tokens[of.head]
        closed = short.tag == "_SP" and short.text.startswith("(") and last.head == people.i and last.pos == "PROPN"
        inside = people.dep == "pobj" and of.lower in ("of", "for") and name.pos == "PROPN" and name.i < of.i < last.i
        if people.tag != "NNS" or not (closed and inside) or name.head == name.i:
            continue
        people.dep, people.head = name.dep, name.head
        for token in tokens[phrase_start(tokens, name) : people.i]:
            token.head = people.i
            token.dep = token.dep if token.dep in ("nummod", "det", "amod") else "compound"
        changed.append(people)
    return changed


#: Particles of "wind": "wound up the meeting".
_WINDING = english("dateline.language", "winding")


def read_wound(tokens: list[Token]) -> list[Token]:
    """Make "wound" with an object a form of "wound", and not of "wind" ("kill two people and wound nine")."""
    objects = {t.head for t in tokens if t.dep == "dobj"}
    changed: list[Token] = []
    for verb, after in itertools.pairwise(tokens):
        if verb.lower == "wound" and verb.pos == "VERB" and verb.i in objects and after.lower not in _WINDING:
            verb.lemma = "wound"
            changed.append(verb)
    return changed
