"""Which words of a text may be somebody's name, and whether an office stands with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.model.knowledge import load

WORD = re.compile(r"[^\W\d_][\w'’.-]*")
#: The name of a town with fewer inhabitants is as likely somebody's surname.
_LARGE = 100_000
#: The number of words before a name, and after it, among which an office is looked for.
_BEFORE, _AFTER = 4, 5
#: The characters that may stand between two words of one name.
_GAP = re.compile(r"[ \t\n]{1,3}")
#: The characters that may stand between an office and a name.
_SAME = re.compile(r"[ \t\n\"“”'‘’]{1,3}")
#: A word of a name that begins with an Arabic article ("al-Sadr").
_ARTICLE = re.compile(r"(?:al|el|ul|ur|as|ad|an|at|ar|az|ash)-[A-Z]")


@dataclass(frozen=True, slots=True)
class Name:
    """A part of a text that may be somebody's name; `office` says whether an office stands beside it."""

    start: int
    end: int
    text: str
    office: bool


def has_name(words: str) -> bool:
    """Can the words hold somebody's name?"""
    return next(names_in(words), None) is not None


def has_office(words: str) -> bool:
    """Do the words name an office?"""
    return any(word.lower().rstrip(".") in _words("before") for word in WORD.findall(words))


def names_in(text: str, known: frozenset[str] = frozenset()) -> Iterator[Name]:
    """The parts of a text that may be somebody's name. In doubt, words are taken for a name.

    Only words of the dictionary, countries, peoples, large towns, known actors and bodies ("Shifa Hospital") are taken
    for something else.
    """
    words = list(WORD.finditer(text))
    kept = _known_spans(text)
    i = 0
    while i < len(words):
        if not _starts_name(words[i], known, kept):
            i += 1
            continue
        first, last = _widened(text, words, i, known, kept)
        if not _is_body(text, words, last):
            span = text[words[first].start() : words[last].end()]
            bare = re.sub(r"['’]s?$", "", span.rstrip(".,"))
            yield Name(
                words[first].start(), words[first].start() + len(bare), bare, _with_office(text, words, first, last)
            )
        i = last + 1


def _starts_name(word: re.Match[str], known: frozenset[str], kept: list[tuple[int, int]]) -> bool:
    if any(start <= word.start() < end for start, end in kept):
        return False
    return bare_word(word.group()).casefold() not in known and _is_name(word.group())


def _widened(
    text: str, words: list[re.Match[str]], i: int, known: frozenset[str], kept: list[tuple[int, int]]
) -> tuple[int, int]:
    """The first and the last word (by index) of the name that the word `i` is part of."""
    first = last = i
    while first > 0 and _joined(text, words, first - 1) and _may_be_first(text, words[first - 1], known):
        first -= 1
    while last + 1 < len(words) and _joined(text, words, last):
        word = words[last + 1].group()
        capital = _is_capital(word) and bare_word(word).casefold() not in known and not _is_bodys(word)
        inside = word.casefold() in _words("inside") and last + 2 < len(words) and words[last + 2].group()[:1].isupper()
        if not (capital or inside) or any(start <= words[last + 1].start() < end for start, end in kept):
            break
        last += 1
    return first, last


def _joined(text: str, words: list[re.Match[str]], i: int) -> bool:
    return _GAP.fullmatch(text, words[i].end(), words[i + 1].start()) is not None and not _ends(words[i].group())


def _ends(word: str) -> bool:
    """Does a sentence end with the word? Initials ("J.") and abbreviations do not end one."""
    return word.endswith(".") and len(word) > 4


def _is_capital(word: str) -> bool:
    return word[0].isupper() or _ARTICLE.match(word) is not None


def _may_be_first(text: str, word: re.Match[str], known: frozenset[str]) -> bool:
    """Can a word before a name be part of it? Titles cannot, nor can words of the dictionary that begin a sentence."""
    from dateline.language.dictionary import is_word
    from dateline.where import country_code

    bare = bare_word(word.group()).casefold()
    if not word.group()[0].isupper() or bare in known or bare in _titles() or _is_bodys(bare) or country_code(bare):
        return False
    begins = not text[: word.start()].rstrip() or text[: word.start()].rstrip()[-1] in '.!?:;"“'
    return len(word.group().rstrip(".")) == 1 or not (begins and is_word(bare))


def _with_office(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    """Does an office stand before the name ("police colonel Saad Hamdani") or after it ("Saad Hamdani, the mayor")?"""
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if not _SAME.fullmatch(text, words[i].end(), words[i + 1].start()):
            break
        word = words[i].group()
        if word.lower().rstrip(".") in _words("before"):
            return True
        if _ends(word) or not (word[0].isupper() or word in _words("between")):
            break
    if not text.startswith(",", words[last].end()):
        return False
    after = {word.group().lower().rstrip(".,") for word in words[last + 1 : last + 1 + _AFTER]}
    return not after.isdisjoint(_words("after"))


def _is_body(text: str, words: list[re.Match[str]], last: int) -> bool:
    """Is the next word one for a body or a building ("Shifa Hospital", "the Zaytun market")?"""
    return last + 1 < len(words) and _joined(text, words, last) and _is_bodys(words[last + 1].group())


@lru_cache(maxsize=1 << 12)
def _is_bodys(word: str) -> bool:
    from dateline.language.roles import words

    bare = bare_word(word).casefold().rstrip(".")
    return bare in words("organisation_words") or bare in words("facility") or bare in _words("of_places")


@cache
def _titles() -> frozenset[str]:
    from dateline.language.roles import words

    return words("titles")


@cache
def _words(which: str) -> frozenset[str]:
    """A word list of knowledge/offices.yaml."""
    return frozenset(load("dateline.publishing", "offices.yaml", dict[str, list[str]])[which])


def bare_word(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.rstrip("."))


@lru_cache(maxsize=1 << 14)
def _is_name(word: str) -> bool:
    from dateline.language.dictionary import is_word
    from dateline.where import country_code, entries_of

    bare = bare_word(word)
    if not bare or not bare[0].isupper() or is_word(bare.casefold()) or country_code(bare) or _is_known(bare):
        return False
    if bare.casefold() in _titles() or _is_bodys(bare):
        return False
    parts = [part for part in re.split("[-.]", bare) if part]
    if len(parts) > 1 and all(is_word(part.casefold()) or country_code(part) for part in parts):
        return False
    return not any(e.kind == "city" and e.rank == 2 and e.population >= _LARGE for e in entries_of(bare))


@lru_cache(maxsize=1 << 12)
def _is_known(words: str) -> bool:
    """Are the words a name of a known actor?"""
    from dateline.who import actors_named

    plain = words.casefold()
    return any(plain == name.casefold() for _, actor in actors_named(words) for name in actor.names)


@cache
def _known_names() -> re.Pattern[str]:
    """A pattern of all names of known actors that have several words. They are looked for in whole texts."""
    from dateline.who import known_actors, names_of

    told = {name for key in known_actors() for name in names_of(key) if " " in name or "-" in name}
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(told, key=lambda n: (-len(n), n))) + r")\b")


def _known_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _known_names().finditer(text)] if " " in text or "-" in text else []
