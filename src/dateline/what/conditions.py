"""Conditions: what must stand around a word with everyday senses (knowledge/conditions.yaml).

`Condition` is the form of an entry. Its fields are explained in this class only: docs/frames.md is made from it. A new
condition is an entry of the file. It needs a line of Python only where no field can look at what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dateline.language import Token
from dateline.language.roles import base, kind_of, names_people
from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load
from dateline.model.vocabulary import Type
from dateline.what.case import SELECTED, Case
from dateline.what.words import wordlist

Check = Callable[[Case], bool]

#: Kinds of words in addition to those of language/knowledge/roles.yaml -> how a token is tested for them.
_SEEN: dict[str, Callable[[Case, Token], bool]] = {
    "people": lambda case, token: names_people(case.sentence, token),
    "name": lambda case, token: token.pos == "PROPN",
    "pronoun": lambda case, token: token.pos == "PRON",
    "anything": lambda case, token: True,
}
_KINDS = frozenset(("state", "armed_group", "suspect", "civilian", "organisation", "facility"))
#: Word classes of triggers.
_CLASSES = frozenset(("verb", "noun", "adj"))
#: _LONG: from so many different words on a report is long. _SHORT: with fewer than so many it is a headline or an
#: alert.
_LONG, _SHORT = 90, 30

_ITEMS = (
    "Each is a kind (`state`, `armed_group`, `suspect`, `civilian`, `organisation`, `facility`), `people`, `name` (a "
    "proper noun), `pronoun`, `anything`, or the name of a list of words.yaml; one of them is enough."
)
_Items = tuple[str, ...]


def _field(about: str) -> _Items:
    items: _Items = Field((), description=about)
    return items


class Condition(BaseModel):
    """All that it says must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    any: tuple[Condition, ...] = Field((), description="One of these conditions holds.")
    all: tuple[Condition, ...] = Field((), description="All of these conditions hold.")
    not_: Condition | None = Field(None, alias="not", description="This condition does not hold.")
    is_: _Items = Field((), alias="is", description="The conditions of these names hold.")
    type: tuple[Type, ...] = Field((), description="The frame has one of these types.")
    passive: bool = Field(False, description='It is told in a passive ("a boy was shot").')
    trigger: _Items = _field("A word of the trigger is one of these, or it is told by a `verb`, `noun` or `adj`.")
    agent: _Items = _field(f"One of those who do it is one of these. {_ITEMS}")
    object: _Items = _field("One of those to whom it is done is one of these.")
    whole: _Items = _field('What an object is a part of is one of these: "bodies" of "the bodies of two men".')
    phrase: _Items = _field('A word in the phrase of an object is one of these: "rifle" of "seized rifle parts".')
    contents: _Items = _field('An object, or what it holds, is one of these: "rifles" of "found a box with rifles".')
    said_of_object: _Items = _field(
        'The verb of a clause about an object is one of these: "held" of "freed two men held since March".'
    )
    modifier: _Items = _field('A word before the noun of the trigger is one of these: "calf" of "a calf injury".')
    verb: _Items = _field('The trigger is the subject of one of these verbs: "destroyed" of "strikes destroyed it".')
    after: dict[str, _Items] = Field(
        {}, description="What a preposition leads to from the trigger is one of these: {for: [violent]}."
    )
    neighbour: _Items = _field("A subject or object of the sentence, or what hangs on the trigger, is one of these.")
    nouns: _Items = _field("A noun of the sentence, the trigger's aside, is one of these.")
    clause: _Items = _field("A word of the trigger's own clause is one of these.")
    sentence: _Items = _field("A word of the sentence, the trigger's aside, is in one of these lists.")
    like: str = Field("", description="The sentence, in small letters, holds what this regular expression says.")
    report: dict[str, int] = Field(
        {}, description="The report has at least so many words of each of these lists: {violent: 2}."
    )
    about: _Items = _field("The report is about what the first list names, and hardly about what the second does.")
    seldom: _Items = _field("The report has at most a quarter as many words of the first list as of the second.")


@cache
def table() -> dict[str, Condition]:
    """All conditions by name."""
    return load("dateline.what", "conditions.yaml", dict[str, Condition])


@cache
def condition(name: str) -> Check:
    """The condition of a name as a function of a case; BadKnowledge (DL-E004) where there is none."""
    if name not in table():
        raise BadKnowledge(f"{name}: there is no such condition.", where="dateline.what/knowledge/conditions.yaml")
    return _check(table()[name])


