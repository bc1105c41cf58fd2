"""Cuts a block into sentences, whatever its casing (mixed, capitals, lower case)."""

from __future__ import annotations

import re
from functools import cache

from dateline.language.blocks import Block
from dateline.model.knowledge import load

#: A sentence of more characters is cut at the next blank: prose has none, and the parser takes longer for long ones.
_LONGEST = 1500

_STOP = re.compile(r"(?<![.!?…])([.!?…]++)([\"'”’»)\]]*)(\s+|(?=[“\"‘]|â€œ|$)|(?<=[a-z]{2}[.])(?=[a-z]{3}))")
_OPENER = re.compile(r"[\"'“‘«(\[]*(.)")
#: How many characters before and after a full stop are looked at.
_WORD_AT_MOST = 60
_LAST_WORD = re.compile(r"([^\s(\[\"'“‘]+)$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("dateline.language", "abbreviations.yaml", dict[str, list[str]])[name])


def cut(block: Block) -> list[tuple[int, int]]:
    """Offsets of the block's sentences within the block; nothing but blanks lies between them."""
    text, found, start = block.text, [], 0
    for match in _STOP.finditer(text):
        end = match.end(2)
        if end > start and _is_end(text, match, block.case):
            found.append((start, end))
            start = match.end()
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return [piece for a, b in found for piece in _short_enough(text, *_trimmed(text, a, b))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _short_enough(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        at = blank if blank > 0 else start + _LONGEST
        pieces.append((start, at))
        start = at + 1 if blank > 0 else at
    if text[start:end].strip():
        pieces.append(_trimmed(text, start, end))
    return pieces


def _is_end(text: str, match: re.Match[str], case: str) -> bool:
    stop, after = match.group(1), text[match.end() : match.end() + _WORD_AT_MOST]
    if not after.strip():
        return True
    if match.end() == match.end(2) and case != "lower":
        # No blank follows the stop: sentences run together in this way only in lower-case text from the web.
        return False
    opener = _OPENER.match(after)
    following = opener.group(1) if opener else ""
    if stop != ".":
        return case == "lower" or following.isupper() or following.isdigit() or len(match.group(2)) == 0
    if case == "mixed" and following.islower():
        return False
    return not _is_abbreviation(text[max(0, match.start() - _WORD_AT_MOST) : match.start()], after, case)


def _is_abbreviation(before: str, after: str, case: str) -> bool:
    """Is the full stop part of the word before it? `before` is the text up to the stop."""
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group(1)
    lower = word.lower().strip("'’")
    if lower.rpartition("-")[2] in _words("always"):
        return True  # also after a hyphen ("Minneapolis-St. Paul")
    if len(word) == 1 and word.isalpha() and (word.isupper() or lower not in _words("before_number")):
        # An initial, unless it is clearly a word ("vitamin A. The").
        return case != "lower" or not before[:-1].endswith(" ")
    if lower in _words("before_number"):
        return bool(re.match(r"(?<!\s)\s*+\d", after))
    if re.fullmatch(r"(?:\w\.)+\w", word):
        starter = re.match(r"(?<![\"'“‘(\[])[\"'“‘(\[]*+([\w']+)", after.lower())
        return not (starter and starter.group(1) in _words("starters"))
    return False
