"""Bodies of states that are in no list, by a country and a word for a service ("Turkish gendarmerie", "police of
Kenya")."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from dateline.language import Sentence, Token
from dateline.language.roles import base
from dateline.model.knowledge import load
from dateline.who.actors import slug

#: A function: word -> name of the country that it stands for, or of the country of a people; None where it is neither.
CountryOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a state: its stable id, and the name made of country and service."""

    id: str
    name: str


@cache
def _services() -> dict[str, str]:
    """Words of a service -> its slug."""
    table = load("dateline.who", "services.yaml", dict[str, list[str]])
    return {word: slug for slug, words in table.items() for word in words}


def body_of(sentence: Sentence, head: Token, core: list[Token], country_of: CountryOf) -> Body | None:
    """The body of a state that a noun phrase names; None where a country or a service is missing."""
    service = _service(sentence, head)
    country = _country(core, country_of) if service else None
    if service is None or country is None:
        return None
    return Body(f"{slug(country)}-{service}", f"{country} {service.replace('-', ' ')}")


def service_of(words: str) -> str | None:
    """The slug of a service, from its name in the singular or plural, or from the slug itself; None for other words."""
    plain = words.lower().strip()
    if plain in _services().values():
        return plain
    spaced = plain.replace("-", " ")
    return _services().get(spaced) or _services().get(spaced.removesuffix("s"))


def body_parts(key: str) -> tuple[str, str] | None:
    """The country and the service in the id of a body ("el salvador" and "police"); None for other ids."""
    for service in sorted(set(_services().values()), key=lambda s: (-len(s), s)):
        land = key.removesuffix(f"-{service}")
        if land != key and land:
            return land.replace("-", " "), service.replace("-", " ")
    return None


def _service(sentence: Sentence, head: Token) -> str | None:
    """The slug of the service in the phrase: by its last three or two words, by the last word, or with "of" after it;
    else None."""
    words = [t.lower for t in sentence.tokens[max(0, head.i - 2) : head.i]]
    for k in range(len(words) + 1):
        found = _services().get(" ".join((*words[k:], head.lower))) or _services().get(
            " ".join((*words[k:], base(head)))
        )
        if found:
            return found
    of = next((c for c in sentence.children(head, "prep") if c.lower == "of"), None)
    inner = list(sentence.children(of, "pobj")) if of is not None else []
    return _services().get(f"{base(head)} of {inner[0].lower}") if inner else None


def _country(core: list[Token], country_of: CountryOf) -> str | None:
    """The one country named in the phrase; None where there is none or several ("Syrian and Russian forces")."""
    found = {name for t in core if t.text[:1].isupper() and (name := country_of(t.text))}
    pairs = itertools.pairwise(core)
    found |= {name for a, b in pairs if a.text[:1].isupper() and (name := country_of(f"{a.text} {b.text}"))}
    return found.pop() if len(found) == 1 else None
