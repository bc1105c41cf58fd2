"""Figures that are counted together: several in one phrase, and those in somebody's company."""

from __future__ import annotations

from dateline.howmany import Figure
from dateline.language import Sentence, Token
from dateline.language.roles import base
from dateline.model import Span
from dateline.model.knowledge import english
from dateline.model.vocabulary import Party

#: Nouns with which a number sums up the people that are named one by one after it.
_ALL = english("dateline.coding", "taken_together")
#: Nouns for attendants: they are on the side of the person they are with.
_ATTENDANTS = english("dateline.coding", "attendants")


def in_company(sentence: Sentence, counted: list[tuple[Token, Party, Figure]]) -> list[tuple[Party, Figure]]:
    """The figures of an enumeration with their parties. Attendants get the party of the person they are with ("the
    mayor, his driver and a guard")."""
    found: list[tuple[Party, Figure]] = []
    for token, party, number in counted:
        theirs = any(c.tag == "PRP$" for c in sentence.children(token, "poss"))
        # In "five boys and a guard" the guard is not the boys' guard.
        beside = bool(found) and base(token) in _ATTENDANTS and not found[0][1].explicit
        with_them = bool(found) and not number.explicit and (theirs or beside)
        found.append((found[0][0] if with_them else party, number))
    return found


def together(sentence: Sentence, counted: list[tuple[Party, Figure]]) -> list[tuple[Party, Figure]]:
    """Add up the figures of one enumeration, for each party ("two women and a child" are three).

    Where one figure is the sum of the others, it is taken alone ("three people, a woman and two children").
    """
    found: list[tuple[Party, Figure]] = []
    for party in dict.fromkeys(party for party, _ in counted):
        own = [number for one, number in counted if one == party]
        total = sum(n.best or 0 for n in own)
        if len(own) < 2 or not all(n.exact for n in own):
            found += [(party, n) for n in own]
            continue
        if not _are_joined(sentence, own):
            found.append((party, own[0]))  # one person by two names: "Luis Ortega, alias El Gato"
            continue
        whole = next((n for n in own if 2 * (n.best or 0) == total and n.text.split()[-1].lower() in _ALL), None)
        if whole is not None and len(own) > 2:
            found.append((party, whole))
            continue
        span = Span(min(n.span.start for n in own), max(n.span.end for n in own))
        found.append((party, Figure(total, total, total, span, sentence.quote(span), True)))
    return found


def _are_joined(sentence: Sentence, items: list[Figure]) -> bool:
    """Are the items several people, and not one person with two names? Where each item is one, there must be an "and"
    between the first and the last, or an item with an owner ("a judge, his bodyguard and two clerks")."""
    if any(n.explicit for n in items) or any(_is_somebodys(sentence, n) for n in items[1:]):
        return True
    first, last = min(n.span.end for n in items), max(n.span.start for n in items)
    return any(t.dep == "cc" or t.text == "&" for t in sentence.tokens if first <= t.start <= last)


def _is_somebodys(sentence: Sentence, number: Figure) -> bool:
    return any(t.tag == "PRP$" for t in sentence.tokens if number.span.covers(t.span))
