"""Facets: for each value of a field, how many events there would be if it were chosen. A facet's counts do not see its
own choice, so that one can choose another."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

import numpy as np

from dateline.ledger import Query
from dateline.ledger.names import actor_label, chosen_actors, chosen_countries
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
    found["actor"] = _actors(columns, masks.without("actor"), query.actors)
    return found


def _countries(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    from dateline.where import country_name

    rows = _counted(_of(columns.countries, mask), columns.words.country.all, chosen_countries(given))
    return [{**row, "label": country_name(row["value"]) or row["value"]} for row in rows]


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
