"""Figures: number words, approximators, ranges, groups, articles and names that count one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.language import Sentence, Token, numbers
from dateline.language.roles import is_aged
from dateline.model import Span
from dateline.model.knowledge import load

_Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many: `low` <= `best` <= `high`; the words of the noun phrase that hold it."""

    low: int | None
    best: int | None
    high: int | None
    span: Span
    text: str
    explicit: bool

    @property
    def exact(self) -> bool:
        """One number, no more and no less?"""
        return self.low == self.best == self.high is not None


class _QuantitiesForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    vague: dict[str, _Bounds]
    approximators: dict[str, list[str]]
    groups: list[str]
    others: list[str]
    labels: list[str]


@cache
def _words() -> _QuantitiesForm:
    return load("dateline.howmany", "quantities.yaml", _QuantitiesForm)


@cache
def _approximators() -> list[tuple[tuple[str, ...], str]]:
    """Words of an approximator -> what it does; the longest first."""
    rows = [(tuple(words.split()), kind) for kind, entries in _words().approximators.items() for words in entries]
    return sorted(rows, key=lambda row: -len(row[0]))


def figure(sentence: Sentence, head: Token, singular: bool = True) -> Figure | None:
    """The figure of the noun phrase around `head`; with `singular`, an article or a name counts one."""
    if head.lower in _SHARES:
        return None
    found = _number(sentence, head) or _vague(sentence, head) or _group(sentence, head)
    if found is None and singular:
        found = _one(sentence, head)
    if found is None:
        return None
    (low, best, high), tokens, explicit = found
    joined = _others(sentence, head)
    if joined is not None and best is not None and not explicit:
        (more_low, more_best, more_high), more_tokens = joined
        low, best, high = _plus(low, more_low), _plus(best, more_best), _plus(high, more_high)
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


#: A share ("25 per cent of them") counts nobody.
_SHARES = frozenset(("cent", "percent", "%", "percentage", "pc"))


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


_Found = tuple[_Bounds, list[Token], bool]


def _number(sentence: Sentence, head: Token) -> _Found | None:
    """The number at a noun, with what makes it more or less ("357 individuals", "nearly 3,000", "three of them")."""
    if head.pos == "NUM" or (numbers.parse(head.lower) is not None and head.pos not in ("PROPN",)):
        token = head
    else:
        options = [
            t
            for t in sentence.children(head, "nummod", "amod", "compound")
            if numbers.parse(t.lower) is not None and t.tag == "CD"
        ]
        options += [
            t for t in sentence.children(head, "nummod") if numbers.parse(t.lower) is not None and t not in options
        ]
        if not options:
            return None
        token = options[-1]
    if token.i > head.i + 1 and token is not head:
        return None
    run = _number_run(sentence, token)
    value = numbers.parse(" ".join(t.lower for t in run if t.text not in (",", "-")))
    if value is None or _is_year_or_age(sentence, token, head, value) or _is_label(sentence, run[0]):
        return None
    if any(t.lower in _SHARES for t in sentence.tokens[run[-1].i + 1 : run[-1].i + 3]):
        return None
    between = _between(sentence, run)
    if between is not None:
        return between
    kind, words = _approximator(sentence, run[0].i)
    plus = run[-1].text.endswith("+") or (
        run[-1].i + 1 < len(sentence.tokens) and sentence.tokens[run[-1].i + 1].text in ("+", "-plus")
    )
    return _approximated(value, "least" if plus else kind), [*words, *run], True


def _number_run(sentence: Sentence, token: Token) -> list[Token]:
    """The words of one number ("nine hundred", "1.5 million")."""
    first = last = token.i
    while (
        first > 0
        and numbers.parse(sentence.tokens[first - 1].lower) is not None
        and sentence.tokens[first - 1].tag == "CD"
    ):
        first -= 1
    if first >= 2 and sentence.tokens[first - 1].text == "-" and sentence.tokens[first - 2].lower.endswith("ty"):
        # "sixty-three" comes as three tokens.
        first -= 2
    while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].lower in (
        "hundred",
        "thousand",
        "million",
        "lakh",
        "crore",
    ):
        last += 1
    return sentence.tokens[first : last + 1]


def _is_label(sentence: Sentence, first: Token) -> bool:
    """Does a number say which, and not how many ("Image 7", "Route 9")?"""
    before = sentence.tokens[first.i - 1] if first.i else None
    return before is not None and before.lower in _words().labels and first.text[:1].isdigit()


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
    return 1900 <= value <= 2100 and token is head and before in ("in", "of", "since", "by", "until", "from", ",")


def _approximated(value: int, kind: str | None) -> _Bounds:
    if kind == "above":
        return value + 1, value + 1, None
    if kind == "least":
        return value, value, None
    if kind == "below":
        return None, value, value
    if kind == "most":
        return None, value, value
    if kind == "about":
        return None, value, None
    return value, value, value


