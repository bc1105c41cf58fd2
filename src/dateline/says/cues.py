"""The words of knowledge/cues.yaml."""

from __future__ import annotations

from functools import cache

from dateline.language import Token
from dateline.language.dictionary import lemma
from dateline.model.knowledge import load


@cache
def cue(name: str) -> frozenset[str]:
    """A list of cues.yaml."""
    return frozenset(load("dateline.says", "cues.yaml", dict[str, list[str]])[name])


def governing(token: Token) -> str | None:
    """Give the status group of a governing word ("planned to", "denied that"): a key of cues.yaml, or None where the
    word is in no group."""
    words = {token.lemma, token.lower, lemma(token.lower, "noun"), lemma(token.lower, "verb")}
    for name in ("planned", "threatened", "ordered", "denied", "foiled", "attempted", "feared"):
        if words & cue(name):
            return name
    return None
