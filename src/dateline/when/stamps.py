"""Datelines and bylines: dates there are the report's own, and not times of what it tells."""

from __future__ import annotations

import re

#: At most so many characters stand before the date of a dateline, and before the date of a byline.
DATELINE, BYLINE = 60, 120
_AFTER_DATELINE = re.compile(r"^[\s,.]*(?:\([^)\n]{2,60}\)|--|—|–|-(?:\s|$)|\[|/)")
#: "NAIROBI, Kenya (Xinhua) 3 Feb 1996": town in capitals, agency in brackets, date; nothing must follow.
_AGENCY = re.compile(r"^[^\W\d_a-z][^\n()\[\]]{1,40}[\s,]*[(\[][^()\[\]\n]{2,40}[)\]][\s,]*$")
#: "Nablus, (WAFA - 6th March, 2024) Troops ...": the date closes the bracket that opens the report.
_BRACKET = re.compile(r"^[^\n()\[\].]{0,40},\s*[(\[][^\Wa-z][^()\[\]\n]{0,50}$")
_BRACKET_ENDS = re.compile(r"^[^()\[\]\n]{0,15}[)\]]")
#: "LODWAR, May 3: Troops ...".
_TOWN = re.compile(r"^[^\W\d_a-z][^\n:;()\[\]]{1,40},\s*$")
_COLON = re.compile(r"^[.]?\s*:\s")
#: Words that show an ordinary sentence; a dateline holds none of them.
_TELLS = re.compile(r"\b(?:was|were|is|are|has|had|born|on|since|until|who)\b")
#: "By A. Writer, 2 June 2015, ...", "Our Service, Kobo, Nov 11 2017, 1:04 IST ...".
_BY = re.compile(r"(?:^|(?<=\n))[^\S\n]*+[Bb][Yy] [^\n.]{2,80}[,|]\s*$")
_COMMA = re.compile(r"[,|]\s*$")
_CLOCK = re.compile(r"^\s*+(?:[,|-]\s*+)?(?:at )?\d{1,2}[:.]\d\d\s*(?:hrs|[ap]\.?m\b|[A-Z]{2,4}\b)")


def is_dateline(before: str, after: str) -> bool:
    """Does a date in the first sentence, between these words, belong to its dateline?"""
    if len(before) > DATELINE or _TELLS.search(before):
        return False
    if _AFTER_DATELINE.match(after) or _AGENCY.match(before):
        return True
    return bool(_BRACKET.match(before) and _BRACKET_ENDS.match(after))


def is_dateline_with_colon(before: str, after: str) -> bool:
    """Does a date stand between a town and a colon? It is then the date of a dateline or of an item of a chronicle."""
    return bool(_TOWN.match(before) and _COLON.match(after)) and not _TELLS.search(before)


def is_byline(before: str, after: str) -> bool:
    """Does a date at the head of a report, between these words, belong to the line of the author or of the hour?"""
    return bool(_BY.search(before) or (_COMMA.search(before) and _CLOCK.match(after)))
