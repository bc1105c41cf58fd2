"""The words of a noun phrase without those that say nothing of the party: articles, heads of items, times."""

from __future__ import annotations

import re

from dateline.language import Token
from dateline.model.knowledge import english
from dateline.who.ties import called

#: Words that may stand before a phrase but do not belong to it.
_LOOSE = english("dateline.who", "loose")
#: The hour at the head of an entry of a live blog.
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_DASHES = frozenset(("-", "–", "—", "--"))
#: The dash after the day that heads an item of a chronicle is at most the token with this index.
_HEAD = 4


def without_head_of_item(core: list[Token]) -> list[Token]:
    """The phrase without the day or hour at the head of an item of a chronicle, where the parse made it part of the
    phrase ("Nov. 17 - A boy", "18 - Police", "16:20 President")."""
    if len(core) > 1 and _CLOCK.fullmatch(core[0].text) and core[0].i == 0:
        return core[1:]
    at = next((k for k, t in enumerate(core[:-1]) if t.text in _DASHES and t.i <= _HEAD), None)
    if at is None or core[at + 1].start == core[at].end:
        return core
    before = core[:at]
    dated = all(t.tag in ("NNP", "CD") for t in before) and (not before or before[-1].text.isdigit())
    return core[at + 1 :] if dated else core


def without_determiner(core: list[Token]) -> list[Token]:
    core, k = without_head_of_item(core), 0
    if len(core) > 2 and core[0].lower == "dead" and core[1].tag == "CD":
        core = core[1:]  # "shot dead two teachers"
    while k < len(core) - 1 and (core[k].tag in ("DT", "PRP$", "PDT", "_SP") or core[k].lower in _LOOSE):
        k += 1
    while k < len(core) - 1 and core[k].lower in called("times") and core[k + 1].tag != "NNP":
        k += 1  # "In the raid on Monday marines captured ...": the parse takes the day as part of the phrase
    return core[k:]