def _approximator(sentence: Sentence, at: int) -> tuple[str | None, list[Token]]:
    """What stands right before token `at`."""
    for words, kind in _approximators():
        start = at - len(words)
        before = sentence.tokens[start:at] if start >= 0 else []
        # "Handed over two pilots": the word is the verb's.
        if tuple(t.lower for t in before) == words and before[0].dep != "prt":
            return kind, sentence.tokens[start:at]
    return None, []


def _between(sentence: Sentence, run: list[Token]) -> _Found | None:
    """The bounds of a range ("between 20 and 30", "20-30"), whichever of the two numbers the parser hangs on the
    noun."""
    tokens = sentence.tokens
    for low_at, high_at in ((run[0].i - 2, run[0].i), (run[-1].i, run[-1].i + 2)):
        if low_at < 0 or high_at >= len(tokens):
            continue
        low, high = numbers.parse(tokens[low_at].lower), numbers.parse(tokens[high_at].lower)
        joined = tokens[low_at + 1].lower
        opened = low_at > 0 and tokens[low_at - 1].lower == "between"
        if low is None or high is None or low >= high or joined not in ("and", "to", "or", "-", "–"):
            continue
        if joined != "and" or opened:
            return (low, None, high), tokens[low_at - opened : high_at + 1], True
    return None


def _vague(sentence: Sentence, head: Token) -> _Found | None:
    """The bounds of a word for a vague number ("dozens of people", "several soldiers", "a dozen men")."""
    table = _words().vague
    for token in [head, *sentence.children(head)]:
        if token.lower in table and token.i <= head.i:
            return _multiplied(sentence, token, head)
    if head.dep == "pobj" and head.head != head.i:
        preposition = sentence.head(head)
        outer = sentence.head(preposition)
        if preposition.lower == "of" and outer.lower in table and outer.i < head.i:
            return table[outer.lower], [outer], True
    return None


def _multiplied(sentence: Sentence, token: Token, head: Token) -> _Found:
    """The bounds of a vague number that is counted ("two dozen"); "dozens of people" takes the people in."""
    bounds = _words().vague[token.lower]
    run = [token]
    before = sentence.tokens[token.i - 1] if token.i else None
    many = numbers.parse(before.lower) if before is not None and token.lower in ("dozen", "score") else None
    if many is not None and before is not None:
        low, best, high = (None if n is None else n * many for n in bounds)
        bounds = (low, best, high)
        run.insert(0, before)
    if token is head:
        run += sentence.led_to(token, "of")[:1]
    return bounds, run, True


def _group(sentence: Sentence, head: Token) -> _Found | None:
    """The number of a group's members ("a network of 15", "a family of five")."""
    if head.lemma not in _words().groups and head.lower not in ("members",):
        return None
    for of in sentence.children(head, "prep"):
        if of.lower == "of":
            for inner in sentence.children(of, "pobj"):
                found = _number(sentence, inner)
                if found is not None:
                    return found[0], [*found[1], inner], True
    return None


_NOT_ONE = frozenset(
    (
        "people",
        "police",
        "personnel",
        "staff",
        "military",
        "army",
        "security",
        "intelligence",
        "crowd",
        "group",
        "family",
        "population",
        "community",
        "team",
        "force",
        "government",
        "public",
        "media",
        "number",
        "gang",
        "mob",
        "none",
        "nobody",
    )
)


def _one(sentence: Sentence, head: Token) -> _Found | None:
    """One, where a word stands for one person ("a priest", "the suspect", "another")."""
    if head.lower in ("another", "one") and not sentence.children(head, "det", "neg"):
        return (1, 1, 1), [], False
    if head.tag in ("NNS", "NNPS") or head.lower in _NOT_ONE or head.pos == "PRON":
        return None
    determiners = [t for t in sentence.children(head, "det", "poss") if t.i < head.i]
    if head.pos == "PROPN":
        return (1, 1, 1), [], False
    if (head.pos == "NOUN" or is_aged(sentence, head)) and any(
        d.lower in ("a", "an", "the", "one", "another", "his", "her", "this", "that", "their") or d.dep == "poss"
        for d in determiners
    ):
        return (1, 1, 1), determiners[:1], False
    if head.pos == "NOUN" and head.tag == "NN" and head.dep in ("nsubjpass", "nsubj", "dobj", "appos"):
        return (1, 1, 1), [], False
    return None


def _others(sentence: Sentence, head: Token) -> tuple[_Bounds, list[Token]] | None:
    """The number of more people besides ("and eight others", "along with the governor")."""
    for joined in sentence.conjuncts(head)[1:]:
        found = _number(sentence, joined)
        if found is not None and _names_others(sentence, joined):
            return found[0], [*found[1], joined]
    return None


def _names_others(sentence: Sentence, token: Token) -> bool:
    words = {token.lemma, token.lower, *(t.lower for t in sentence.children(token))}
    return bool(words & set(_words().others)) or token.pos == "NUM"
