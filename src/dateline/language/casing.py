"""Gives sentences the capitals of ordinary prose, which parsers need. Some reports come all in capitals (wire copy), in
lower case (web pages) or in Title Case (headlines).

`truecase` keeps the number of letters, so offsets do not change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from dateline.language.dictionary import is_word
from dateline.model.knowledge import english

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = english("dateline.language", "small")


def case_of(text: str) -> str:
    """The casing of a text: `upper`, `lower`, `title` or `mixed`."""
    capitals, smalls = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if capitals + smalls < 8:
        return "mixed"
    upper = capitals / (capitals + smalls)
    if upper > 0.75:
        return "upper"
    if upper < 0.004:
        return "lower"
    words = [w for w in _WORD.findall(text) if w.lower() not in _SMALL]
    if len(words) >= 4 and len(text) <= 200 and sum(w[0].isupper() for w in words) >= 0.85 * len(words):
        return "title"
    return "mixed"


#: First word -> names of several words that begin with it, in lower case, the longest first.
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def truecase(
    text: str,
    case: str,
    is_name: Callable[[str], bool],
    seen_lower: Collection[str] = (),
    phrases: Phrases | None = None,
) -> str:
    """The text with the capitals that it would have in prose.

    `is_name` tells whether a word is also a name (of a country, a large city). `phrases` are names made of words
    ("Shining Path"). `seen_lower` are words that the report writes in small letters elsewhere: the best evidence for a
    headline.
    """
    if case == "mixed":
        return text
    first = True

    def recase(match: re.Match[str]) -> str:
        nonlocal first
        word = match.group()
        sentence_start, first = first, False
        lower = _same_length(word)
        if case == "title" and (word.isupper() and len(word) > 1):
            return word
        if lower is None:
            return word
        plain = lower.split("'")[0].split("’")[0]
        if case == "lower" and sentence_start:
            return _capital(lower)
        if plain in seen_lower and not is_name(plain):
            return lower
        if is_name(plain) or not is_word(plain):
            return _as_name(word, lower, case)
        return lower

    return _with_phrases(_WORD.sub(recase, text), phrases or {})


def _with_phrases(text: str, phrases: Phrases) -> str:
    """The text with capitals in each name of `phrases` that it holds."""
    words = list(_WORD.finditer(text))
    lower = [w.group().lower() for w in words]
    for k, word in enumerate(lower):
        for name in phrases.get(word, ()):
            if tuple(lower[k : k + len(name)]) == name:
                for match in words[k : k + len(name)]:
                    if match.group() not in _SMALL:
                        text = text[: match.start()] + _capital(match.group()) + text[match.end() :]
                break
    return text


def _same_length(word: str) -> str | None:
    """The word in lower case, or None where that would change its length (İ)."""
    lower = word.lower()
    return lower if len(lower) == len(word) else None


def _as_name(word: str, lower: str, case: str) -> str:
    """A word as a name: with a capital, or all in capitals if it has at most five letters and no vowel (an acronym)."""
    if case == "upper" and len(lower) <= 5 and not re.search(r"[aeiouy]", lower):
        return word
    if case == "lower" and len(lower) <= 5 and not re.search(r"[aeiouy]", lower):
        capital = word.upper()
        return capital if len(capital) == len(word) else word
    return _capital(lower)


def _capital(lower: str) -> str:
    """The word with a capital, if the capital is one letter too (for "ß" it is not)."""
    capital = lower[0].upper()
    return (capital if len(capital) == 1 else lower[0]) + lower[1:]
