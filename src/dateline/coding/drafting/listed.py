"""Find people who are named as a part of a total ("twelve people, including three officers and the writer Ana Cole",
"among them a child", "two of them lawyers")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.howmany import Figure, figure
from dateline.language import Sentence, Token
from dateline.language.repairs import FINITE
from dateline.language.roles import names_people
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.what import Mention

_ENDS = frozenset((".", ";", ":", "(", ")", "—", "–", "--"))
_THEM = english("dateline.coding", "them")
_BEING = english("dateline.coding", "was_and_were")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a part: the index of its first word, the index after its last word, and the head tokens of its
    items."""

    first: int
    last: int
    heads: tuple[Token, ...]

    def holds(self, token: Token) -> bool:
        """Is the token one of its words?"""
        return self.first <= token.i < self.last


def listed(mention: Mention, others: list[Mention]) -> Listed | None:
    """The list of a part of those to whom it was done; `others` are the mentions of the same sentence.

    Lists are read word by word, because parsers attach the items of long lists to wrong words.
    """
    sentence = mention.sentence
    for token in sentence.tokens:
        rule, opening = _opening(sentence, token) or (None, 0)
        if rule is None or not _is_said_of(mention, others, token):
            continue
        items, last = _items(sentence, opening)
        counted = token.pos == "NUM"  # "two of them lawyers"
        heads = [h for item in items if (h := _head(sentence, item, counted)) is not None]
        if heads:
            note(rule, token, f"{mention.token.text}: a part of them: {', '.join(h.text for h in heads)}")
        return Listed(token.i, last, tuple(heads)) if heads else None
    return None


def how_many(sentence: Sentence, head: Token) -> Figure | None:
    """The figure of an item. In "two of them lawyers" it stands before "of"."""
    found = figure(sentence, head, singular=False)
    if found is not None and found.explicit:
        return found
    start = next((t for t in sentence.tokens[max(0, head.i - 5) : head.i] if _of_them(sentence, t)), None)
    number = figure(sentence, start, singular=False) if start is not None else None
    if number is None or start is None:
        return None
    span = sentence.words([start, head])
    return Figure(number.low, number.best, number.high, span, sentence.quote(span), True)


def items_of(sentence: Sentence, head: Token) -> list[Token]:
    """The head tokens of a list, whether the parser joins them or makes them appositions of the first ("two soldiers, a
    nurse and six guards were killed")."""
    found = sentence.conjuncts(head)
    beside = [a for a in sentence.children(head, "appos") if a.i > head.i and sentence.children(a, "conj")]
    for first in beside:
        items = sentence.conjuncts(first)
        if first.i - 1 > 0 and _is_enumeration(sentence, head, items):
            found += [i for i in items if i not in found]
    return found


def _is_enumeration(sentence: Sentence, head: Token, items: list[Token]) -> bool:
    """Are the items further people, and not those whom the first word counts already ("three people, a man and two
    boys, were killed")? They are where nothing closes the list and their figures do not add up to the first one."""
    owner = any(t.tag == "PRP$" for t in sentence.children(items[0], "poss"))
    if head.tag in ("NNP", "NN") and owner and names_people(sentence, items[0]):
        return True  # "Omar Bello, his wife and two ministers": the wife is another person
    figures = [figure(sentence, t) for t in (head, *items)]
    sizes = [f.best or 0 for f in figures if f is not None and (f.explicit or f.text.lower().startswith(("a ", "an ")))]
    if len(sizes) < len(figures) or sum(sizes[1:]) == sizes[0]:
        return False
    end = max(t.i for t in sentence.subtree(items[0]))
    return end + 1 >= len(sentence.tokens) or sentence.tokens[end + 1].text not in (",", ")", "—", "–", "--")


#: Prepositions between the people of a list and their place ("31 men in Bursa, 22 in Konya").
_AT = english("dateline.coding", "list_at")


def distributed(sentence: Sentence, head: Token) -> list[Figure]:
    """The further figures of a noun that is counted place by place ("31 men in Bursa, 22 in Konya and 7 in Van")."""
    tokens = sentence.tokens
    preposition = tokens[head.i + 1] if head.i + 1 < len(tokens) else head
    if preposition.lower not in _AT:
        return []
    found: list[Figure] = []
    for token in tokens[head.i + 2 : -1]:
        if token.tag in FINITE or token.text in _ENDS:
            break
        apart = tokens[token.i - 1].text == "," or tokens[token.i - 1].lower in ("and", "another")
        if token.pos == "NUM" and apart and tokens[token.i + 1].lower == preposition.lower:
            number = figure(sentence, token, singular=False)
            found += [number] if number is not None else []
    return found


