"""Leaves people's names out of what is published, by one of three policies.

Policy `all` publishes all names, `officials` those of known actors and of people in office, `none` no person's name.
For a name that is left out, the text says only that there was a person. The policy holds for every string of an event,
an account or a claim: names, speakers, and quoted words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from dateline.model.event import Event, EventActor, EventCount, Figure
from dateline.publishing.persons import WORD, Name, bare_word, has_name, has_office, names_in

Policy = Literal["all", "officials", "none"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
#: The words that replace a name.
SOMEBODY = "a person"
#: Kinds of actors that may be people. Known actors (with an id) are public in any case.
_PEOPLE = ("person", "civilian", "unknown")


@dataclass(frozen=True, slots=True)
class Names:
    """Leaves names out of texts.

    `known` are words that do not name a person here (places, bodies); `officials` are names of people who hold an
    office; `people` are names that are left out everywhere. All are casefolded.
    """

    policy: Policy
    known: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def words(self, text: str) -> str:
        """The text with each name that is left out replaced by "a person"."""
        if self.policy == "all" or not text:
            return text
        if not _may_hold(text):
            return self._people(text)
        made, at = [], 0
        for name in self._without_known(text):
            made += [text[at : name.start], SOMEBODY]
            at = name.end
        return self._people("".join((*made, text[at:])))

    def _without_known(self, text: str) -> Iterator[Name]:
        for name in names_in(text, self.known):
            if self.policy == "none" or not (name.office or self.is_official(name.text)):
                yield name

    def is_official(self, name: str) -> bool:
        return self.policy == "officials" and name.casefold() in self.officials

    def _people(self, text: str) -> str:
        """The text without the names in `people`, in upper or lower case."""
        hidden = self.people if self.policy == "none" else self.people - self.officials
        found = _any_of(tuple(sorted(hidden, key=lambda name: (-len(name), name))))
        return found.sub(SOMEBODY, text) if found else text


@lru_cache(maxsize=1 << 14)
def _may_hold(text: str) -> bool:
    """Can the text hold a name? The answers are cached, because a ledger repeats most strings ("gunmen", "police")."""
    return any(letter.isupper() for letter in text) and has_name(text)


@lru_cache(maxsize=1 << 10)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE) if names else None


def of_event(event: Event, policy: Policy) -> Names:
    """The `Names` for an event. Officials are the people named with an office in one of its strings."""
    texts = [text for actor in event.actors for text in (actor.name, *actor.worded)]
    texts += [figure.said_by for count in event.counts for figure in count.figures if figure.said_by]
    known = _place_words(name for place in event.where for name in (place.name, place.text, place.admin1))
    people = (actor.name for actor in event.actors if actor.kind == "person")
    return Names(policy, known, _officials(texts, known), frozenset(name.casefold() for name in people))


def of_report(places: Iterable[str | None], people: Iterable[str], text: str, policy: Policy) -> Names:
    """The `Names` for what a report says. Officials are the people named with an office anywhere in its text.

    `places` are the names of its places and bodies, `people` those of its people.
    """
    if policy == "all":
        return Names(policy)
    known = _place_words(places)
    hidden = frozenset(name.casefold() for name in people)
    return Names(policy, known, _officials([text], known) if policy == "officials" else frozenset(), hidden)


def published(event: Event, policy: Policy) -> Event:
    """An event as it is published under the policy: it changes actors, the words and speakers of figures, and the words
    of corrections."""
    if policy == "all":
        return event
    names = of_event(event, policy)
    return replace(
        event,
        actors=tuple(actor(one, names) for one in event.actors),
        counts=tuple(_count(one, names) for one in event.counts),
        corrections=tuple(replace(one, words=None) for one in event.corrections),
    )


def actor(one: EventActor, names: Names) -> EventActor:
    """A party as it is published under the policy. Known actors are public, except persons under the policy `none`."""
    if one.id is not None and not (names.policy == "none" and one.kind == "person"):
        return one
    name = names.words(one.name)
    if one.kind == "person" and name == one.name and not names.is_official(name):
        # No name was found in the words, because they are all in the dictionary, but they are a person's name: they are
        # replaced unless they hold an office.
        name = name if has_office(name) and names.policy == "officials" else SOMEBODY
    worded = tuple(dict.fromkeys(_bared(text, names) for text in one.worded))
    name = SOMEBODY if SOMEBODY in name else name
    return one if (name, worded) == (one.name, one.worded) else replace(one, name=name, worded=worded)


def _count(count: EventCount, names: Names) -> EventCount:
    figures = tuple(_figure(one, names) for one in count.figures)
    return count if figures == count.figures else replace(count, figures=figures)


def _figure(figure: Figure, names: Names) -> Figure:
    text, said_by = _bared(figure.text, names), figure.said_by and _bared(figure.said_by, names)
    same = (text, said_by) == (figure.text, figure.said_by)
    return figure if same else replace(figure, text=text, said_by=said_by)


def _bared(text: str, names: Names) -> str:
    """A text as it is published under the policy. Where it holds a name to be left out, only "a person" remains."""
    words = names.words(text)
    return SOMEBODY if SOMEBODY in words else words


# ---------------------------------------------------------------- what is a name


def _place_words(names: Iterable[str | None]) -> frozenset[str]:
    """The single words in the names of places."""
    return frozenset(bare_word(word).casefold() for name in names if name for word in WORD.findall(name))


def _officials(texts: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """The names that stand with an office in the texts, and the last word of each such name."""
    found = {n.text for text in texts if _may_hold(text) for n in names_in(text, known) if n.office}
    return frozenset(one.casefold() for name in found for one in (name, name.split()[-1]))
