"""Names that are no places: directions, bodies, titles, people, parts of longer names."""

from __future__ import annotations

import re
from functools import cache

from dateline.language import Sentence, Token
from dateline.language.dictionary import is_word
from dateline.language.names import Run, is_namelike
from dateline.language.roles import words
from dateline.model.knowledge import english, load
from dateline.where.around import feature_words, listed_words, word_at
from dateline.where.enclosing import is_place_name, said_inside
from dateline.where.folding import fold
from dateline.where.gazetteer import Entry, known_place

_QUOTES = ('"', "“", "”", "``", "''")
_ARTICLES = english("dateline.where", "articles")
#: The name of a town with so many people is a place even if it is an ordinary word.
LARGE_TOWN = 100_000
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")


def is_no_place(run: Run, token: Token, entries: tuple[Entry, ...]) -> bool:
    """Is it not a name of a place: a direction, a feature word alone ("the Region", but not "Temple, Texas"), initials,
    or an acronym that does not stand for a country or province?"""
    if token.lower in listed_words("directions") or (
        token.lower in feature_words() and said_inside(run.sentence.tokens, token.i) is None
    ):
        return True
    if _is_misspelt_short(run.sentence, token) or token.lower in listed_words("no_places"):
        return True
    outer = said_inside(run.sentence.tokens, token.i)
    if is_small(entries) and _is_institution(run.sentence.tokens, token) and not (outer and is_place_name(outer)):
        return True
    large = any(e.kind in ("country", "admin1", "region") or e.id >= 1_500_000_000 for e in entries)
    short = len(token.text) <= 4 and token.text.isupper() and run.sentence.case != "upper"
    filed = run.sentence.kind == "dateline" and not is_small(entries)  # "TAIZ - "
    return not large and not filed and (short or bool(_INITIALS.fullmatch(token.text)))


def is_small(entries: tuple[Entry, ...]) -> bool:
    """Is it only the name of places smaller than a large town, a province or a country?"""
    return all(e.kind not in ("country", "admin1", "region") and e.population < LARGE_TOWN for e in entries)


def _is_institution(tokens: list[Token], token: Token) -> bool:
    """Is it a word for a body ("Police", "Court"), or an English word for the task of an office ("Ministry of Justice",
    "Justice Department")? Towns of that name do not count then."""
    if token.lower in words("organisation_words") or token.lower in words("titles"):
        return is_word(token.lower)
    before = word_at(tokens, token.i - 1) == "of" and word_at(tokens, token.i - 2) in listed_words("offices")
    return is_word(token.lower) and (before or word_at(tokens, token.i + 1) in listed_words("offices"))


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Folded abbreviation of a province -> the spellings in which it is written."""
    table = load("dateline.where", "abbreviations.yaml", dict[str, dict[str, str]])
    shorts = [short for country_ in table.values() for short in country_]
    return {fold(one): frozenset(s for s in shorts if fold(s) == fold(one)) for one in shorts}


def _is_misspelt_short(sentence: Sentence, token: Token) -> bool:
    """Is it spelled otherwise than the abbreviation of a province ("Al" of "Al Salem" is not "AL", "M.D." is not
    "Md.")?"""
    written = _abbreviations().get(fold(token.text), frozenset())
    stopped = token.text + "." if word_at(sentence.tokens, token.i + 1) == "." else token.text
    return bool(written) and sentence.case == "mixed" and written.isdisjoint((token.text, stopped))


def is_part_of_name(tokens: list[Token], end: int, last: int) -> bool:
    """Does a hyphen or an article join it to the rest of a longer name that is no place ("Ain al-Salib",
    "Davis-Cole")?"""
    if end + 2 > last or (tokens[end + 1].lower in ("-", "–") and tokens[end + 1].start > tokens[end].end):
        return False
    rest = [t for t in tokens[end + 1 : last + 1] if is_namelike(t)]
    joined = tokens[end + 1].text in ("-", "–") or tokens[end + 1].lower in _ARTICLES
    return joined and bool(rest) and not is_word(rest[0].lower) and not known_place(rest[0].text)


def is_title(tokens: list[Token], first: int, end: int) -> bool:
    """Is it a part of the name of a newspaper ("Kano Herald", "Times of India"), or a nickname in quotes?"""
    following = tokens[end + 1 : end + 3]
    press = any(t.text[:1].isupper() and t.lower in listed_words("press") for t in following)
    of = word_at(tokens, first - 1) == "of" and word_at(tokens, first - 2) in listed_words("press")
    quoted = word_at(tokens, first - 1) in _QUOTES and word_at(tokens, end + 1) in _QUOTES
    return of or quoted or (press and all(is_namelike(t) for t in tokens[end + 1 : end + 2]))


def is_served(tokens: list[Token], first: int, end: int) -> bool:
    """Does an office or a body follow that is named after the place ("Bantam Superior Court", "Danbury Mayor Ann
    Cole")?"""
    following = [t.lower.rstrip(".") for t in tokens[end + 1 : end + 3]]
    strange = end > first or not is_word(tokens[first].lower)
    return strange and any(w in words("titles") or w in words("organisation_words") for w in following)


#: Verbs for what people, but not villages, do or undergo ("was charged").
_OF_PEOPLE = english("dateline.where", "of_people")


def does_as_people_do(sentence: Sentence, name: Token) -> bool:
    """Does it do or undergo what only people do ("Jeffs was charged")? It is then not a small place of that name."""
    return name.dep in ("nsubj", "nsubjpass") and sentence.head(name).lemma in _OF_PEOPLE
