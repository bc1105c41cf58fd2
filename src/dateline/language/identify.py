"""Which language a report is in. English shows by its small words, cheaply; anything else is asked of py3langid."""

from __future__ import annotations

import re

_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")
#: English prose has one of these in four words; headlines one in eight.
_SMALL = frozenset(
    "the of and in to a on for by at with from that was were is are be been has have had he she it they his her their "
    "said who which after as an not but this will or its into over near against when while during two three".split()
)
_ENGLISH_SHARE = 0.12
#: Fewer words than this say nothing about a language, unless their script does.
_FEW = 25


def language_of(text: str) -> str | None:
    """ISO 639-1 code; None where there are no words."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    if not words:
        return None
    latin = sum(word.isascii() for word in words) >= 0.6 * len(words)
    share = sum(word in _SMALL for word in words) / len(words)
    if latin and (share >= _ENGLISH_SHARE or len(words) < _FEW):
        return "en"
    import py3langid

    return str(py3langid.classify(text[:_SAMPLE])[0])
