"""Reads the figure of a noun phrase: numbers, approximators, ranges, groups, and articles and names that count one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.howmany.approximating import approximated, approximator_before
from dateline.howmany.one import IN_NAMES, one
from dateline.howmany.quantities import Bounds, Figure, Found, quantities
from dateline.howmany.vague import DOZENS, multiplied, vague
from dateline.language import Sentence, Token, numbers
from dateline.language.roles import names_people
from dateline.model.knowledge import english


def figure(sentence: Sentence, head: Token, singular: bool = True) -> Figure | None:
    """The figure of the noun phrase around `head`. With `singular`, an article or a name counts as one."""
    if head.lower in _SHARES:
        return None
    found = _number(sentence, head) or vague(sentence, head) or _group(sentence, head) or _before_name(sentence, head)
    if found is None and singular:
        found = one(sentence, head)
    if found is None:
        return None
    (low, best, high), tokens, explicit = found
    joined = _others(sentence, head)
    if joined is not None and best is not None and not explicit:
        more, more_tokens = joined
        low, best, high = _sum((low, best, high), more)
        tokens, explicit = [*tokens, *more_tokens], True
    span = sentence.words([head, *tokens])
    return Figure(
        low,
        best,
        high,
        span,
        sentence.quote(span),
        explicit,
    )


#: Words for shares ("25 per cent of them"): such a number does not count people.
_SHARES = english("dateline.howmany", "shares")


def _number(sentence: Sentence, head: Token) -> Found | None:
    """The number at a noun, with its approximator ("357 individuals", "nearly 3,000", "three of them"); else None."""
    if _is_number_itself(head):
        return _counting(sentence, head, head)
    found = list(_numbers_before(sentence, head))
    if not found:
        return None
    one = _counting(sentence, found[0], head)
    return _with_first(sentence, found, head, one) if one is not None else None


def _with_first(sentence: Sentence, found: list[Token], head: Token, last: Found) -> Found:
    """The sum of two numbers at one noun, each with its own adjective ("four Syrian and three Iraqi nationals"); `last`
    where there are not two."""
    first = found[-1]
    joined = first.i + 2 < found[0].i and sentence.tokens[found[0].i - 1].lower in ("and", ",", "&")
    more = _counting(sentence, first, head) if joined and sentence.tokens[first.i + 1].pos in ("ADJ", "PROPN") else None
    if more is None:
        return last
    return _sum(more[0], last[0]), [*more[1], *last[1]], True


def _sum(one: Bounds, two: Bounds) -> Bounds:
    low, best, high = (None if a is None or b is None else a + b for a, b in zip(one, two, strict=True))
    return low, best, high


def _is_number_itself(head: Token) -> bool:
    return head.pos == "NUM" or (numbers.parse(head.lower) is not None and head.pos != "PROPN")


def _numbers_before(sentence: Sentence, head: Token) -> Iterator[Token]:
    """The numbers that may count a noun, the likeliest first. A number after the noun does not count it: it is an age
    ("Kaya, 40") or tells which one is meant ("Front 73")."""
    own = [t for t in sentence.children(head, "nummod", "amod", "compound") if t.i < head.i and _is_numeral(t)]
    if not own and head.tag in ("NNS", "NNPS"):
        # The parser may hang the number on the word before the noun ("three missile strikes").
        single = [c for c in sentence.children(head, "compound") if c.tag in ("NN", "NNP")]
        own = [t for c in single for t in sentence.children(c, "nummod") if t.i < c.i and _is_numeral(t)]
    yield from (t for t in reversed(own) if t.tag == "CD")
    yield from (t for t in reversed(own) if t.tag != "CD" and t.dep == "nummod")


def _is_numeral(token: Token) -> bool:
    return numbers.parse(token.lower) is not None or _DECIMAL.fullmatch(token.text) is not None


_DECIMAL = re.compile(r"(?<!\d)\d++\.\d+")


def _counting(sentence: Sentence, token: Token, head: Token) -> Found | None:
    """The bounds of the number at `token`, if it counts the people or things that `head` names; else None."""
    run = _number_run(sentence, token)
    value = numbers.parse(" ".join(t.lower for t in run if t.text not in (",", "-")))
    if value is None or _is_year_or_age(sentence, token, head, value) or _is_label(sentence, run[0], head):
        return None
    tokens = sentence.tokens
    if run[0].i and tokens[run[0].i - 1].lower == "not":
        return None  # a figure that is denied ("five, not eight")
    if any(t.lower in _SHARES for t in tokens[run[-1].i + 1 : run[-1].i + 3]):
        return None
    if run[-1].i + 1 < len(tokens) and tokens[run[-1].i + 1].lower in DOZENS:
        return multiplied(sentence, tokens[run[-1].i + 1], head)
    between = _between(sentence, run)
    if between is not None:
        return between
    few = tokens[run[0].i - 1] if run[0].i else None
    if few is not None and few.lower == "several" and run[0].lower in _SCALES:
        return (3 * value, None, None), [few, *run], True
    kind, words = approximator_before(sentence, run[0].i)
    plus = run[-1].text.endswith("+") or (run[-1].i + 1 < len(tokens) and tokens[run[-1].i + 1].text in ("+", "-plus"))
    return approximated(value, "least" if plus else kind), [*words, *run], True


_SCALES = english("dateline.howmany", "scales")


def _number_run(sentence: Sentence, token: Token) -> list[Token]:
    """The words of one number ("nine hundred", "1.5 million")."""
    first = last = token.i
    while first > 0 and _is_numeral(sentence.tokens[first - 1]) and sentence.tokens[first - 1].tag == "CD":
        first -= 1
    if first >= 2 and sentence.tokens[first - 1].text == "-" and sentence.tokens[first - 2].lower.endswith("ty"):
        # "sixty-three" comes as three tokens.
        first -= 2
    while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].lower in _SCALES:
        last += 1
    return sentence.tokens[first : last + 1]


def _is_label(sentence: Sentence, first: Token, head: Token) -> bool:
    """Does a number tell which one is meant, and not how many ("Image 7", "Route 9", "an M 16 rifle")?"""
    if not first.i or not first.text[:1].isdigit():
        return False
    before = sentence.tokens[first.i - 1]
    if before.lower in quantities().labels or _is_in_name(sentence, first, before):
        return True
    if before.text == "-" and first.i > 1:
        before = sentence.tokens[first.i - 2]
    model = sentence.case == "mixed" and _MODEL.fullmatch(before.text) is not None
    return model and not names_people(sentence, head)


_MODEL = re.compile(r"[A-Z]{1,3}")


def _is_in_name(sentence: Sentence, number: Token, before: Token) -> bool:
    """Does a number belong to the name right before it ("Guerrilla Front 12 burned a mill")? Not where a word after it
    says what became of those counted ("Kobo 12 killed")."""
    after = sentence.tokens[number.i + 1] if number.i + 1 < len(sentence.tokens) else None
    named = before.tag == "NNP" and number.head == before.i and number.dep in ("nummod", "appos")
    counted = after is not None and (after.tag in ("VBN", "JJ", "NNS", "CD") or after.lower in _SCALES)
    return sentence.case == "mixed" and named and not counted


def _is_year_or_age(sentence: Sentence, token: Token, head: Token, value: int) -> bool:
    after = sentence.tokens[token.i + 1].lower if token.i + 1 < len(sentence.tokens) else ""
    before = sentence.tokens[token.i - 1].lower if token.i else ""
    if after in (
        "-",
        "year",
        "years",
        "percent",
        "per",
        "%",
        "km",
        "kilometers",
        "miles",
        "years-old",
        "year-old",
        "-year",
        "'s",
        "a.m.",
        "p.m.",
    ):
        return True
    if before in ("$", "us$", "aged", "age", "no.", "number", "section", "article", "#"):
        return True
    if _is_age_beside(sentence, token, head, value):
        return True
    if not (1900 <= value <= 2100) or len(token.text) != 4:
        return False
    if token is head:
        return before in ("in", "of", "since", "by", "until", "from", ",")
    # It is a year ("the 1989 protests", "a 2012 murder"), unless it counts people: only people are counted so high.
    return head.pos == "PROPN" or not names_people(sentence, head)


def _is_age_beside(sentence: Sentence, token: Token, head: Token, value: int) -> bool:
    """Is it the age of a person, between commas or brackets after the noun ("a clerk, 28, was held")?"""
    if token is not head or token.i < 2 or value > _OLDEST or not token.text.isdigit():
        return False
    opened, whose = sentence.tokens[token.i - 1], sentence.tokens[token.i - 2]
    after = sentence.tokens[token.i + 1].text if token.i + 1 < len(sentence.tokens) else "."
    one = whose.pos in ("NOUN", "PROPN") and whose.tag not in ("NNS", "NNPS")
    closed = after in (",", ".", ";", ")")
    return one and closed and opened.text in (",", "(") and token.dep in ("appos", "nummod", "conj", "npadvmod")


_OLDEST = 110


def _between(sentence: Sentence, run: list[Token]) -> Found | None:
    """The bounds of a range ("between 20 and 30", "20-30"); else None. `run` may be either of its two numbers, as the
    parser may hang either on the noun."""
    tokens = sentence.tokens
    for low_at, high_at in ((run[0].i - 2, run[0].i), (run[-1].i, run[-1].i + 2)):
        if low_at < 0 or high_at >= len(tokens):
            continue
        low, high = numbers.parse(tokens[low_at].lower), numbers.parse(tokens[high_at].lower)
        joined = tokens[low_at + 1].lower
        opened = low_at > 0 and tokens[low_at - 1].lower == "between"
        before = tokens[low_at - 1] if low_at else None
        if before is not None and before.lower == "from" and joined == "to":
            if before.i and before.head < before.i:
                return None  # two figures, not a range ("rose from 43 to 119")
            opened = True  # "from 18 to 43 people were killed"
        if low is None or high is None or low >= high or joined not in ("and", "to", "or", "-", "–"):
            continue
        if joined != "and" or opened:
            return (low, None, high), tokens[low_at - opened : high_at + 1], True
    return None


def _others(sentence: Sentence, head: Token) -> tuple[Bounds, list[Token]] | None:
    """The number of further people ("and eight others", "along with 31 others", "together with three guards"); else
    None."""
    for joined in sentence.conjuncts(head)[1:]:
        found = _number(sentence, joined) or vague(sentence, joined)
        if found is not None and _names_others(sentence, joined):
            return found[0], [*found[1], joined]
    for joined in _along_with(sentence, head):
        found = _number(sentence, joined) or vague(sentence, joined)
        theirs = names_people(sentence, joined) and any(c.tag == "PRP$" for c in sentence.children(joined, "poss"))
        others = theirs or joined.lemma in _FOLLOWERS or _OTHERS & {joined.lower, *_lower(sentence, joined)}
        if found is not None and joined.i > head.i and others:
            return found[0], [*found[1], joined]
    return None


_OTHERS = english("dateline.howmany", "others")
#: Nouns for those who go with somebody ("surrendered with eleven followers").
_FOLLOWERS = english("dateline.howmany", "followers")


def _lower(sentence: Sentence, token: Token) -> list[str]:
    return [t.lower for t in sentence.children(token)]


def _along_with(sentence: Sentence, head: Token) -> list[Token]:
    """The nouns after "with", "along with" or "together with", at a noun or its verb."""
    beside = [head, sentence.head(head)] if head.dep in ("nsubj", "nsubjpass", "dobj") else [head]
    opening = [w for b in beside for w in sentence.children(b, "advmod", "prep") if w.lower in ("along", "together")]
    direct = [w for b in beside for w in sentence.children(b, "prep") if w.lower == "with"]
    withs = [w for o in opening for w in sentence.children(o, "prep") if w.lower == "with"]
    return [o for w in (*withs, *direct) for o in sentence.children(w, "pobj")]


def _names_others(sentence: Sentence, token: Token) -> bool:
    """Do the words name others, or people who belong to those named before? A bare number does if "of" follows it."""
    said = {token.lemma, token.lower, *_lower(sentence, token)}
    return bool(said & set(quantities().others)) or (token.pos == "NUM" and "of" in _lower(sentence, token))


def _group(sentence: Sentence, head: Token) -> Found | None:
    """The number of a group's members ("a network of 15", "a family of five")."""
    if head.lemma not in quantities().groups and head.lower not in ("members",):
        return None
    for of in sentence.children(head, "prep"):
        if of.lower == "of":
            for inner in sentence.children(of, "pobj"):
                found = _number(sentence, inner)
                if found is not None:
                    return found[0], [*found[1], inner], True
    return None


def _before_name(sentence: Sentence, head: Token) -> Found | None:
    """The number before a long name with its short form, which parsers often cut into pieces ("five Kobo Liberation
    Front (KLF) fighters"); else None."""
    tokens = sentence.tokens
    if head.pos != "NOUN" or head.i < 4 or tokens[head.i - 1].text != ")" or not names_people(sentence, head):
        return None
    at = head.i - 2
    while at > 0 and tokens[at].text != "(":
        at -= 1
    while at > 0 and (tokens[at - 1].pos in ("PROPN", "ADJ") or tokens[at - 1].text in IN_NAMES):
        at -= 1
    return _counting(sentence, tokens[at - 1], head) if at > 0 and tokens[at - 1].tag == "CD" else None
