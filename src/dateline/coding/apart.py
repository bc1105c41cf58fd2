"""Find what a sentence says to be days or more before or after the rest of it ("the attack comes a year after gunmen
killed 21")."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.language import Sentence, Token
from dateline.model.knowledge import english

#: Units of time that separate two happenings. Hours are not among them: one happening may last so long.
_UNITS = english("dateline.coding", "units_of_time")
_PARTING = re.compile("after|before", re.I)


def set_apart(sentence: Sentence, token: Token) -> frozenset[int]:
    """The indexes of the measured "after" or "before" phrases that contain a token: of the head word of each phrase.
    Mostly empty."""
    if not _PARTING.search(sentence.text):
        return frozenset()  # a quick exit: this is asked of each time of each happening
    tops = {
        sentence.head(word).i if word.dep == "mark" else word.i
        for unit, word in pairwise(sentence.tokens)
        if word.lower in ("after", "before") and word.dep in ("prep", "mark") and unit.lemma in _UNITS
    }
    return frozenset(tops & {token.i, *(t.i for t in sentence.ancestors(token))})
