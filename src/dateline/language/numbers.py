"""Reads numbers in words and figures ("nine hundred", "1.2 million", "twenty-one", "3,000")."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.model.knowledge import load

_TABLES = load("dateline.language", "en/numbers.yaml", dict[str, dict[str, int]])
_UNITS, _TENS, _SCALES, _ORDINALS = (_TABLES[name] for name in ("units", "tens", "scales", "ordinals"))
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?")

#: A regular expression for one number in words; at most 16 words, which is enough for any number.
WORDS = r"(?:(?:{})(?:[ -](?:and )?(?:{})){{0,15}})".format(
    *tuple("|".join(sorted((*_UNITS, *_TENS, *_SCALES), key=len, reverse=True)) for _ in range(2))
)
ORDINAL_WORDS = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"


@lru_cache(maxsize=4096)
def parse(text: str) -> int | None:
    """The whole number that a text stands for, in figures, words or both ("1.5 million", "twenty-one"); None for other
    texts."""
    lower = text.lower().strip()
    figure = _FIGURES.match(lower)
    value: float = 0.0
    if figure:
        value = float(figure.group().replace(",", ""))
        rest = lower[figure.end() :].split()
        for word in rest:
            if word not in _SCALES:
                return None
            value *= _SCALES[word]
        return int(value) if value == int(value) else None
    return _in_words(re.split(r"[\s-]+", lower))


def _in_words(words: list[str]) -> int | None:
    total, current, seen = 0, 0, False
    for word in words:
        if word == "and" and seen:
            continue
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        else:
            return None
        seen = True
    return total + current if seen else None


def ordinal(text: str) -> int | None:
    """The number of an ordinal ("third", "21st"); None for other words."""
    lower = text.lower().strip()
    if lower in _ORDINALS:
        return _ORDINALS[lower]
    match = re.fullmatch(r"(?<!\d)(\d++)(?:st|nd|rd|th)", lower)
    if match:
        return int(match.group(1))
    tens, _, unit = lower.partition("-")
    return _TENS[tens] + _ORDINALS[unit] if tens in _TENS and unit in _ORDINALS else None
