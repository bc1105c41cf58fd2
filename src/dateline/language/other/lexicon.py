"""The lexicon of another language: for each of its words the English word that rules look for (frames, roles,
quantities, cues). "Our word" below means that English word.

A file holds lists by kind of word: our word -> the words of the language for it. Several words may stand for one
("fuerzas de seguridad": security force), or one by one for several ("al menos": at least).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load

#: The files of a language, in the order of the rooms that decide by their words.
FILES = ("frames", "roles", "quantities", "cues")


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: Base forms, by kind of word.
    verbs: dict[str, list[str]] = {}
    nouns: dict[str, list[str]] = {}
    #: Nouns that are read only outside of names ("puerto", "río").
    common: dict[str, list[str]] = {}
    adjectives: dict[str, list[str]] = {}
    #: Forms as they stand, whatever their kind.
    words: dict[str, list[str]] = {}
    #: Several words, each in its base form or as it stands.
    phrases: dict[str, list[str]] = {}
    #: Verbs with another meaning when reflexive ("entregarse": surrender), and with another when their object is a
    #: thing (`of_things`; "secuestrar": seize).
    reflexive: dict[str, list[str]] = {}
    of_things: dict[str, list[str]] = {}
    #: Irregular participles -> base form.
    participles: dict[str, str] = {}
    #: Endings of verbs -> endings of their regular participles, and -> endings of other forms (`forms`).
    endings: dict[str, str] = {}
    forms: dict[str, list[str]] = {}
    #: Endings of plurals.
    plurals: list[str] = []
    #: Forms for which the parser does not find the base form -> base form.
    bases: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the language in a row, and our words for them."""

    said: tuple[str, ...]
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon of a language. `tables`: kind of word -> word of the language -> our word. `told`: the verbs that
    evoke a frame."""

    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    participles: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    plurals: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()

    def word(self, kind: str, base: str) -> str | None:
        """Our word for a base form in the list of one kind; None where the list does not hold it."""
        return self.tables[kind].get(base)

    def verb_of(self, form: str) -> str | None:
        """The base form of a verb from its participle, in any gender and number; None for other words."""
        stem = form.removesuffix("s")
        return self.participles.get(stem[:-1] + "o" if stem.endswith("a") else stem)

    def singulars(self, form: str) -> Iterator[str]:
        """The word itself, and the singulars that it may be the plural of."""
        yield form
        yield from (form.removesuffix(end) for end in self.plurals if form.endswith(end))

    def phrase_at(self, words: list[tuple[str, str]], at: int, fits: Callable[[Phrase], bool]) -> Phrase | None:
        """The longest phrase that begins at the word with index `at`; None without one. `words` are the words of a
        sentence with their base forms."""
        starts = {*words[at]}
        found = [p for first in sorted(starts) for p in self.phrases.get(first, ()) if _stands(p, words, at)]
        return max(filter(fits, found), key=lambda p: len(p.said), default=None)


def _stands(phrase: Phrase, words: list[tuple[str, str]], at: int) -> bool:
    here = words[at : at + len(phrase.said)]
    return len(here) == len(phrase.said) and all(w in own for w, own in zip(phrase.said, here, strict=True))


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language. Raises BadKnowledge (DL-E004) where a word is given for two of our words."""
    forms = {name: load("dateline.language", f"{code}/{name}.yaml", _Form) for name in FILES}
    kinds = ("verbs", "nouns", "common", "adjectives", "words", "reflexive", "of_things")
    tables = {kind: _table(code, kind, [getattr(form, kind) for form in forms.values()]) for kind in kinds}
    phrases: dict[str, list[Phrase]] = {}
    for ours, theirs in (row for form in forms.values() for row in form.phrases.items()):
        for said in theirs:
            phrase = Phrase(tuple(said.split()), tuple(ours.split()))
            phrases.setdefault(phrase.said[0], []).append(phrase)
    known = [*tables["verbs"], *tables["reflexive"]]
    return Lexicon(
        tables,
        {first: tuple(own) for first, own in phrases.items()},
        participles=_forms(known, {end: [theirs] for end, theirs in _entries(forms, "endings")})
        | dict(_entries(forms, "participles")),
        bases=dict(_entries(forms, "bases")),
        forms=_forms(known, dict(_entries(forms, "forms"))),
        plurals=tuple(end for form in forms.values() for end in form.plurals),
        told=frozenset(verb for theirs in forms["frames"].verbs.values() for verb in theirs),
    )


def _entries(forms: dict[str, _Form], name: str) -> Iterator[tuple[str, Any]]:
    for form in forms.values():
        yield from getattr(form, name).items()


def _forms(verbs: list[str], endings: dict[str, list[str]]) -> dict[str, str]:
    """Form of a verb, made by its ending -> base form."""
    found: dict[str, str] = {}
    for end, theirs in endings.items():
        for verb in verbs:
            if verb.endswith(end):
                found |= {verb.removesuffix(end) + one: verb for one in theirs}
    return found


def _table(code: str, kind: str, parts: list[dict[str, list[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ours, theirs in ((ours.replace("_", " "), theirs) for ours, theirs in _rows(parts)):
        if found.setdefault(theirs, ours) != ours:
            twice = f"{kind}: '{theirs}' stands for '{found[theirs]}' and for '{ours}'."
            raise BadKnowledge(twice, where=f"dateline.language/knowledge/{code}")
    return found


def _rows(parts: list[dict[str, list[str]]]) -> Iterator[tuple[str, str]]:
    for part in parts:
        for ours, theirs in part.items():
            yield from ((ours, one) for one in theirs)
