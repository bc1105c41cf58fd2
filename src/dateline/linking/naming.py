"""The parties of an event: each party once for each role, under one name, with the words of the reports.

A known actor has its name from the list of actors. Persons are recognised as one by their names, other parties by the
words that say who they are ("gunmen" and "the unidentified gunmen" are one party).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from dateline.language.dictionary import is_word
from dateline.language.numbers import parse
from dateline.linking.facts import Told
from dateline.model import Actor
from dateline.model.event import EventActor
from dateline.model.knowledge import load
from dateline.model.vocabulary import ActorKind
from dateline.where import adjective, country_code, country_name
from dateline.who import acronyms, body_parts, known_actors

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
#: The end of a description, which does not say who somebody is ("of the mayor" in "bodyguard of the mayor", "who fled"
#: in "men who fled").
_TAIL = re.compile(r"(?:(?<!\s)\s++(?:of|from|in|at|who|whom|that|with|on|near)\s|,).*", re.IGNORECASE | re.DOTALL)
#: From this likeness on (difflib's ratio) two names are spellings of one person's name: of all letters, and of the
#: consonants alone.
_LIKE, _ALIKE = 0.75, 0.85
_VOWELS = re.compile(r"[\Waeiouy]")
_GENITIVE = re.compile(r"['’]s?$", re.IGNORECASE)
#: Words that stay in small letters inside names.
_PARTICLES = frozenset(
    ("de", "del", "la", "las", "los", "y", "of", "and", "the", "al", "el", "bin", "van", "von", "da", "dos")
)
_ANYBODY = frozenset(("person",))


@dataclass(slots=True)
class _Party:
    """One party so far: its words, what each report calls it, the exact words there, and its place in the order."""

    actor: Actor
    words: frozenset[str]
    order: int
    called: set[tuple[str, str]] = field(default_factory=set)
    worded: list[tuple[int, str]] = field(default_factory=list)
    kinds: Counter[ActorKind] = field(default_factory=Counter)

    @property
    def reports(self) -> set[str]:
        return {report for report, _ in self.called}

    @property
    def kind(self) -> ActorKind:
        """The kind of actor that most accounts give; of equals a known kind before `unknown`."""
        return max(self.kinds, key=lambda kind: (self.kinds[kind], kind != "unknown", kind))


def actors_of(group: list[Told]) -> tuple[EventActor, ...]:
    """Each party once for each role, in the order in which the accounts first tell of them."""
    own = [(one.telling.key, _owned(actor)) for one in group for actor in one.account.actors]
    told = [(report, actor, _words_of(actor)) for report, actor in own]
    parties: list[_Party] = []
    # Long descriptions come first, so that short descriptions of the same party find them.
    for n, (report, actor, words) in sorted(enumerate(told), key=lambda row: (-len(row[1][2]), row[0])):
        party = next((p for p in parties if _is_one(p, actor, words, report)), None)
        if party is None:
            party = _Party(actor, words, n)
            parties.append(party)
        party.order = min(party.order, n)
        party.called.add((report, actor.name))
        party.kinds[actor.kind] += 1
        party.worded.append((n, " ".join(actor.text.split())))
    return tuple(_named(p) for p in sorted(parties, key=lambda p: p.order))


def _owned(actor: Actor) -> Actor:
    """The actor without the genitive ending of its name ("Ana Ruiz's" -> "Ana Ruiz")."""
    return replace(actor, name=_GENITIVE.sub("", actor.name) or actor.name)


def _is_one(party: _Party, actor: Actor, words: frozenset[str], report: str) -> bool:
    """Is an actor this party?"""
    other = party.actor
    if actor.role != other.role or (actor.kind == "facility") != (other.kind == "facility"):
        return False
    if actor.id or other.id:
        return actor.id == other.id
    if "person" in (actor.kind, other.kind):
        if _says_name(actor, other) or _says_name(other, actor):
            return True
        return actor.kind == other.kind and _is_one_person(party, actor.name, report)
    if actor.kind != other.kind and "unknown" not in (actor.kind, other.kind):
        return False
    if _ANYBODY in (words, party.words):
        return words == party.words
    if actor.kind == "facility" and _head(actor.name) != _head(other.name):
        return False
    return words <= party.words


def _says_name(actor: Actor, person: Actor) -> bool:
    """Does a description end in the whole name of a person ("the presidential candidate Ana Ruiz")?"""
    name, told = person.name.casefold().split(), actor.name.casefold().split()
    return person.kind == "person" and actor.kind != "facility" and len(name) > 1 and told[-len(name) :] == name


def _is_one_person(party: _Party, name: str, report: str) -> bool:
    """Is one name a part of the other with the same surname, or almost the same spelling in another report?"""
    own, other = name.casefold().split(), party.actor.name.casefold().split()
    if own[-1] == other[-1] and (set(own) <= set(other) or set(other) <= set(own)):
        return True
    if report in party.reports or own[0][0] != other[0][0]:
        return False
    one, two = "".join(own), "".join(other)
    # Transliterations differ most in vowels.
    return _ratio(one, two) >= _LIKE and _ratio(_VOWELS.sub("", one), _VOWELS.sub("", two)) >= _ALIKE


@lru_cache(maxsize=1 << 16)
def _ratio(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


# ---------------------------------------------------------------- words


@cache
def _knowledge() -> dict[str, Any]:
    return load("dateline.linking", "naming.yaml", dict[str, Any])


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a description that say who somebody is, in the singular."""
    known = _knowledge()
    for told in (_TAIL.sub("", name), name):
        words = [w.casefold() for w in _WORD.findall(told)]
        telling = [w for w in words if w not in known["passed_over"] and parse(w) is None]
        if all(w in known["people"] for w in telling) and any(w in known["people"] for w in words):
            return ("person",)
        if telling:
            return tuple(map(_singular, telling))
    return tuple(_WORD.findall(name.casefold()))