def _check(one: Condition) -> Check:
    """Turn a condition into a function of a case."""
    made = ((make, getattr(one, name)) for name, make in _MADE.items())
    return _all([make(value) for make, value in made if value])


def _all(checks: Sequence[Check]) -> Check:
    return checks[0] if len(checks) == 1 else lambda case: all(check(case) for check in checks)


def _any(checks: Sequence[Check]) -> Check:
    return lambda case: any(check(case) for check in checks)


def _not(check: Check) -> Check:
    return lambda case: not check(case)


def _words(items: _Items) -> frozenset[str]:
    """The words of the lists among the items."""
    return frozenset(word for name in items if name not in _SEEN and name not in _KINDS for word in wordlist(name))


def _one_of(items: _Items) -> Callable[[Case, Token], bool]:
    """Make a test of a token of a case: does one of the items apply to it?"""
    kinds, words, seen = _KINDS.intersection(items), _words(items), tuple(_SEEN[n] for n in items if n in _SEEN)

    def is_one(case: Case, token: Token) -> bool:
        if kinds and kind_of(case.sentence, token) in kinds:
            return True
        return any(see(case, token) for see in seen) or (bool(words) and not words.isdisjoint(_forms(case, token)))

    return is_one


def _forms(case: Case, token: Token) -> list[str]:
    """The forms of a token that lists may have, also with the word before it ("embassy staff")."""
    one = base(token)
    before = case.sentence.children(token, "compound", "amod")
    return [one, token.lemma, token.lower, *(f"{t.lower} {one}" for t in before)]


def _selected(select: Callable[[Case], list[Token]], items: _Items) -> Check:
    is_one = _one_of(items)
    return lambda case: any(is_one(case, token) for token in select(case))


def _trigger(items: _Items) -> Check:
    classes, rest = _CLASSES.intersection(items), tuple(name for name in items if name not in _CLASSES)
    is_one = _one_of(rest)
    return lambda case: case.hit.kind in classes or any(is_one(case, token) for token in case.hit.tokens)


def _said(items: _Items) -> Check:
    words = _words(items)
    return lambda case: not words.isdisjoint(case.words)


def _in_report(least: dict[str, int]) -> Check:
    lists = [(wordlist(name), n) for name, n in least.items()]
    return lambda case: all(len(words & case.report) >= n for words, n in lists)


def _like(pattern: str) -> Check:
    found = re.compile(pattern).search
    return lambda case: found(case.sentence.text.lower()) is not None


def _after(reached: dict[str, _Items]) -> Check:
    each = tuple((preposition, _one_of(items)) for preposition, items in reached.items())

    def leads(case: Case) -> bool:
        from_ = case.hit.tokens
        return any(
            is_one(case, token)
            for word, is_one in each
            for token in case.meant([o for t in from_ for o in case.sentence.led_to(t, word)])
        )

    return leads


def _about(lists: _Items) -> Check:
    words, against = map(wordlist, lists)

    def is_about(case: Case) -> bool:
        said = len(case.report & words)
        # A long report has a few such words by chance; a snippet has few words at all.
        long = len(case.report) >= _LONG
        enough = 4 if long else 2 if len(case.report) >= _SHORT else 1
        # A long report on violence may name a match; of a snippet on a match half the words sound like violence.
        return said >= enough and said > (1 if long else 2) * len(case.report & against)

    return is_about


def _seldom(lists: _Items) -> Check:
    few, many = map(wordlist, lists)
    return lambda case: 4 * len(case.report & few) <= len(case.report & many)


#: Field of a condition -> the function that makes a test of its value. Cheap tests come first.
_MADE: dict[str, Callable[[Any], Check]] = {
    "type": lambda types: lambda case: case.frame.type in types,
    "passive": lambda _: lambda case: case.hit.kind == "verb" and case.sentence.is_passive(case.hit.token),
    "trigger": _trigger,
    "report": _in_report,
    "about": _about,
    "seldom": _seldom,
    "sentence": _said,
    "is_": lambda names: _all([condition(name) for name in names]),
    **{name: partial(_selected, select) for name, select in SELECTED.items() if name != "trigger"},
    "after": _after,
    "like": _like,
    "not_": lambda one: _not(_check(one)),
    "all": lambda conditions: _all([_check(one) for one in conditions]),
    "any": lambda conditions: _any([_check(one) for one in conditions]),
}
