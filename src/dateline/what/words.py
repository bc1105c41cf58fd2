"""The word lists of knowledge/words.yaml."""

from __future__ import annotations

from functools import cache

from dateline.language.labels import with_labels
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load

_Form = dict[str, list[str] | dict[str, list[str]]]


@cache
def wordlist(name: str) -> frozenset[str]:
    """A list of words.yaml; BadKnowledge (DL-E004) where there is none."""
    lists = load("dateline.what", "words.yaml", _Form)
    if name not in lists:
        raise BadKnowledge(f"{name}: there is no such list.", where="dateline.what/knowledge/words.yaml")
    return with_labels(lists[name])


@cache
def methods() -> dict[str, str]:
    """Word, or two words with a blank -> method."""
    table = load("dateline.what", "words.yaml", _Form)["methods"]
    assert isinstance(table, dict)
    return {word: method for method, words in table.items() for word in words}
