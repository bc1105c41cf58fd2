"""Replaces labels, the words for people who fight ("terrorists", "rebels", "freedom fighters"), by one word for all of
them (knowledge/en/labels.yaml).

A label tells which side the speaker is on, and not what was done, so which label a report uses must not decide
anything. The parser and the learned reader therefore see one word for all labels, and a list of words that holds
`$label` holds all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from dateline.model.knowledge import load

_WORD = re.compile(r"\w+")
#: How many characters before a label are searched for the word before it.
_LONG = 40

#: In a list of words of a knowledge file it stands for all labels.
ALL = "$label"


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a sentence: its offsets in the text of the sentence, and the word that is read in its place."""

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
    """Each label, singular and plural -> is it a plural?"""
    return {f"{word}{s}": bool(s) for word in _form().labels for s in ("", "s")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_many(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE)


def to_read(text: str, case: str) -> list[Label]:
    """The labels of a sentence as the learned reader sees them, which ignores capitals. In text of mixed case two words
    with capitals are a name and not a label."""
    found = _labels(text, _form().read)
    return [one for one in found if case != "mixed" or " " not in text[one.start : one.end] or _is_plain(text, one)]


def to_parse(text: str) -> list[Label]:
    """The labels of a sentence as the parser sees them. A label with a capital, if not the first word of the sentence,
    is part of a name and is left as it is ("the Ulster Freedom Fighters")."""
    found = (label for label in _labels(text, _form().parse) if _is_plain(text, label))
    first = text[:1].isupper()
    return [replace(label, read=label.read.capitalize()) if first and label.start == 0 else label for label in found]


def one_word(word: str) -> str:
    """A word in small letters; for a label of one word (singular or plural) the word that is read for all labels."""
    return _form().read[True] if word in _many() else word


def with_every_label(name: str) -> list[str]:
    """A name, and if it holds a label ("Chechen rebels") the same name with each other label in its place."""
    label = next(iter(to_parse(name)), None)
    if label is None:
        return [name]
    many = _many()[name[label.start : label.end].lower()]
    alike = (word for word, of_many in _many().items() if of_many == many)
    return list(dict.fromkeys([name, *(f"{name[: label.start]}{word}{name[label.end :]}" for word in alike)]))


def _labels(text: str, read: tuple[str, str]) -> list[Label]:
    """The labels of a text. `read` are the words to read for a label in the singular and in the plural."""
    found = ((match, _many().get(match.group().lower())) for match in _pattern().finditer(text))
    return [
        Label(match.start(), match.end(), read[many])
        for match, many in found
        if many is not None and not _is_something_else(text, match)
    ]


def _is_something_else(text: str, label: re.Match[str]) -> bool:
    """Do the words beside it show that it is not a label ("a fighter jet", "F-16 fighters", "fire fighters")? Names of
    groups with a figure do not ("M23 fighters")."""
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
    """Is it in small letters, apart from the first letter of the sentence?"""
    written = text[label.start : label.end]
    return written.islower() or (label.start == 0 and written[1:].islower())
