"""Guess the code page of bytes that name no encoding, by the language of the text that each code page gives.

Nearly every byte is a letter in nearly every code page, so a text read in the wrong code page still looks like words
(Turkish looks like Icelandic). The right one gives letters and small words of one language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from dateline.model.knowledge import load

#: The most bytes that are looked at, and how many bytes are taken on each side of one that is not ASCII.
_SAMPLE, _AROUND = 1 << 14, 150
#: The largest share of characters beyond ASCII that may be foreign to the language; the least share of all words that
#: must be small words of the language; and by what factor that share must exceed the share of the second-best reading.
_STRANGE, _SMALL, _CLEARLY = 0.02, 0.08, 1.5
#: The share that a text counts with if it has no small word, but at least so many letters beyond ASCII.
_BARELY, _LETTERS = 0.02, 3
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
#: A character beyond ASCII, with the characters before and after it.
_HIGH = re.compile(r"(?<=(.))?([^\x00-\x7f])(?=(.))?", re.DOTALL)
#: The last Latin letter or combining mark: later letters are of other alphabets and do not stand beside a to z.
_LATIN = "\u036f"
_DASHES = "–—"


@dataclass(frozen=True, slots=True)
class _Signs:
    after: str
    apart: str


@dataclass(frozen=True, slots=True)
class _Language:
    """A language as `knowledge/codepages.yaml` describes it."""

    language: str
    pages: tuple[str, ...]
    words: str
    letters: str = ""
    western: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    signs: _Signs
    western: str
    languages: tuple[_Language, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """How bytes may be read: the code page, the language, and the share of small words of that language."""

    page: str
    language: str
    text: str = field(repr=False)
    words: float


@cache
def _file() -> _File:
    return load("dateline.readers", "codepages.yaml", _File)


def guess(data: bytes) -> Guess | None:
    """The best reading of the bytes; None where no reading gives a language, or two readings are nearly as good."""
    found = sorted(_guesses(_sample(data)), key=lambda one: -one.words)
    if not found:
        return None
    best = found[0]
    rival = next((one for one in found[1:] if one.text != best.text), None)
    if rival is not None and best.words < _CLEARLY * rival.words:
        return None
    text = _decoded(data, best.page)
    return None if text is None else Guess(best.page, best.language, text, best.words)


def _sample(data: bytes) -> bytes:
    """The parts of the bytes by which code pages differ: those around bytes that are not ASCII."""
    parts: list[bytes] = []
    end = size = 0
    for high in _HIGH_BYTE.finditer(data):
        if high.start() >= end:
            start, end = max(end, high.start() - _AROUND), high.start() + _AROUND
            parts.append(data[start:end])
            size += end - start
        if size >= _SAMPLE:
            break
    return b"\n".join(parts)


def _guesses(sample: bytes) -> list[Guess]:
    found: list[Guess] = []
    for language in _file().languages:
        small = frozenset(language.words.split())
        for page in language.pages:
            text = _decoded(sample, page)
            if text is None or _strange(text, language) > _STRANGE:
                continue
            words = _WORD.findall(text.lower())
            share = sum(word in small for word in words) / len(words) if words else 0.0
            if share < _SMALL:
                # A line or two may hold no small word. Then its letters alone count, with a low share.
                share = _BARELY if len(_LETTER.findall(text)) >= _LETTERS and not _strange(text, language) else 0.0
            if share:
                found.append(Guess(page, language.language, text, share))
    return found


def _decoded(data: bytes, page: str) -> str | None:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return None
    return None if any("\x80" <= c <= "\x9f" for c in text) else text


def _strange(text: str, language: _Language) -> float:
    """The share of the characters beyond ASCII that are foreign to the language, or stand where they cannot stand."""
    file = _file()
    own = set(language.letters + (file.western if language.western else ""))
    own |= set("".join(own).upper()) | ({"İ"} if "ı" in own else set())
    small = language.words.split()
    anywhere, apart = own | set(file.signs.after + file.signs.apart + "\xa0\xad"), set(file.signs.apart)
    odd = strange = 0
    for match in _HIGH.finditer(text):
        before, c, after = match[1] or " ", match[2], match[3] or " "
        odd += 1
        if c.isalpha():
            # Signs of a wrong code page: a capital in the middle of a word, a letter alone that is no word, or a letter
            # beside one of another alphabet.
            alone = not (before.isalpha() or after.isalpha()) and c.lower() not in small
            mixed = c > _LATIN and any(one.isascii() and one.isalpha() for one in (before, after))
            misplaced = alone or mixed or (c.isupper() and before.islower()) or (c.islower() and after.isupper())
        else:
            # More signs: a letter before a sign that only begins words, or a dash within a word.
            misplaced = before.isalpha() and (c in apart or (c in _DASHES and after.isalpha()))
        strange += c not in anywhere or misplaced
    return strange / odd if odd else 0.0
