"""Cuts a text into blocks: paragraphs, headings, captions, items. Line breaks in a hard-wrapped paragraph do not end
it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from dateline.language.casing import case_of
from dateline.language.mending import mended
from dateline.language.transcripts import spoken
from dateline.model.knowledge import english

#: A line of hard-wrapped text has at most so many characters; a longer line is a whole paragraph.
_WRAP = 100
#: A line that breaks off in the middle of a sentence has at least so many characters, or ends in a comma.
_CUT = 40
_CAPTION = re.compile(
    r"\((?:[^()]{0,60}\bvia\b[^()]{0,40}|[^()]{0,40}(?:Photo|Getty|Reuters|AFP|AP|File)[^()]{0,40})\)\s*$"
    r"|^\s*(?:A (?:picture|photo|photograph|file photo)|FILE\b|File photo|Photo\b|Image\b"
    r"|In this (?:photo|picture|image))"
)
#: The mark before an item of a list.
_BULLET = re.compile(r"(?<!\s)\s*+(?:[•·▪◦‣∙●■*]|[-–—](?=\s)|\.(?=\s))\s*+")
#: The place in capitals before an item of a bulletin ("RAMADI - ", "* DERNA, Libya -- "). If there is only one, it is a
#: dateline.
_LABEL = re.compile(r"([A-Z][A-Z'’.]{1,40}+(?:[ -][A-Z'’.]{1,40}+){0,3})(?:, [A-Z][A-Za-z .]{1,25})? ?(?:--?|[–—]) ")
#: Words in capitals that may stand there but are not places.
_NO_LABELS = english("dateline.language", "no_labels")
_POINTERS = english("dateline.language", "elsewhere")
#: A line that points to other stories of a site ("Read also: Ten killed in church attack").
_ELSEWHERE = re.compile(
    rf"\W{{0,3}}(?:{'|'.join(sorted(_POINTERS))})(?: in [\w ]{{1,20}}| news| stories)?\s?:",
    re.IGNORECASE,
)
#: Such a line has at most so many characters.
_POINTS = 200
_ENDS = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or item of a list: its offsets in the report, and its text of the same length, with
    line breaks as blanks."""

    start: int
    end: int
    text: str
    kind: str
    case: str


def blocks_of(text: str) -> list[Block]:
    """All blocks of a text, in order, without blank ones. In a transcript a block ends only where a cue ends a
    sentence."""
    said = spoken(text)
    if said is not None:
        text = said
    lines = _lines(text)
    if said is not None:
        lines = [(a, b) for a, b in lines if text[a:b].strip()]
    wrapped = said is not None or _is_wrapped([text[a:b] for a, b in lines])
    found: list[Block] = []
    for start, end in _paragraphs(text, lines, wrapped, said is not None):
        block = _block(text, start, end)
        if block is not None:
            found.append(block)
    labels = {n: label for n, block in enumerate(found) if (label := _label(block.text)) is not None}
    if len(set(labels.values())) > 1:
        for n in labels:
            found[n] = replace(found[n], kind="item")
    return found


def _label(text: str) -> str | None:
    """The place in capitals before an item of a bulletin; None where there is none."""
    match = _LABEL.match(text)
    return match[1] if match is not None and match[1] not in _NO_LABELS else None


def _lines(text: str) -> list[tuple[int, int]]:
    # str.splitlines is not used, as it also breaks at form feeds and the like within names.
    found, start = [], 0
    for match in re.finditer(r"\r\n?|\n|\u2028|\u2029", text):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return found


def _is_wrapped(lines: list[str]) -> bool:
    """Is the text hard-wrapped? In 60 per cent of the pairs of lines or more the first has 45 to 100 characters and
    does not end a sentence."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 3:
        return False
    full = [a for a, _ in pairs if 45 <= len(a.rstrip()) <= _WRAP and not _ENDS.search(a)]
    return len(full) >= 0.6 * len(pairs)


def _paragraphs(text: str, lines: list[tuple[int, int]], wrapped: bool, cues: bool) -> list[tuple[int, int]]:
    """The start and end of each paragraph. In a transcript (`cues`) lines are joined until one ends a sentence."""
    found: list[tuple[int, int]] = []
    open_start: int | None = None
    last_start = last_end = 0
    for start, end in lines:
        line = text[start:end]
        blank = not line.strip()
        last = text[last_start:last_end]
        ends = _ENDS.search(last) is not None if cues else wrapped and _breaks(last, line)
        alone = not wrapped and not _goes_on(last, line)
        new = open_start is not None and (blank or alone or ends)
        if new and open_start is not None:
            found.append((open_start, last_end))
            open_start = None
        if not blank:
            open_start = start if open_start is None else open_start
            last_start, last_end = start, end
    if open_start is not None:
        found.append((open_start, last_end))
    return found


def _goes_on(last: str, line: str) -> bool:
    """In text that is not hard-wrapped: does `line` continue the line before? That must break off in the middle of a
    sentence, and `line` must begin with a word in small letters. Text without any capitals does not count, nor does a
    name such as "al-Shabaab" or "iPhone" below a headline."""
    begins = last.lstrip()[:1]
    cut = last.rstrip().endswith(",") or len(last.rstrip()) >= _CUT
    small = line[:1].islower() and line.split(maxsplit=1)[0].islower()
    return cut and (begins.isupper() or begins.isdigit()) and small and not _ENDS.search(last)


def _breaks(last: str, line: str) -> bool:
    """In hard-wrapped text: does a paragraph end between two lines? It does after a short line or before an indent."""
    return len(last.rstrip()) < 40 or (line[:2].isspace() and not last[:2].isspace())


def _block(text: str, start: int, end: int) -> Block | None:
    raw = text[start:end]
    if not any(c.isalnum() for c in raw):
        return None
    bullet = _BULLET.match(raw)
    start += bullet.end() if bullet else len(raw) - len(raw.lstrip())
    end -= len(raw) - len(raw.rstrip())
    flat = mended(re.sub(r"[\r\n\t\u2028\u2029\x00-\x1f]", " ", text[start:end]))
    if len(flat) <= _POINTS and _ELSEWHERE.match(flat):
        return None  # of another story
    return Block(start, end, flat, "item" if bullet else _kind(flat), case_of(flat))


def _kind(flat: str) -> str:
    if len(flat) <= 400 and _CAPTION.search(flat):
        return "caption"
    if len(flat) <= 160 and not _ENDS.search(flat):
        return "heading"
    return "body"
