"""Bytes that name no encoding, judged by the language that they give.

Nearly all bytes are letters in nearly all code pages, so that a text in the wrong one still looks like words: Turkish
looks like Icelandic. What tells is whether letters and small words are those of one language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from dateline.model.knowledge import load

#: Bytes that are looked at, and of them those on each side of one that is not ASCII.
_SAMPLE, _AROUND = 1 << 14, 150
#: Of the signs and letters beyond ASCII, the share that may be strange to the language; of all words, the share that
#: must be small words of it; and how much larger that must be than with another reading of the same bytes.
_STRANGE, _SMALL, _CLEARLY = 0.02, 0.08, 1.5
#: What letters beyond ASCII say for a language without any small word, where there are at least so many.
_BARELY, _LETTERS = 0.02, 3
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
#: A letter or sign beyond ASCII, and what stands on both sides of it.
_HIGH = re.compile(r"(?<=(.))?([^\x00-\x7f])(?=(.))?", re.DOTALL)
#: The last of the letters that go with a to z.
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
    """How bytes may be read: in which code page, of which language, and which share of the words speaks for it."""

    page: str
    language: str
    text: str = field(repr=False)
    words: float


@cache
def _file() -> _File:
    return load("dateline.readers", "codepages.yaml", _File)


def guess(data: bytes) -> Guess | None:
    """The reading of the bytes that gives a language; None where none does, or two different ones do."""
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
    """The parts of the bytes that tell pages apart: those around bytes that are not ASCII."""
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
                # A line or two may hold no small word; its letters then speak alone, and low.
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
    """The share of the signs and letters beyond ASCII that are none of the language, or stand where they cannot."""
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
            # A capital in the middle of a word, a letter that stands alone and is no word, or one of another alphabet
            # than its neighbour, is of the wrong page.
            alone = not (before.isalpha() or after.isalpha()) and c.lower() not in small
            mixed = c > _LATIN and any(one.isascii() and one.isalpha() for one in (before, after))
            misplaced = alone or mixed or (c.isupper() and before.islower()) or (c.islower() and after.isupper())
        else:
            # So is a sign that begins words at their end, or a dash within one.
            misplaced = before.isalpha() and (c in apart or (c in _DASHES and after.isalpha()))
        strange += c not in anywhere or misplaced
    return strange / odd if odd else 0.0
