"""Reads the figures in a phrase without a parse ("at least 12 people", "two dozen", "between 20 and 30", "üç asker").

It is for words quoted by a reader of the report (a language model, a person). Only their numbers matter then, and a
parse would cost a hundred times as much. All figures of the phrase are given; the reader knows which of them is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from dateline.howmany.approximating import approximated
from dateline.howmany.quantities import Bounds, quantities
from dateline.language import numbers
from dateline.model.knowledge import english, load

_SCALES = "hundred|thousand|million|lakh|crore"
_FIGURES = r"\d{1,3}(?:, ?000)+(?!\d)|\d{1,3}(?:,\d{2,3})+(?!\d)|\d++(?:\.\d++)?"
_NUMBER = re.compile(
    rf"(?<![\w.,$€£#])(?<![^\d\s]-)(?:(?:{_FIGURES})(?![a-z])(?:\s(?:{_SCALES})\b)?|{numbers.WORDS}\b)",
    re.IGNORECASE | re.ASCII,
)
_FOREIGN = re.compile(r"(?<![\w])\d{1,3}(?:[.,٬\s]\d{3})+(?!\d)|\d+|[^\W\d_]+", re.UNICODE)
_ARTICLE = re.compile(r"\b(?:an?|another|one)\b", re.IGNORECASE)
#: Words after a number that make it an age, a share, a sum of money or a measure.
_OTHERWISE = re.compile(
    r"\s?(?:-?\s?(?:years?|yrs?)\b|%|-?\s?(?:per ?cent|percent|pc)\b|-?\s?(?:km|kilomet|miles?|kg|kilos?|kilogram|"
    r"tons?|tonnes?|hours?|days?|weeks?|months?|minutes?|dollars?|euros?|metres?|meters?|a\.m|p\.m)\b)",
    re.IGNORECASE,
)
_PLUS = re.compile(r"\s?\+|\s?-?plus\b|\s(?:[\w-]+\s){0,2}or more\b", re.IGNORECASE)
_DOZEN = re.compile(r"\s(dozens?|score)\b", re.IGNORECASE)
_TO = re.compile(r"\s?(?:-|–|—|\sto\s|\sor\s)\s?|\s(?:and|to|or)\s", re.IGNORECASE)
_BREAK = r"(?:[,;&]|\b(?:and|plus|along with|together with|as well as)\b)"
_PARTS = re.compile(rf"(?:(?!{_BREAK}).)+", re.IGNORECASE | re.DOTALL)
#: Dates and ages ("08 March 1986", "John Kerr, 23,"): their numbers do not count people.
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?\b)?(?:,?\s\d{4}\b)?",
    re.IGNORECASE,
)
_AGE = re.compile(r"(?<=[a-z]),\s?\d{1,2}(?=\s*(?:,|\)|$|and\b))")
#: Sums are tried with at most so many numbers of a phrase.
_ADDED = 8
#: A number of more digits is not a figure.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a phrase: its bounds, and where in the phrase it stands together with its approximator."""

    bounds: Bounds
    start: int
    end: int

    @property
    def value(self) -> int:
        """The best number; else the lowest or the highest, where the words give only that."""
        low, best, high = self.bounds
        return next(n for n in (best, low, high) if n is not None)


def readings(phrase: str, language: str = "en") -> list[Reading]:
    """The figures of a phrase, in order, ranges first. In other languages than English approximators are not read."""
    if language != "en":
        return list(_foreign(phrase, language))
    phrase = _AGE.sub(_blank, _DATE.sub(_blank, phrase))
    found = sorted([*_numbers(phrase), *_vague(phrase)], key=lambda r: r.start)
    return [*_ranges(phrase, found), *found]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group()) if any(c.isdigit() for c in match.group()) else match.group()


def sums(phrase: str, found: Sequence[Reading]) -> frozenset[int]:
    """All numbers that a phrase or a part of it may stand for: sums of its numbers, where each other person in a list
    counts one ("Musa Bello and eight others": 9; "father and son": 2), ordinals ("the third blast": 3) and words like
    "duo"."""
    listed = [*_in_parts(phrase, found)]
    ones = [1 for _ in _ARTICLE.finditer(phrase)][:_ADDED]
    added = {0}
    for n in [*(r.value for r in found[:_ADDED]), *ones]:
        added |= {n + m for m in added}
    for n in listed[:_ADDED]:
        added |= {n + m for m in added}
    words = {numbers.ordinal(w) or _foreign_words()["en"].get(w.lower(), 0) for w in phrase.split()}
    return frozenset((added | words | ({sum(listed)} if len(listed) > 1 else set())) - {0})


def _in_parts(phrase: str, found: Sequence[Reading]) -> Iterator[int]:
    """How many each item of a list counts: its number, else one."""
    at = 0
    for part in _PARTS.findall(phrase):
        start = phrase.index(part, at)
        at = start + len(part)
        held = [r.value for r in found if start <= r.start < at]
        if part.strip() and any(c.isalpha() for c in part):
            yield held[0] if held else 1


def is_read(language: str) -> bool:
    """Are number words of the language known?"""
    return language == "en" or language in _foreign_words()


