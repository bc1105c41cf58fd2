"""Facets: for each value of a field, how many events there would be if it were chosen. A facet's counts do not see its
own choice, so that one can choose another."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import numpy as np

from dateline.ledger import Query
from dateline.ledger.names import actor_label, chosen_actors, chosen_countries, places_of
from dateline.model.vocabulary import FINE
from dateline.service.exploring.columns import Columns, Flags, Ints, Pairs
from dateline.service.exploring.masks import Masks

#: Values that are shown of facets with many.
_MANY = 40


def facets(columns: Columns, masks: Masks, query: Query) -> dict[str, list[dict[str, Any]]]:
    """Values with their counts, the most frequent first; what is chosen is always there."""
    words = columns.words
    found = {
        name: _counted(column[masks.without(name)], vocabulary.all, set(given))
        for name, column, vocabulary, given in (
            ("type", columns.type, words.type, query.types),
            ("status", columns.status, words.status, query.statuses),
            ("scope", columns.scope, words.scope, (query.scope,) if query.scope else ()),
        )
    }
    # Rejected events are left out unless they are asked for, and are counted all the same.
    found["review"] = _counted(columns.review[masks.without("review")], words.review.all, set(query.review))
    found["country"] = _countries(columns, masks.without("place"), query.places)
    found["province"], found["city"] = _inside(columns, masks.without("place"), query.places)
    found["actor"] = _actors(columns, masks.without("actor"), query.actors)
    return found


def _countries(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    from dateline.where import country_name

    rows = _counted(_of(columns.countries, mask), columns.words.country.all, chosen_countries(given))
    return [{**row, "label": country_name(row["value"]) or row["value"]} for row in rows]


def _inside(columns: Columns, mask: Flags, given: Iterable[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Provinces and towns. Where a country or a province is chosen, only those in its country: one looks closer."""
    places, words = columns.places, columns.words
    own = mask[places.row] if len(places.row) else np.zeros(0, np.bool_)
    asked = [places_of(name) for name in given]
    lands = {code for one in asked for code in (*one.countries, *(land for land, _ in one.provinces))}
    if lands:
        own &= np.isin(places.country, [words.country.find(code) for code in lands])
    return _provinces(columns, own, set(given)), _towns(columns, own, set(given))


def _provinces(columns: Columns, own: Flags, given: set[str]) -> list[dict[str, Any]]:
    places, words = columns.places, columns.words
    own = own & (places.admin1 >= 0) & (places.country >= 0)
    size = max(1, len(words.place.all))
    keys = _pairs(columns, own, places.country * size + places.admin1)
    found = []
    for key, count in _frequent(keys, given=()):
        land, name = words.country.all[key // size], words.place.shown[key % size]
        value = f"{name}, {land}"
        found.append({"value": value, "label": value, "count": count, "on": value in given})
    return found


def _towns(columns: Columns, own: Flags, given: set[str]) -> list[dict[str, Any]]:
    """Towns and sites of the gazetteer, each by its id, which means it alone."""
    places, words = columns.places, columns.words
    own = own & np.isin(places.precision, [words.precision.find(name) for name in FINE]) & (places.gazetteer >= 0)
    keys = _pairs(columns, own, places.gazetteer)
    chosen = [words.gazetteer.find(name) for name in given if ":" in name]
    first = dict(zip(places.gazetteer[::-1].tolist(), range(len(places.row) - 1, -1, -1), strict=True))
    found = []
    for key, count in _frequent(keys, given=(key for key in chosen if key in first)):
        row, value = first[key], words.gazetteer.all[key]
        land = words.country.all[places.country[row]] if places.country[row] >= 0 else None
        label = ", ".join(filter(None, (words.place.shown[places.name[row]], land)))
        found.append({"value": value, "label": label, "count": count, "on": value in given})
    return found


def _pairs(columns: Columns, own: Flags, keys: Ints) -> Ints:
    """The keys of the places of a mask, each once an event."""
    rows, values = columns.places.row[own], keys[own]
    span = int(values.max()) + 1 if len(values) else 1
    return np.asarray(np.unique(rows * span + values) % span)


def _frequent(keys: Ints, given: Iterable[int]) -> list[tuple[int, int]]:
    """The most frequent keys with their counts, and those that are chosen."""
    values, counts = np.unique(keys, return_counts=True)
    order = np.lexsort((values, -counts))[:_MANY]
    found = {int(values[n]): int(counts[n]) for n in order}
    every = dict(zip(values.tolist(), counts.tolist(), strict=True))
    return [*found.items(), *((key, every.get(key, 0)) for key in given if key not in found)]


def _actors(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    words = columns.words
    # Of the names of a chosen actor, those by which the facet has events: its id, or the name where it has none.
    chosen = {key for key in chosen_actors(given) if (columns.named.value == words.actor.find(key)).any()}
    rows = _counted(_of(columns.named, mask), words.actor.all, chosen)
    return [
        {**row, "label": actor_label(row["value"]) or words.actor.shown[words.actor.find(row["value"])]} for row in rows
    ]


def _of(pairs: Pairs, mask: Flags) -> Ints:
    """The values of the events of a mask, each once an event."""
    return pairs.value[mask[pairs.row]] if len(pairs.row) else pairs.value


def _counted(values: Ints, words: list[str], chosen: Set[str]) -> list[dict[str, Any]]:
    counts = np.bincount(values, minlength=len(words))
    # Of as many the one that is first in the alphabet: the order in which words came is an accident.
    least = np.partition(counts, -_MANY)[-_MANY] if len(counts) > _MANY else 1
    frequent = np.flatnonzero(counts >= max(1, least)).tolist()
    shown = sorted(frequent, key=lambda n: (-counts[n], words[n]))[:_MANY]
    shown += [n for n, word in enumerate(words) if word in chosen and n not in shown]
    return [{"value": words[n], "label": words[n], "count": int(counts[n]), "on": words[n] in chosen} for n in shown]
