"""Provinces and towns of events, numbered once a revision, so that a facet counts them in one go.

A place is a row of a table of its own. To count events by province or town, each event is taken once, and provinces
need a number: both take longer than the counting, and do not hang on what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Inside:
    """Events and a value of each, no pair twice: the row of the event, the value, and the place that it was taken from.
    `first` is a place of each value, the first one; -1 where there is none."""

    row: Ints
    value: Ints
    place: Ints
    first: Ints

    def counted(self, own: Flags) -> Ints:
        """How many events there are of each value, of the pairs of a mask."""
        return np.bincount(self.value[own], minlength=len(self.first))


def provinces(row: Ints, country: Ints, admin1: Ints) -> Inside:
    """The provinces of places: in order of country and name, as these are numbered."""
    places = np.flatnonzero((admin1 >= 0) & (country >= 0))
    keys = country[places] * (int(admin1.max(initial=0)) + 1) + admin1[places]
    _, first, value = np.unique(keys, return_index=True, return_inverse=True)
    return _once(row, places, value, places[first])


def towns(row: Ints, gazetteer: Ints, fine: Flags, known: int) -> Inside:
    """The towns and sites of places, by their number among the `known` entries of the gazetteer."""
    first = np.full(known, -1, np.int64)
    # Of an entry with several places the first stays: what is written last counts.
    backwards = np.flatnonzero(gazetteer >= 0)[::-1]
    first[gazetteer[backwards]] = backwards
    places = np.flatnonzero(fine & (gazetteer >= 0))
    return _once(row, places, gazetteer[places], first)


def _once(row: Ints, places: Ints, value: Ints, first: Ints) -> Inside:
    _, kept = np.unique(row[places] * max(1, len(first)) + value, return_index=True)
    kept = np.sort(kept)
    return Inside(row[places][kept], value[kept], places[kept], first)
