"""Tells the language of a report. English is told cheaply by its words; for other texts py3langid is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from dateline.language.dictionary import is_word
from dateline.model.knowledge import english, load

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
#: A text is English if at least this share of its words, without names, is English. (A few small words are not enough:
#: other languages also have "a", "in", "is" and "was".)
_KNOWN = 0.8
#: English words of one and two letters. Other short words ("de", "la") are in names of all languages.
_SHORTEST = english("dateline.language", "shortest")
_TWO = 2
#: Names are left out only if at least so many other words are left, and at least this share of all. (In a headline in
#: capitals all words look like names.)
_BESIDE, _BESIDE_SHARE = 2, 0.3
#: A name, in a text written as one letter a word: N for a word with a capital, s for a small word of at most three
#: letters, w for any other ("Castellón de la Plana" is "NssN").
_NAME = re.compile("N(?:s{0,2}N)*+")
_THREE = 3
#: Log odds by which another language must be likelier than English. (Names alone make a smaller difference.)
_MARGIN = 11.0
#: For a text of fewer words only the languages of much news are considered, as py3langid then often finds a rare one.
_FEW = 25


def language_of(text: str) -> str | None:
    """The language of a text as ISO 639-1 code; None where it has no words."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return None
    return "en" if _are_english(words) else _likeliest(sample.lower(), len(words) < _FEW)


def _are_english(words: Sequence[str]) -> bool:
    """Are nearly all words English? Names are left out if enough other words are there."""
    plain = [word for word in _without_names(words) if word != "a"]
    if len(plain) < max(_BESIDE, _BESIDE_SHARE * len(words)):
        lower = [word.lower() for word in words]
        plain = [word for word in lower if len(word) > _TWO or word in _SHORTEST]
    return bool(plain) and sum(map(_is_english, plain)) >= _KNOWN * len(plain)


def _without_names(words: Sequence[str]) -> list[str]:
    """The words that have no capital and do not stand within a name."""
    shape = "".join(map(_shape, words))
    plain = _NAME.sub(lambda name: "N" * len(name.group()), shape)
    return [word for word, kind in zip(words, plain, strict=True) if kind != "N"]


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> str:
    return "N" if word[0].isupper() else "s" if len(word) <= _THREE else "w"


@lru_cache(maxsize=1 << 16)
def _is_english(word: str) -> bool:
    return word in _SHORTEST if len(word) <= _TWO else is_word(word)


def _likeliest(text: str, short: bool) -> str:
    """The likeliest language: English unless another one is much likelier; for a short text only a language of much
    news."""
    import py3langid

    odds = {str(name): float(value) for name, value in py3langid.rank(text)}
    found = next(name for name in odds if not short or name in _of_news())
    return found if odds[found] - odds["en"] > _MARGIN else "en"


@cache
def _of_news() -> frozenset[str]:
    return frozenset(load("dateline.language", "languages.yaml", dict[str, list[str]])["news"])
