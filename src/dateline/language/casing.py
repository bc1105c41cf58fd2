"""Wire copy comes in capitals, web copy in lower case, headlines in Title Case; parsers need neither.

`truecase` writes a sentence as it would stand in ordinary prose, letter for letter (offsets do not move).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from dateline.language.dictionary import is_word
from dateline.model.knowledge import english

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = english("dateline.language", "small")


def case_of(text: str) -> str:
    """`upper`, `lower`, `title` or `mixed`."""
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


#: Names of several words in lower case, by their first word, the longest first.
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def truecase(
    text: str,
    case: str,
    is_name: Callable[[str], bool],
    seen_lower: Collection[str] = (),
    phrases: Phrases | None = None,
) -> str:
    """The text with the capitals that prose would give it.

    `is_name` knows names that are also words (a country, a large city), `phrases` are names made of words ("Shining
    Path"); `seen_lower` are words that the same report elsewhere writes small, which in a headline is the best evidence
    there is.
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
    """The text with capitals in the names that it holds."""
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
    """Unknown words are names; without vowels they are acronyms."""
    if case == "upper" and len(lower) <= 5 and not re.search(r"[aeiouy]", lower):
        return word
    if case == "lower" and len(lower) <= 5 and not re.search(r"[aeiouy]", lower):
        capital = word.upper()
        return capital if len(capital) == len(word) else word
    return _capital(lower)


def _capital(lower: str) -> str:
    """With a capital, where that is one letter (not so for ß)."""
    capital = lower[0].upper()
    return (capital if len(capital) == 1 else lower[0]) + lower[1:]
