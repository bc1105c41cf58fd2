"""Leaves people's names out of what is published, by one of three policies.

Policy `all` publishes all names, `officials` those of known actors and of people in office, `none` no person's name.
For a name that is left out, the text says only that there was a person. The policy holds for every string of an event,
an account or a claim: names, speakers, and quoted words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, get_args

from dateline.model.event import Event, EventActor, EventCount, Figure
from dateline.model.knowledge import load

Policy = Literal["all", "officials", "none"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
#: The words that replace a name.
SOMEBODY = "a person"
#: Kinds of actors that may be people. Known actors (with an id) are public in any case.
_PEOPLE = ("person", "civilian", "unknown")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
#: The name of a town with fewer inhabitants is as likely somebody's surname.
_LARGE = 100_000
#: The number of words before a name, and after it, among which an office is looked for.
_BEFORE, _AFTER = 4, 5
#: The characters that may stand between two words of one name.
_GAP = re.compile(r"[ \t\n]{1,3}")
#: The characters that may stand between an office and a name.
_SAME = re.compile(r"[ \t\n\"“”'‘’]{1,3}")
#: A word of a name that begins with an Arabic article ("al-Sadr").
_ARTICLE = re.compile(r"(?:al|el|ul|ur|as|ad|an|at|ar|az|ash)-[A-Z]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A part of a text that may be somebody's name; `office` says whether an office stands beside it."""

    start: int
    end: int
    text: str
    office: bool


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

    def _without_known(self, text: str) -> Iterator[_Name]:
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


def has_name(words: str) -> bool:
    """Can the words hold somebody's name?"""
    return next(names_in(words), None) is not None


def has_office(words: str) -> bool:
    """Do the words name an office?"""
    return any(word.lower().rstrip(".") in _offices("before") for word in _WORD.findall(words))


def names_in(text: str, known: frozenset[str] = frozenset()) -> Iterator[_Name]:
    """The parts of a text that may be somebody's name. In doubt, words are taken for a name.

    Only words of the dictionary, countries, peoples, large towns, known actors and bodies ("Shifa Hospital") are taken
    for something else.
    """
    words = list(_WORD.finditer(text))
    kept = _known_spans(text)
    i = 0
    while i < len(words):
        if not _starts_name(words[i], known, kept):
            i += 1
            continue
        first, last = _widened(text, words, i, known, kept)
        if not _is_body(text, words, last):
            span = text[words[first].start() : words[last].end()]
            bare = re.sub(r"['’]s?$", "", span.rstrip(".,"))
            yield _Name(
                words[first].start(), words[first].start() + len(bare), bare, _with_office(text, words, first, last)
            )
        i = last + 1


def _starts_name(word: re.Match[str], known: frozenset[str], kept: list[tuple[int, int]]) -> bool:
    if any(start <= word.start() < end for start, end in kept):
        return False
    return _bare(word.group()).casefold() not in known and _is_name(word.group())


def _widened(
    text: str, words: list[re.Match[str]], i: int, known: frozenset[str], kept: list[tuple[int, int]]
) -> tuple[int, int]:
    """The first and the last word (by index) of the name that the word `i` is part of."""
    first = last = i
    while first > 0 and _joined(text, words, first - 1) and _may_be_first(text, words[first - 1], known):
        first -= 1
    while last + 1 < len(words) and _joined(text, words, last):
        word = words[last + 1].group()
        capital = _is_capital(word) and _bare(word).casefold() not in known and not _is_bodys(word)
        inside = (
            word.casefold() in _offices("inside") and last + 2 < len(words) and words[last + 2].group()[:1].isupper()
        )
        if not (capital or inside) or any(start <= words[last + 1].start() < end for start, end in kept):
            break
        last += 1
    return first, last


def _joined(text: str, words: list[re.Match[str]], i: int) -> bool:
    return _GAP.fullmatch(text, words[i].end(), words[i + 1].start()) is not None and not _ends(words[i].group())


def _ends(word: str) -> bool:
    """Does a sentence end with the word? Initials ("J.") and abbreviations do not end one."""
    return word.endswith(".") and len(word) > 4


def _is_capital(word: str) -> bool:
    return word[0].isupper() or _ARTICLE.match(word) is not None