def _words_of(actor: Actor) -> frozenset[str]:
    return frozenset(_parts(actor.name))


def _head(name: str) -> str:
    return (_parts(name) or ("",))[-1]


def _singular(word: str) -> str:
    plurals: dict[str, str] = _knowledge()["plurals"]
    if word in plurals:
        return plurals[word]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


# ---------------------------------------------------------------- names


@lru_cache(maxsize=1 << 14)
def actor_name(key: str) -> str | None:
    """The one name of an actor with an id; None where no list and no rule knows it."""
    known = known_actors().get(key)
    if known:
        return known.name
    land, service = body_parts(key) or ("", "")
    code = country_code(land) if land else None
    return f"{adjective(code) or country_name(code)} {service}" if code else None


def _named(party: _Party) -> EventActor:
    actor = party.actor
    known = actor_name(actor.id) if actor.id and actor.kind != "facility" else None
    name = known or _usual(party)
    worded = tuple(dict.fromkeys(text for _, text in sorted(party.worded)))
    return EventActor(actor.role, party.kind, name, actor.id, worded)


def _usual(party: _Party) -> str:
    """The name that most reports give, without numbers at its beginning; of equals the longer. A name in capitals, as
    headlines write it, is the last choice."""
    is_person = party.actor.kind == "person"
    count = Counter(name if is_person else _shown(name) for _, name in party.called)
    best = min(count, key=lambda n: (n.isupper(), " " not in n and is_person, -count[n], -len(n), n))
    return _in_prose(best, is_person) if best.isupper() else best


def _in_prose(name: str, is_person: bool) -> str:
    """A name in capitals as prose writes it: a description in small letters ("SPANISH SOLDIERS" -> "Spanish soldiers"),
    the name of a person or group with a capital at each word ("SENATOR ANA RUIZ" -> "Senator Ana Ruiz")."""
    words = [word.lower() for word in _WORD.findall(name)]
    named = is_person or not all(_is_plain(word) for word in words)
    return _WORD.sub(lambda word: _recased(word.group(), named), name)


def _is_plain(word: str) -> bool:
    """Is a word (in small letters) an ordinary word of a description, not a part of a name?"""
    return word in _PARTICLES or word in _knowledge()["capital"] or bool(country_code(word)) or is_word(_bare(word))


def _bare(word: str) -> str:
    """A word without its genitive ("country's" -> "country"); of a word with hyphens the last part ("drug-trafficking"
    -> "trafficking")."""
    return _GENITIVE.sub("", word).rpartition("-")[2]


def _recased(word: str, named: bool) -> str:
    small = word.lower()
    if small in _PARTICLES or not small[:1].isalpha():
        return small
    if small in acronyms() or (len(small) > 1 and _VOWELS.sub("", small) == small):
        return word
    if named or small in _knowledge()["capital"] or country_code(word):
        return "-".join(part[:1].upper() + part[1:] for part in small.split("-"))
    return small


def _shown(name: str) -> str:
    """The name without words at its beginning that only count ("at least two" in "at least two Belgian hostages"), and
    without a capital that only begins a sentence."""
    rest = name.split()
    while len(rest) > 1 and (rest[0].casefold() in _knowledge()["shown_over"] or parse(rest[0]) is not None):
        rest = rest[1:]
    return " ".join([rest[0].casefold(), *rest[1:]] if _begins_a_sentence(rest) else rest)


def _begins_a_sentence(words: list[str]) -> bool:
    """Is the capital of the first word only that of a sentence ("Gunmen", "Suspected rebels")?"""
    first = words[0].casefold()
    if not words[0].istitle() or first in _knowledge()["capital"] or country_code(words[0]):
        return False
    return first in _knowledge()["passed_over"] or (len(words) == 1 and is_word(first))
