"""Which actor a user means in a question: by an acronym, a former or native name, an id, or as a body of a state."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from dateline.who.actors import KnownActor, actor_rows, known_actors, names_of, pieces_of, slug
from dateline.who.bodies import service_of
from dateline.who.mentions import _spellings

#: A function: name -> name of the country that it stands for, or of the country of a people; None where it is neither.
CountryOf = Callable[[str], str | None]
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_OF = re.compile(r"(?<!\s)\s++of\s++(?:the\s++)?", re.IGNORECASE)


@cache
def _bearers() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words of a name -> ids of the actors with that name."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for key in known_actors():
        for name in (key, *names_of(key)):
            for words in _spellings(name):
                found.setdefault(words, {})[key] = None
    return {words: tuple(keys) for words, keys in found.items()}


def years_of(key: str) -> str:
    """The years in which a known actor was active, in words ("1978-2025", "since 2006"); empty where not known."""
    row = actor_rows().get(key)
    return row.years if row else ""


def branches_of(key: str) -> tuple[KnownActor, ...]:
    """The known actors that belong directly to an actor, in order of their names."""
    found = (actor for actor in known_actors().values() if actor.parent == key)
    return tuple(sorted(found, key=lambda actor: actor.name.casefold()))


def chain_of(key: str) -> tuple[KnownActor, ...]:
    """The actor to which a known actor belongs, the actor to which that one belongs, and so on; the nearest first."""
    found: dict[str, KnownActor] = {}
    actor = known_actors().get(key)
    while actor and actor.parent and actor.parent not in found and actor.parent != key:
        actor = known_actors().get(actor.parent)
        if actor:
            found[actor.id] = actor
    return tuple(found.values())


def actors_meant(name: str) -> tuple[KnownActor, ...]:
    """The known actor with this id, else all known actors with this name; () where there is none."""
    if name in known_actors():
        return (known_actors()[name],)
    plain = _ARTICLE.sub("", name.strip())
    for words in (pieces_of(name), pieces_of(plain)):
        keys = _bearers().get(words, ())
        if keys:
            return tuple(known_actors()[key] for key in keys)
    return ()


def body_meant(name: str, country_of: CountryOf) -> tuple[str, str] | None:
    """Id and name of the body of a state that is meant ("Turkish police", "army of Kenya", "turkey-police"); None where
    the words do not name one."""
    plain = _ARTICLE.sub("", name.strip())
    halves = _OF.split(plain, maxsplit=1)
    tries = [(halves[1], halves[0])] if len(halves) == 2 else []
    words = re.split(r"[\s-]+", plain) if "-" in plain and " " not in plain else plain.split()
    tries += [(" ".join(words[:k]), " ".join(words[k:])) for k in range(len(words) - 1, 0, -1)]
    for land, service in tries:
        kind = service_of(service)
        country = country_of(land) if kind else None
        if kind and country:
            return f"{slug(country)}-{kind}", f"{country} {kind.replace('-', ' ')}"
    return None
