"""One word for all words that people who fight are called (knowledge/en/labels.yaml).

"Terrorists", "rebels" and "freedom fighters" tell who speaks, and not what was done. What reads a sentence is therefore
given one word for all of them, and a list of words that holds `$label` holds all of them: none can decide anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from dateline.model.knowledge import load

_WORD = re.compile(r"\w+")
#: The word before a label is looked for in so many characters.
_LONG = 40

#: Stands for all labels in a list of words of a knowledge file.
ALL = "$label"


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a sentence: where it stands in the sentence's text, and the word that is read for it."""

    start: int
    end: int
    read: str


@dataclass(frozen=True, slots=True)
class _Form:
    labels: list[str]
    read: tuple[str, str]
    parse: tuple[str, str]
    unless_beside: dict[str, list[str]]
    groups: list[str]


@cache
def _form() -> _Form:
    return load("dateline.language", "en/labels.yaml", _Form)


@cache
def labels() -> frozenset[str]:
    """The labels in the singular."""
    return frozenset(_form().labels)


def with_labels(words: Iterable[str]) -> frozenset[str]:
    """A list of words as a set, with all labels where it holds `$label`."""
    found = frozenset(words)
    return found - {ALL} | labels() if ALL in found else found


@cache
def _many() -> dict[str, bool]:
    """Each label in the singular and in the plural, and whether it means many."""
    return {f"{word}{s}": bool(s) for word in _form().labels for s in ("", "s")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_many(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


def to_read(text: str, case: str) -> list[Label]:
    """The labels of a sentence for the learned reader, which sees no capitals. In plain text ("mixed") two words with
    capitals are a name."""
    found = _labels(text, _form().read)
    return [one for one in found if case != "mixed" or " " not in text[one.start : one.end] or _is_plain(text, one)]


def to_parse(text: str) -> list[Label]:
    """The labels of a sentence for the parser, with the capital of the first word. Other capitals make a label part of
    a name: "the Ulster Freedom Fighters"."""
    found = (label for label in _labels(text, _form().parse) if _is_plain(text, label))
    first = text[:1].isupper()
    return [replace(label, read=label.read.capitalize()) if first and label.start == 0 else label for label in found]


def one_word(word: str) -> str:
    """A word in small letters; for a label of one word, one or many, the word that is read for all of them."""
    return _form().read[True] if word in _many() else word


def with_every_label(name: str) -> list[str]:
    """A name, and the same with each other label in place of the one that is a part of it ("Chechen rebels")."""
    label = next(iter(to_parse(name)), None)
    if label is None:
        return [name]
    many = _many()[name[label.start : label.end].lower()]
    alike = (word for word, of_many in _many().items() if of_many == many)
    return list(dict.fromkeys([name, *(f"{name[: label.start]}{word}{name[label.end :]}" for word in alike)]))


def _labels(text: str, read: tuple[str, str]) -> list[Label]:
    """The labels of a text with what is read for them, one and many."""
    found = ((match, _many().get(match.group().lower())) for match in _pattern().finditer(text))
    return [
        Label(match.start(), match.end(), read[many])
        for match, many in found
        if many is not None and not _is_something_else(text, match)
    ]


def _is_something_else(text: str, label: re.Match[str]) -> bool:
    """Do the words beside it say that it is no label: "a fighter jet", "F-16 fighters", "fire fighters"? "M23 fighters"
    are people."""
    beside = _beside(label.group().lower().removesuffix("s"))
    if not beside:
        return False
    before = (text[max(0, label.start() - _LONG) : max(0, label.start() - 1)].lower().split() or [""])[-1]
    after = _WORD.match(text, label.end() + 1)
    aircraft = before[:1].isalpha() and any(map(str.isdigit, before)) and before not in _form().groups
    return aircraft or before in beside or (after is not None and after.group().lower() in beside)


@cache
def _beside(label: str) -> frozenset[str]:
    return frozenset(_form().unless_beside.get(label, ()))


def _is_plain(text: str, label: Label) -> bool:
    """Is it written without capitals, but for the first letter of the sentence?"""
    written = text[label.start : label.end]
    return written.islower() or (label.start == 0 and written[1:].islower())
