"""Mends a text in place: punctuation read in the wrong encoding is restored; invisible marks and numbers of footnotes
become blanks. All other characters keep their offsets."""

from __future__ import annotations

import re

#: UTF-8 read as Windows-1252: dashes, quotation marks and dots become two or three characters that start with `â€`,
#: hard blanks start with `Â`. For the closing double quote the third is a replacement character or missing.
_BROKEN = re.compile(r"â€[\x80-\x9f\ufffd€™œ“”˜¦¢š›]?|Â[\xa0-\xbf]?(?![^\W\d_])")
#: Marks of direction, joiners and soft hyphens at the edge of a word. Within a word they stay, as a blank would cut it.
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff](?!\w)|(?<!\w)[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
#: The number of a footnote after a word or a punctuation mark ("near Lyman.[28][29]").
_NOTES = re.compile(r"(?<=[\w.,;:!?)”’\"'])(?:\[\d{1,3}\])+")
_LOST = {"": "”", "\ufffd": "”", "\x9d": "”"}


def mended(text: str) -> str:
    """The mended text, of the same length: blanks before a restored mark fill the gap.

    Letters in the wrong encoding ("cafÃ©") are left as they are, as a blank would make two words of one.
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
