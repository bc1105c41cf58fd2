"""Join several descriptions of one person in an account ("a major general", "Major General Igor Petrov", "the
general")."""

from __future__ import annotations

import re

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.language.dictionary import lemma
from dateline.language.roles import words
from dateline.model import Actor
from dateline.model.knowledge import english
from dateline.model.trace import note

#: Words that say that a person is another one of the same kind ("another general").
_ANOTHER = english("dateline.coding", "another_party")
#: Words before a person who was told of already.
_DEFINITE = re.compile(r"\b(?:the|this|that)\s+$", re.I)
#: The most characters of the office before a name.
_OFFICE = 40


@step("coding.descriptions", reads="actors counts", writes="actors")
def join_descriptions(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Leave out the descriptions of somebody who is named, or described before, in the same role of an account."""
    for draft in accounts:
        draft.actors = [a for a in draft.actors if not _is_left_out(reading.report.text, a, draft)]
    return accounts


def _is_left_out(text: str, actor: Actor, draft: Draft) -> bool:
    """Does a rule leave out a description? A note says which."""
    rule = _rule(text, actor, draft)
    if rule is not None:
        note(rule, actor.span, "left out")
    return rule is not None


def _rule(text: str, actor: Actor, draft: Draft) -> str | None:
    """The name of the rule by which a description means somebody who is there already; None where it does not."""
    if not _is_one(actor) or actor.kind == "person" or actor.id is not None:
        return None
    head = actor.text.split()[-1].lower()
    others = [o for o in draft.actors if o is not actor and o.role == actor.role]
    if any(o.kind == "person" and head in _office(text, o) for o in others):
        one_died = sum(c.best or 0 for c in draft.counts if c.what == "killed") <= 1
        return "coding.descriptions.office" if one_died else None
    again = _DEFINITE.search(text[: actor.span.start][-_OFFICE:]) is not None
    told = any(_is_one(o) and o.span < actor.span and o.text.split()[-1].lower() == head for o in others)
    return "coding.descriptions.again" if again and told else None


#: Nouns that mean many people without a plural ending.
_MANY = english("dateline.coding", "many")


def _is_one(actor: Actor) -> bool:
    """Does a description mean one person ("a general"), and not a further one?"""
    said = actor.text.lower().split()
    one = bool(said) and lemma(said[-1], "noun") == said[-1] and said[-1] not in _MANY
    return one and _ANOTHER.isdisjoint(said) and not any(w.isdigit() for w in said)


def _office(text: str, person: Actor) -> set[str]:
    """The titles right before a person's name."""
    before = re.findall(r"[^\W\d_]+", text[: person.span.start][-_OFFICE:].lower())
    return {w for w in before[-2:] if w in words("titles")}