def _may_be_first(text: str, word: re.Match[str], known: frozenset[str]) -> bool:
    """Can a word before a name be part of it? Titles cannot, nor can words of the dictionary that begin a sentence."""
    from dateline.language.dictionary import is_word
    from dateline.where import country_code

    bare = _bare(word.group()).casefold()
    if not word.group()[0].isupper() or bare in known or bare in _titles() or _is_bodys(bare) or country_code(bare):
        return False
    begins = not text[: word.start()].rstrip() or text[: word.start()].rstrip()[-1] in '.!?:;"“'
    return len(word.group().rstrip(".")) == 1 or not (begins and is_word(bare))


def _with_office(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    """Does an office stand before the name ("police colonel Saad Hamdani") or after it ("Saad Hamdani, the mayor")?"""
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if not _SAME.fullmatch(text, words[i].end(), words[i + 1].start()):
            break
        word = words[i].group()
        if word.lower().rstrip(".") in _offices("before"):
            return True
        if _ends(word) or not (word[0].isupper() or word in _offices("between")):
            break
    if not text.startswith(",", words[last].end()):
        return False
    after = {word.group().lower().rstrip(".,") for word in words[last + 1 : last + 1 + _AFTER]}
    return not after.isdisjoint(_offices("after"))


def _is_body(text: str, words: list[re.Match[str]], last: int) -> bool:
    """Is the next word one for a body or a building ("Shifa Hospital", "the Zaytun market")?"""
    return last + 1 < len(words) and _joined(text, words, last) and _is_bodys(words[last + 1].group())


@lru_cache(maxsize=1 << 12)
def _is_bodys(word: str) -> bool:
    from dateline.language.roles import words

    bare = _bare(word).casefold().rstrip(".")
    return bare in words("organisation_words") or bare in words("facility") or bare in _of_places()


@cache
def _of_places() -> frozenset[str]:
    return frozenset(
        "district province governorate city town village region street road square bridge airport market camp island "
        "river valley neighbourhood neighborhood suburb county state coast border mountains desert".split()
    )


@cache
def _titles() -> frozenset[str]:
    from dateline.language.roles import words

    return words("titles")


@cache
def _offices(which: str) -> frozenset[str]:
    return frozenset(load("dateline.publishing", "offices.yaml", dict[str, list[str]])[which])


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.rstrip("."))


@lru_cache(maxsize=1 << 14)
def _is_name(word: str) -> bool:
    from dateline.language.dictionary import is_word
    from dateline.where import country_code, entries_of

    bare = _bare(word)
    if not bare or not bare[0].isupper() or is_word(bare.casefold()) or country_code(bare) or _is_known(bare):
        return False
    if bare.casefold() in _titles() or _is_bodys(bare):
        return False
    parts = [part for part in re.split("[-.]", bare) if part]
    if len(parts) > 1 and all(is_word(part.casefold()) or country_code(part) for part in parts):
        return False
    return not any(e.kind == "city" and e.rank == 2 and e.population >= _LARGE for e in entries_of(bare))


@lru_cache(maxsize=1 << 12)
def _is_known(words: str) -> bool:
    """Are the words a name of a known actor?"""
    from dateline.who import actors_named

    plain = words.casefold()
    return any(plain == name.casefold() for _, actor in actors_named(words) for name in actor.names)


@cache
def _known_names() -> re.Pattern[str]:
    """A pattern of all names of known actors that have several words. They are looked for in whole texts."""
    from dateline.who import known_actors, names_of

    told = {name for key in known_actors() for name in names_of(key) if " " in name or "-" in name}
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(told, key=lambda n: (-len(n), n))) + r")\b")


def _known_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _known_names().finditer(text)] if " " in text or "-" in text else []


def _place_words(names: Iterable[str | None]) -> frozenset[str]:
    """The single words in the names of places."""
    return frozenset(_bare(word).casefold() for name in names if name for word in _WORD.findall(name))


def _officials(texts: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """The names that stand with an office in the texts, and the last word of each such name."""
    found = {n.text for text in texts if _may_hold(text) for n in names_in(text, known) if n.office}
    return frozenset(one.casefold() for name in found for one in (name, name.split()[-1]))
