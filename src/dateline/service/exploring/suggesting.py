"""Suggestions for a name that a user is typing: places, provinces, countries and actors of the events."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from dateline.ledger.names import actor_label
from dateline.ledger.search import folded
from dateline.service.exploring.columns import Columns, Ints

_SHOWN = 12
_Named = tuple[str, str, int]


def suggestions(columns: Columns, of: Literal["place", "actor"], words: str) -> list[dict[str, Any]]:
    """The names that contain the words. Names that begin with them come first; then they are sorted by the number of
    places or parties with the name."""
    wanted = folded(words)
    if not wanted:
        return []
    every = _places(columns) if of == "place" else _actors(columns)
    found = [(label, write, count) for label, write, count in every if wanted in folded(label)]
    found.sort(key=lambda one: (not folded(one[0]).startswith(wanted), -one[2], one[0]))
    return [{"label": label, "write": write, "events": count} for label, write, count in found[:_SHOWN]]


def _places(columns: Columns) -> list[_Named]:
    from dateline.where import country_name

    places, words = columns.places, columns.words
    found = [(country_name(code) or code, code, n) for code, n in _counts(places.country, words.country.all)]
    size = max(1, len(words.place.all))
    for column in (places.admin1, places.name):
        for key, count in _frequent(
            np.where((column >= 0) & (places.country >= 0), places.country * size + column, -1)
        ):
            label = f"{words.place.shown[key % size]}, {words.country.all[key // size]}"
            found.append((label, label, count))
    # A province and a town with the same name are asked for by the same words: the name is suggested once.
    return list({label: (label, write, n) for label, write, n in sorted(found, key=lambda one: one[2])}.values())


def _actors(columns: Columns) -> list[_Named]:
    words = columns.words.actor
    found = []
    for key, count in _counts(columns.actors.key, words.all):
        label = actor_label(key) or words.shown[words.find(key)]
        found.append((label, label if actor_label(key) else key, count))
    return found


def _counts(column: Ints, words: list[str]) -> list[tuple[str, int]]:
    return [(words[n], count) for n, count in _frequent(column)]


def _frequent(column: Ints) -> list[tuple[int, int]]:
    values, counts = np.unique(column[column >= 0], return_counts=True)
    return list(zip(values.tolist(), counts.tolist(), strict=True))
