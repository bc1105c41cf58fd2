"""Find the news agency that wrote a text, by the brackets that name it ("KABUL (AFP) - ...", "... he said. (Reuters)").

The agency counts as the publisher where nothing else names one. For a paper that prints an agency's text, the web page
names the paper.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dateline.model import Known
from dateline.model.knowledge import load

#: Lines at the head of a text that are looked at, and characters of each.
_LINES, _CHARS = 4, 120
#: Characters at the end of a text that are looked at.
_END = 200
#: Words of the longest name that is spelled out before its short form.
_SPELT = 10
_HEAD = re.compile(r"\(([^()]{2,40})\)\s{0,3}(?:[-–—:]|$)")
_CREDIT = re.compile(r"\(([^()]{2,40})\)")


class _Agency(NamedTuple):
    name: str
    also: tuple[str, ...] = ()


class _File(NamedTuple):
    agencies: tuple[_Agency, ...]


@cache
def _agencies() -> dict[str, str]:
    """Spellings of agencies in lower case -> their name."""
    known = load("dateline.readers", "agencies.yaml", _File).agencies
    return {words.casefold(): one.name for one in known for words in (one.name, *one.also)}


def credited(text: str, uri: str) -> tuple[Known, ...]:
    """The agency that a text names as its author, as the publisher. Empty for a web page: the site is its publisher."""
    if uri.lower().startswith(("http://", "https://")):
        return ()
    name = _at_head(text) or _at_end(text)
    return () if name is None else (Known("publisher", name, "the text: its credit"),)


def _at_head(text: str) -> str | None:
    for line in text[: _LINES * 10 * _CHARS].strip().splitlines()[:_LINES]:
        for found in _HEAD.finditer(line[:_CHARS]):
            if name := _named(line[: found.start()], found[1]):
                return name
    return None


def _at_end(text: str) -> str | None:
    """The agency in the brackets at the end of a text. None where several brackets stand there: they name sources."""
    end = text[-_END:].rstrip().rstrip(".")
    named = list(_CREDIT.finditer(end))
    if not named or named[-1].end() != len(end):
        return None
    before = end[: named[-1].start()].rstrip()
    return None if before.endswith(")") else _named(before, named[-1][1])


def _named(before: str, inside: str) -> str | None:
    """The agency that brackets name. None where the words before them spell the short form out ("the Middle East and
    North Africa (MENA)"): that is an abbreviation, no credit."""
    short = inside.strip()
    whole = [w for w in before.split()[-_SPELT:] if w[0].isupper() and w[-1].isalpha() and not w.isupper()]
    spelt = short.isupper() and "".join(w[0] for w in whole).endswith(short)
    return None if spelt else _agencies().get(short.casefold())