def _numbers(phrase: str) -> Iterator[Reading]:
    for match in _NUMBER.finditer(phrase):
        value = _value(match.group())
        after = phrase[match.end() : match.end() + 30]
        if value is None or _OTHERWISE.match(after):
            continue
        dozen = _DOZEN.match(after)
        if dozen is not None:
            bounds: Bounds = (value * 12,) * 3 if dozen.group(1).lower().startswith("dozen") else (value * 20,) * 3
            yield _with_approximator(phrase, bounds, match.start(), match.end() + dozen.end())
            continue
        if phrase[: match.start()].rstrip().lower().endswith("several"):
            yield Reading((3 * value, None, None), match.start(), match.end())
            continue
        plus = _PLUS.match(after)
        if plus is not None:
            yield Reading(approximated(value, "least"), match.start(), match.end() + plus.end())
            continue
        yield _with_approximator(phrase, (value, value, value), match.start(), match.end())


def _value(words: str) -> int | None:
    """The number that the words stand for; also in Indian notation ("3,50,000"). None for other words."""
    plain = words.replace(", ", "").replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) <= _DIGITS else numbers.parse(words)


@cache
def _approximators() -> list[tuple[re.Pattern[str], str]]:
    rows = [(words, kind) for kind, entries in quantities().approximators.items() for words in entries]
    return [
        (re.compile(rf"\b{re.escape(words)}\s+(?:(?:an?|the|all|another|some)\s+)?$", re.IGNORECASE), kind)
        for words, kind in sorted(rows, key=lambda row: -len(row[0]))
    ]


def _with_approximator(phrase: str, bounds: Bounds, start: int, end: int) -> Reading:
    value = bounds[1]
    for pattern, kind in _approximators():
        match = pattern.search(phrase[:start])
        if match is not None and value is not None:
            return Reading(approximated(value, kind), match.start(), end)
    return Reading(bounds, start, end)


@cache
def _vague_words() -> re.Pattern[str]:
    words = "|".join(sorted(quantities().vague, key=len, reverse=True))
    few = r"(?!\s(?:dozens?|hundreds?|thousands?|scores?)\b)"
    return re.compile(rf"(?:\b(tens|hundreds|half a|several|a few)\s(?:of\s)?)?\b({words})\b{few}", re.IGNORECASE)


#: How these words multiply the number after them. "Several" makes three: it multiplies a single number by 3, and a
#: plural (two already) by 1.5.
_TIMES = {"tens": 10.0, "hundreds": 100.0, "half a": 0.5}
_FEW = english("dateline.howmany", "few")


def _vague(phrase: str) -> Iterator[Reading]:
    for match in _vague_words().finditer(phrase):
        if match.group(2).lower() in ("dozen", "score") and any(
            one.end() + 1 == match.start() for one in _NUMBER.finditer(phrase[: match.start()])
        ):
            continue
        low, best, high = quantities().vague[match.group(2).lower()]
        many = (match.group(1) or "").lower()
        if many in _FEW:
            times = 3.0 if best is not None else 1.5
            best = high = None
        else:
            times = _TIMES.get(many, 1.0)
        low, best, high = (None if n is None else int(n * times) for n in (low, best, high))
        if best is not None and best == low:
            yield _with_approximator(phrase, (low, best, high), match.start(), match.end())
        else:
            yield Reading((low, best, high), match.start(), match.end())


def _ranges(phrase: str, found: Sequence[Reading]) -> Iterator[Reading]:
    """Pairs of numbers that are the bounds of a range ("between 20 and 30", "20-30")."""
    for one, two in pairwise(found):
        if one.bounds[1] is None or two.bounds[1] is None or one.value >= two.value:
            continue
        between = phrase[one.end : two.start]
        if _TO.fullmatch(between):
            yield Reading((one.value, None, two.value), one.start, two.end)


# ---------------------------------------------------------------- other languages


@cache
def _foreign_words() -> dict[str, dict[str, int]]:
    rows = load("dateline.howmany", "languages.yaml", dict[str, dict[str, int]])
    return {language: {_plain(word): n for word, n in table.items()} for language, table in rows.items()}


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    """A word in small letters, without accents and vowel marks."""
    parts = unicodedata.normalize("NFKD", word.replace("İ", "i").replace("I", "i").lower())
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("ı", "i")


def _foreign(phrase: str, language: str) -> Iterator[Reading]:
    """Figures, and runs of number words ("yirmi üç", "treinta y dos")."""
    table = _foreign_words().get(language, {})
    run: list[tuple[int, re.Match[str]]] = []
    for match in _FOREIGN.finditer(phrase):
        word = match.group()
        if word[0].isdecimal() and len(word) <= 2 * _DIGITS:
            yield from _run_of(run)
            # A scale word after it belongs to it ("2 bin").
            run = [(int("".join(c for c in word if c.isdecimal())), match)]
        elif (number := _foreign_number(word, table)) is not None:
            run.append((number, match))
        elif run and _plain(word) not in _JOINING:
            yield from _run_of(run)
            run = []
    yield from _run_of(run)


_JOINING = frozenset(("y", "et", "и", "و"))


def _foreign_number(word: str, table: dict[str, int]) -> int | None:
    plain = _plain(word)
    # The Arabic "and" is written as the first letter of the next word.
    return table.get(plain, table.get(plain[1:]) if plain.startswith("و") else None)


def _run_of(run: list[tuple[int, re.Match[str]]]) -> Iterator[Reading]:
    if not run:
        return
    total, current = 0, 0
    for number, _ in run:
        if number >= 1000:
            total, current = total + max(current, 1) * number, 0
        elif number == 100:
            current = max(current, 1) * 100
        else:
            # An article before a number word is not added ("une vingtaine" is 20, not 21).
            current = number if current == 1 and number >= 10 else current + number
    yield Reading((total + current,) * 3, run[0][1].start(), run[-1][1].end())
