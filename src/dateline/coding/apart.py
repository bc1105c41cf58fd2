"""What a sentence sets days or more apart from the rest of it: "the attack comes a year after gunmen killed 21"."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.language import Sentence, Token
from dateline.model.knowledge import english

#: Measures of time that part two happenings; hours may lie between the words for one.
_UNITS = english("dateline.coding", "units_of_time")
_PARTING = re.compile("after|before", re.I)


def set_apart(sentence: Sentence, token: Token) -> frozenset[int]:
    """The tops of what stands around a token and a measured "after" or "before" sets apart; mostly none."""
    if not _PARTING.search(sentence.text):
        return frozenset()  # the quick way: this is asked of each time of each happening
    tops = {
        sentence.head(word).i if word.dep == "mark" else word.i
        for unit, word in pairwise(sentence.tokens)
        if word.lower in ("after", "before") and word.dep in ("prep", "mark") and unit.lemma in _UNITS
    }
    return frozenset(tops & {token.i, *(t.i for t in sentence.ancestors(token))})
