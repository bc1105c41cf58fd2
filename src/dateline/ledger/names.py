"""What the places and actors of a query mean: which rows of places and actors it asks for.

The answer can be used in the database and with the columns in memory (service.exploring). This is decided here only, so
that the command line, the API and the page count the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.ledger.search import folded
from dateline.linking.naming import actor_name
from dateline.where import Sense, country_of, meaning, written_as
from dateline.who import actors_meant, body_meant, names_of

#: The name of an actor with an id, as events show it; None where no list and no rule knows the id.
actor_label = actor_name


@dataclass(frozen=True, slots=True)
class Places:
    """The rows of places that a query asks for: in one of the countries, in one of the provinces (country, folded
    name), with one of the gazetteer ids, or with one of the names (folded; of the place or of its province). Where
    `within` is not empty, names count only in these countries (None: in no known country)."""

    countries: frozenset[str] = frozenset()
    provinces: frozenset[tuple[str, str]] = frozenset()
    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    within: frozenset[str | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Actors:
    """The rows of actors that a query asks for: with one of the ids, or with one of the names (folded). Where `unknown`
    is set, names count only for actors without an id."""

    ids: frozenset[str]
    names: frozenset[str]
    unknown: bool


@lru_cache(maxsize=1 << 10)
def places_of(name: str) -> Places:
    """The places that a name, an ISO code of a country or a gazetteer id asks for."""
    if ":" in name:
        return Places(ids=frozenset((name,)))
    meant = meaning(name)
    if any(sense.kind == "country" for sense in meant.senses):
        lands = frozenset(sense.country for sense in meant.senses if sense.country)
        return Places(lands, names=frozenset(folded(sense.label) for sense in meant.senses), within=frozenset((None,)))
    senses = places_in(meant.senses)
    return replace(senses, names=frozenset((folded(meant.name),)), within=frozenset(meant.within))


def places_in(senses: Iterable[Sense]) -> Places:
    """The places that some senses of a name ask for, and no others with the same name."""
    known = tuple(senses)
    return Places(
        frozenset(s.country for s in known if s.kind == "country" and s.country),
        frozenset(
            (s.country, folded(name))
            for s in known
            if s.province and s.country
            for name in written_as(s.province, s.country)
        ),
        frozenset(s.gazetteer_id for s in known if s.kind != "country" and s.gazetteer_id),
    )


@lru_cache(maxsize=1 << 10)
def actors_of(name: str) -> Actors:
    """The actors that a name or id asks for: known actors (by any of their names), else a body of a state, else all
    actors with this name."""
    known = actors_meant(name)
    if known:
        names = {folded(one) for actor in known for one in (actor.id, *names_of(actor.id))}
        return Actors(frozenset(actor.id for actor in known), frozenset(names), True)
    body = body_meant(name, country_of)
    if body is not None:
        return Actors(frozenset((body[0], name)), frozenset((folded(name), folded(body[1]))), False)
    return Actors(frozenset((name,)), frozenset((folded(name),)), False)


def chosen_countries(names: Iterable[str]) -> frozenset[str]:
    """The countries (codes) among the places of a query."""
    return frozenset(code for name in names for code in places_of(name).countries)


def chosen_actors(names: Iterable[str]) -> frozenset[str]:
    """The ids and folded names of all actors that the names in a query ask for."""
    return frozenset(key for name in names for key in (actors_of(name).ids | actors_of(name).names))
