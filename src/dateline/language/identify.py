"""Which language a report is in. English shows cheaply by its words; anything else is asked of py3langid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from dateline.language.dictionary import is_word
from dateline.model.knowledge import english, load

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
#: A text is English where so many of its words are English, names left out. (Small words alone are no proof: others
#: have "a", "in", "is" and "was", too.)
_KNOWN = 0.8
#: English words of one and two letters. Others ("de", "la") stand in names of all languages, as "a" does in most.
_SHORTEST = english("dateline.language", "shortest")
_TWO = 2
#: Names are left out where so many words stand beside them, and such a share of all. (A headline in capitals has none.)
_BESIDE, _BESIDE_SHARE = 2, 0.3
#: A name, where words are written N with a capital, s if they have up to three letters, and w: "Castellón de la Plana".
_NAME = re.compile("N(?:s{0,2}N)*+")
_THREE = 3
#: Log odds: what is not all English words is in another language where that is so much likelier. (Names alone make less
#: of a difference.)
_MARGIN = 11.0
#: In fewer words py3langid easily finds a language in which hardly any report is.
_FEW = 25


def language_of(text: str) -> str | None:
    """ISO 639-1 code; None where there are no words."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return None
    return "en" if _are_english(words) else _likeliest(sample.lower(), len(words) < _FEW)


def _are_english(words: Sequence[str]) -> bool:
    """Are nearly all words English, those with a capital left out where others are enough to tell?"""
    plain = [word for word in _without_names(words) if word != "a"]
    if len(plain) < max(_BESIDE, _BESIDE_SHARE * len(words)):
        lower = [word.lower() for word in words]
        plain = [word for word in lower if len(word) > _TWO or word in _SHORTEST]
    return bool(plain) and sum(map(_is_english, plain)) >= _KNOWN * len(plain)


def _without_names(words: Sequence[str]) -> list[str]:
    """The words without a capital that do not stand within a name."""
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
    """The likeliest language: English unless that is well behind, and of a short text one of those of much news."""
    import py3langid

    odds = {str(name): float(value) for name, value in py3langid.rank(text)}
    found = next(name for name in odds if not short or name in _of_news())
    return found if odds[found] - odds["en"] > _MARGIN else "en"


@cache
def _of_news() -> frozenset[str]:
    return frozenset(load("dateline.language", "languages.yaml", dict[str, list[str]])["news"])
