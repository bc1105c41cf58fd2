"""Facets: for each value of a field, how many events there would be if the value were chosen.

The counts of a facet leave out the filter of that facet itself, so that a user can see and choose other values.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import numpy as np

from dateline.ledger import Query
from dateline.ledger.names import actor_label, chosen_actors, chosen_countries, places_of
from dateline.service.exploring.columns import Columns, Flags, Ints, Pairs, Words
from dateline.service.exploring.inside import Inside
from dateline.service.exploring.masks import Masks

#: The most values that are shown of one facet.
_MANY = 40


def facets(columns: Columns, masks: Masks, query: Query) -> dict[str, list[dict[str, Any]]]:
    """For each facet, its values with their counts, the most frequent first. Chosen values are always in the list."""
    words = columns.words
    found = {
        name: _counted(column[masks.without(name)], vocabulary, set(given))
        for name, column, vocabulary, given in (
            ("type", columns.type, words.type, query.types),
            ("status", columns.status, words.status, query.statuses),
            ("scope", columns.scope, words.scope, (query.scope,) if query.scope else ()),
        )
    }
    # Rejected events are left out of the answer unless they are asked for, but this facet always counts them.
    found["review"] = _counted(columns.review[masks.without("review")], words.review, set(query.review))
    found["country"] = _countries(columns, masks.without("place"), query.places)
    lands, given = _lands(columns, query.places), set(query.places)
    found["province"] = _provinces(columns, masks.without("place"), lands, given)
    found["city"] = _towns(columns, masks.without("place"), lands, given)
    found["actor"] = _actors(columns, masks.without("actor"), query.actors)
    return found


def _countries(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    from dateline.where import country_name

    rows = _counted(_of(columns.countries, mask), columns.words.country, chosen_countries(given))
    return [{**row, "label": country_name(row["value"]) or row["value"]} for row in rows]


def _provinces(columns: Columns, mask: Flags, lands: Ints | None, given: set[str]) -> list[dict[str, Any]]:
    places, words, inside = columns.places, columns.words, columns.provinces
    found = []
    for number, count in _frequent(inside.counted(_own(columns, inside, mask, lands)), given=()):
        place = inside.first[number]
        value = f"{words.place.shown[places.admin1[place]]}, {words.country.all[places.country[place]]}"
        found.append({"value": value, "label": value, "count": count, "on": value in given})
    return found


def _towns(columns: Columns, mask: Flags, lands: Ints | None, given: set[str]) -> list[dict[str, Any]]:
    """Towns and sites of the gazetteer. The value is the gazetteer id, because a name can mean several places."""
    places, words, inside = columns.places, columns.words, columns.towns
    numbers = [words.gazetteer.find(name) for name in given if ":" in name]
    chosen = [n for n in numbers if 0 <= n < len(inside.first) and inside.first[n] >= 0]
    found = []
    for number, count in _frequent(inside.counted(_own(columns, inside, mask, lands)), chosen):
        place, value = inside.first[number], words.gazetteer.all[number]
        land = words.country.all[places.country[place]] if places.country[place] >= 0 else None
        label = ", ".join(filter(None, (words.place.shown[places.name[place]], land)))
        found.append({"value": value, "label": label, "count": count, "on": value in given})
    return found


def _lands(columns: Columns, given: Iterable[str]) -> Ints | None:
    """The countries that are chosen, or that hold a chosen province; None where none is chosen."""
    asked = [places_of(name) for name in given]
    lands = {code for one in asked for code in (*one.countries, *(land for land, _ in one.provinces))}
    return np.array([columns.words.country.find(code) for code in lands], np.int64) if lands else None


def _own(columns: Columns, inside: Inside, mask: Flags, lands: Ints | None) -> Flags:
    """Which pairs are of the events of a mask; where countries (`lands`) are given, only pairs of places in these."""
    own = mask[inside.row]
    return own if lands is None else own & np.isin(columns.places.country[inside.place], lands)


def _frequent(counts: Ints, given: Iterable[int]) -> list[tuple[int, int]]:
    """The most frequent values with their counts, and those that are chosen; all values by number."""
    held = np.flatnonzero(counts)
    order = held[np.lexsort((held, -counts[held]))[:_MANY]].tolist()
    return [(n, int(counts[n])) for n in dict.fromkeys((*order, *given))]


def _actors(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    words = columns.words
    # Of the keys of a chosen actor, keep those under which the facet has events: its id, or its name if it has no id.
    chosen = {key for key in chosen_actors(given) if (columns.named.value == words.actor.find(key)).any()}
    rows = _counted(_of(columns.named, mask), words.actor, chosen)
    return [
        {**row, "label": actor_label(row["value"]) or words.actor.shown[words.actor.find(row["value"])]} for row in rows
    ]


def _of(pairs: Pairs, mask: Flags) -> Ints:
    """The values of the events of a mask; each event gives a value once."""
    return pairs.value[mask[pairs.row]] if len(pairs.row) else pairs.value


def _counted(values: Ints, words: Words, chosen: Set[str]) -> list[dict[str, Any]]:
    counts = np.bincount(values, minlength=len(words.all))
    # Of values with the same count, the first in the alphabet is taken: the order in which words arrived is accidental.
    least = np.partition(counts, -_MANY)[-_MANY] if len(counts) > _MANY else 1
    frequent = np.flatnonzero(counts >= max(1, least)).tolist()
    shown = sorted(frequent, key=lambda n: (-counts[n], words.all[n]))[:_MANY]
    shown += [n for n in sorted(words.find(word) for word in chosen) if n >= 0 and n not in shown]
    return [
        {"value": words.all[n], "label": words.all[n], "count": int(counts[n]), "on": words.all[n] in chosen}
        for n in shown
    ]
