"""Punctuation that was read in the wrong encoding, marks that nobody sees and numbers of notes, mended in place: every
other character keeps its offset."""

from __future__ import annotations

import re

#: UTF-8 read as Windows-1252: dashes, quotation marks and dots start with these two characters, hard blanks with `Â`.
#: A replacement character stands where the third byte had none in that encoding (the closing double quote).
_BROKEN = re.compile(r"â€[\x80-\x9f\ufffd€™œ“”˜¦¢š›]?|Â[\xa0-\xbf]?(?![^\W\d_])")
#: Marks of direction, joiners and soft hyphens at the edge of a word; within one they stay, for blanks would cut it.
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff](?!\w)|(?<!\w)[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
#: The number of a note after a word or a stop ("near Lyman.[28][29]").
_NOTES = re.compile(r"(?<=[\w.,;:!?)”’\"'])(?:\[\d{1,3}\])+")
_LOST = {"": "”", "\ufffd": "”", "\x9d": "”"}


def mended(text: str) -> str:
    """The text with broken punctuation as it was, padded with blanks before it, and without the numbers of notes: as
    long as it came.

    Letters ("cafÃ©") are left alone: a word with a blank in it would be two.
    """
    text = _BROKEN.sub(_mend, text) if "â€" in text or "Â" in text else text
    text = _NOTES.sub(lambda match: " " * len(match.group()), text) if "[" in text else text
    return text if text.isascii() else _INVISIBLE.sub(" ", text)


def _mend(match: re.Match[str]) -> str:
    broken = match.group()
    whole = _LOST.get(broken[2:]) if broken.startswith("â€") else " "
    if whole is None:
        whole = _decoded(broken)
    return whole.rjust(len(broken))


def _decoded(broken: str) -> str:
    try:
        return broken.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return " "
