"""Facets: for each value of a field, how many events there would be if it were chosen. A facet's counts do not see its
own choice, so that one can choose another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from dateline.ledger import Query
from dateline.ledger.search import folded
from dateline.service.exploring.columns import Columns, Flags, Ints
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

    places = columns.places
    rows = _counted(_distinct(places.row, places.country, mask), columns.words.country.all, set(given))
    return [{**row, "label": country_name(row["value"]) or row["value"]} for row in rows]


def _actors(columns: Columns, mask: Flags, given: Iterable[str]) -> list[dict[str, Any]]:
    actors, words = columns.actors, columns.words
    chosen = {name if words.actor.find(name) >= 0 else folded(name) for name in given}
    rows = _counted(_distinct(actors.row, actors.key, mask), words.actor.all, chosen)
    return [{**row, "label": words.actor.shown[words.actor.find(row["value"])]} for row in rows]


def _distinct(rows: Ints, values: Ints, mask: Flags) -> Ints:
    """The values of the events of a mask, each once an event."""
    if not len(rows):
        return values
    own = mask[rows] & (values >= 0)
    width = int(values.max(initial=0)) + 1
    return np.asarray(np.unique(rows[own] * width + values[own]) % width)


def _counted(values: Ints, words: list[str], chosen: set[str]) -> list[dict[str, Any]]:
    counts = np.bincount(values, minlength=len(words))
    order = np.argsort(-counts, kind="stable")[:_MANY]
    shown = [int(n) for n in order if counts[n]]
    shown += [n for n, word in enumerate(words) if word in chosen and n not in shown]
    return [{"value": words[n], "label": words[n], "count": int(counts[n]), "on": words[n] in chosen} for n in shown]