_ADDING = english("dateline.coding", "adding")


def besides(sentence: Sentence, verb: Token) -> list[Token]:
    """People who are added to those of a verb ("in addition to three assailants, two guards were killed")."""
    found: list[Token] = []
    for prep in sentence.children(verb, "prep"):
        for inner in (prep, *sentence.children(prep, "pobj")):
            to = [inner] if inner is prep else [t for t in sentence.children(inner, "prep") if t.lower == "to"]
            if inner.lower in _ADDING:
                found += [o for t in to for o in sentence.children(t, "pobj")]
    return [o for o in found if names_people(sentence, o) and sentence.children(o, "nummod")]


def _opening(sentence: Sentence, token: Token) -> tuple[str, int] | None:
    """The name of the rule by which a word opens the list of a part, and the index of its first item; None where it
    opens none."""
    after = [t.lower for t in sentence.tokens[token.i + 1 : token.i + 4]]
    if token.lower == "including":
        return "coding.listed.including", token.i + 1
    if token.lower == "among" and after[:1] and after[0] in _THEM:
        return "coding.listed.among-them", token.i + (3 if after[1:2] and after[1] in _BEING else 2)
    if _of_them(sentence, token):
        return "coding.listed.of-them", token.i + (4 if after[2:3] and after[2] in _BEING else 3)
    return None


def _of_them(sentence: Sentence, token: Token) -> bool:
    """Does a number open a list of a part (", two of them", "(three of whom")?"""
    if token.pos != "NUM" or token.i == 0 or sentence.tokens[token.i - 1].text not in (",", "(", "—", "–"):
        return False
    after = [t.lower for t in sentence.tokens[token.i + 1 : token.i + 3]]
    return len(after) == len(("of", "them")) and after[0] == "of" and after[1] in _THEM


def _is_said_of(mention: Mention, others: list[Mention], opening: Token) -> bool:
    """Is the list about this mention? Its people must stand before the list, in its clause, and nearer than those of
    any other mention."""
    own = [o.i for o in mention.objects if o.i < opening.i]
    if not own:
        return False
    above = {opening.i, *(a.i for a in mention.sentence.ancestors(opening))}
    clause = {mention.token.i, mention.clause.i, *(o.i for o in mention.objects)}
    nearer = {o.i for m in others if m is not mention for o in m.objects if max(own) < o.i < opening.i}
    return bool(above & clause) and not nearer


def _items(sentence: Sentence, start: int) -> tuple[list[list[Token]], int]:
    """The items from an index on, and the index where the list ends: at a stop, or at a verb (then its subject is not
    an item)."""
    items: list[list[Token]] = [[]]
    for token in sentence.tokens[start:]:
        if token.text in _ENDS:
            return items, token.i
        if token.tag in FINITE:
            return items[:-1], items[-1][0].i if items[-1] else token.i
        if token.text == "," or token.lower in ("and", "or"):
            items.append([])
        else:
            items[-1].append(token)
    return items, len(sentence.tokens)


def _head(sentence: Sentence, item: list[Token], counted: bool) -> Token | None:
    """The head token of an item: of "the writer Ana Cole" the name. None where the item only describes the one before
    ("aged 12") or names somebody's relative ("wife of the writer Juan Ros", who is not among the people listed)."""
    for token in _core(item):
        one = counted or sentence.children(token, "nummod") or item[0].lower in ("a", "an")
        if token.pos == "PROPN" or (one and names_people(sentence, token)):
            return token
    return None


def _core(item: list[Token]) -> Iterator[Token]:
    """The nouns before a preposition or a clause, from the last back."""
    end = next((k for k, t in enumerate(item) if t.pos == "ADP" or t.tag in ("VBN", "VBG", "WP", "WDT")), len(item))
    if not any(t.tag in ("PRP$", "POS") for t in item[:end]):
        yield from (t for t in reversed(item[:end]) if t.pos in ("NOUN", "PROPN"))
