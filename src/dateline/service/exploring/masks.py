"""Which events a query asks for, as one mask for each filter, so that each view can leave out its own filter.

The filters are those of the ledger (`Query.filters`, `ledger/names.py`), and so is the answer (a test compares them);
here it takes milliseconds for 100,000 events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.ledger import Query
from dateline.ledger.names import Actors, Places, actors_of, places_of
from dateline.ledger.search import folded
from dateline.service.exploring.columns import NO_DAY, Columns, Flags, Ints, Words, day_number

#: Up to so many words are looked for one by one, which is faster than `np.isin` for all of them.
_FEW = 8
#: Takes words; gives the numbers of the versions in which a single account holds all of them.
Saying = Callable[[str], set[int]]


@dataclass(frozen=True, slots=True)
class Masks:
    """For each filter that is on, by its name, which events pass it. `failed` counts for each event the filters that it
    does not pass."""

    size: int
    passed: dict[str, Flags]
    failed: NDArray[np.uint8]

    def all(self) -> Flags:
        """Events that pass all filters."""
        return np.asarray(self.failed == 0)

    def without(self, *names: str) -> Flags:
        """Events that pass all filters except these."""
        own = [self.passed[name] for name in names if name in self.passed]
        return np.asarray(self.failed == sum((~mask).astype(np.uint8) for mask in own)) if own else self.all()


def masks_of(columns: Columns, query: Query, saying: Saying) -> Masks:
    """The masks of a query. Raises BadQuery (DL-L014)."""
    query = query.checked()
    passed = {**_own(columns, query), **_days(columns, query), **_elsewhere(columns, query)}
    if query.text is not None and folded(query.text):
        found = saying(query.text)
        passed["text"] = np.isin(columns.num, np.fromiter(found, np.int64, len(found)))
    failed = np.zeros(columns.size, np.uint8)
    for mask in passed.values():
        failed += ~mask
    return Masks(columns.size, passed, failed)


def _own(columns: Columns, query: Query) -> dict[str, Flags]:
    """Filters on an event's own values."""
    found: dict[str, Flags] = {}
    for one in query.filters():
        column = getattr(columns, one.column)
        told = _found(column, getattr(columns.words, one.column), one.among) if one.among else column >= one.least
        found[one.column] = np.asarray(told)
    if query.disputed is not None:
        found["disputed"] = columns.disputed == query.disputed
    return found


def _days(columns: Columns, query: Query) -> dict[str, Flags]:
    found: dict[str, Flags] = {}
    dated = columns.start != NO_DAY
    if query.dated is not None:
        found["dated"] = dated == query.dated
    if query.since is not None or query.until is not None:
        late = columns.end >= day_number(query.since) if query.since else True
        early = columns.start <= day_number(query.until) if query.until else True
        found["days"] = dated & late & early
    return found


def _elsewhere(columns: Columns, query: Query) -> dict[str, Flags]:
    """Filters on places and actors."""
    found: dict[str, Flags] = {}
    places = columns.places
    if query.placed is not None:
        found["placed"] = rows_mask(columns, places.row[~np.isnan(places.lat)]) == query.placed
    if query.places:
        hits = np.zeros(len(places.row), np.bool_)
        for name in query.places:
            hits |= place_hits(columns, places_of(name))
        found["place"] = rows_mask(columns, places.row[hits])
    if query.box is not None:
        found["box"] = rows_mask(columns, places.row[places.inside(query.box)])
    if query.actors:
        actors = columns.actors
        hits = np.zeros(len(actors.row), np.bool_)
        for name in query.actors:
            hits |= actor_hits(columns, actors_of(name))
        found["actor"] = rows_mask(columns, actors.row[hits])
    return found


def place_hits(columns: Columns, asked: Places) -> Flags:
    """Which rows of the table of places are asked for."""
    places, words = columns.places, columns.words
    hits = _found(places.country, words.country, asked.countries) | _found(places.gazetteer, words.gazetteer, asked.ids)
    for country, name in asked.provinces:
        hits |= (places.country == words.country.find(country)) & (places.admin1 == words.place.find(name))
    named = _found(places.name, words.place, asked.names) | _found(places.admin1, words.place, asked.names)
    if asked.within:
        lands = [-1 if country is None else words.country.find(country) for country in asked.within]
        named &= np.isin(places.country, lands)
    return hits | named


def actor_hits(columns: Columns, asked: Actors) -> Flags:
    """Which rows of the table of actors are asked for."""
    actors, words = columns.actors, columns.words.actor
    named = _found(actors.name, words, asked.names)
    # An actor without an id has its name as key.
    return _found(actors.key, words, asked.ids) | (named & (actors.key == actors.name) if asked.unknown else named)


def _found(column: Ints, words: Words, wanted: Iterable[str]) -> Flags:
    numbers = [number for word in wanted if (number := words.find(word)) >= 0]
    if len(numbers) > _FEW:
        return np.isin(column, numbers)
    found = np.zeros(len(column), np.bool_)
    for number in numbers:
        found |= column == number
    return found


def rows_mask(columns: Columns, rows: Ints) -> Flags:
    """The mask of the events with these row numbers."""
    mask = np.zeros(columns.size, np.bool_)
    mask[rows] = True
    return mask
