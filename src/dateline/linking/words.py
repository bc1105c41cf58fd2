"""How alike the words of two texts are: the cosine of their word vectors, each word weighted by how rare it is.

The weights are fixed (knowledge/words.yaml), not counted in the reports at hand. So the likeness of two reports does
not depend on what else is in the ledger, and a report that comes later changes nothing that was linked before.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.model.knowledge import load

_FURNITURE = 0.5
#: From this weight on a word with a capital is taken for a name that is rare enough to be evidence (weights are natural
#: logarithms: one report in 55 has a word of weight 4).
_NAME = 4.0
#: How many names of a text are used to look for candidates: the rarest ones.
_RAREST = 10
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))+|\d+")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rare: float
    number: float
    digit: float
    furniture: list[str]
    common: dict[float, list[str]]


@cache
def _form() -> _Form:
    return load("dateline.linking", "words.yaml", _Form)


@cache
def _common() -> dict[str, float]:
    told = {word: weight for weight, words in _form().common.items() for word in words}
    return told | dict.fromkeys(_form().furniture, _FURNITURE)


def weight(word: str) -> float:
    """How rare a lower-case word or number is: the natural logarithm of "one report in how many has it"."""
    if word.isdigit():
        return _form().number if len(word) > 1 else _form().digit
    return _common().get(word, _form().rare)


def counts(text: str) -> dict[str, int]:
    """How often each word and number occurs in a text; keys are in lower case."""
    return Counter(word.lower() for word in _WORD.findall(text))


def written_large(text: str) -> list[str]:
    """The words of a text that always begin with a capital there, in lower case and sorted: names, and words that only
    begin sentences. Where no word begins with a small letter (old wires in capitals), these are all words."""
    words = set(_WORD.findall(text))
    small = {word for word in words if word[0].islower()}
    large = {word.lower() for word in words if word[0].isupper()} - small
    return sorted(large if small else {word.lower() for word in words})


def vector(counts: Mapping[str, int]) -> dict[str, float]:
    """The words of a text with their weights, as a vector of length 1 (Euclidean)."""
    raw = {word: (1.0 + math.log(n)) * weight(word) for word, n in counts.items()}
    length = math.sqrt(math.fsum(x * x for x in raw.values()))
    return {word: x / length for word, x in raw.items() if x} if length else {}


def likeness(a: dict[str, float], b: dict[str, float]) -> float:
    """The cosine of two vectors, between 0 and 1."""
    if len(a) > len(b):
        a, b = b, a
    return math.fsum([a[word] * b[word] for word in a.keys() & b.keys()])


def names_in(a: dict[str, float], large: Collection[str]) -> frozenset[str]:
    """The words of a vector that are rare and written with a capital (`large`, from written_large): mostly names."""
    return frozenset(word for word in a.keys() & set(large) if not word.isdigit() and weight(word) >= _NAME)


def weight_of(names: Iterable[str]) -> float:
    """The sum of the weights of some names."""
    return math.fsum(map(weight, names))


def numbers_in(a: dict[str, float]) -> frozenset[str]:
    """The numbers of a vector with two or more digits that are no years (ages, houses, blocks, roads)."""
    return frozenset(w for w in a if w.isdigit() and len(w) > 1 and not (len(w) == 4 and w[:2] in ("19", "20")))


def rarest(a: dict[str, float], names: Collection[str]) -> tuple[str, ...]:
    """The rarest names of a text, at most _RAREST of them. Candidates are looked for by these."""
    return tuple(sorted(names, key=lambda word: (-a[word], word))[:_RAREST])
