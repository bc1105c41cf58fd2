"""Provinces and towns of events, numbered once for each revision, so that a facet can count them fast.

Each place is a row in a table of places. To count events by province or town, each event must be taken once for a
value, and each province needs a number. Both take longer than the counting and do not depend on the query, so they are
done beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Inside:
    """Pairs of an event and a value (a province or a town), no pair twice.

    Each pair has the row of the event, the number of the value, and the row of the place that the value was taken from.
    `first` is, for each value, the row of its first place; -1 where there is none.
    """

    row: Ints
    value: Ints
    place: Ints
    first: Ints

    def counted(self, own: Flags) -> Ints:
        """The number of events of each value; only the pairs of the mask `own` count."""
        return np.bincount(self.value[own], minlength=len(self.first))


def provinces(row: Ints, country: Ints, admin1: Ints) -> Inside:
    """The provinces of places, in the order of the numbers of country and name."""
    places = np.flatnonzero((admin1 >= 0) & (country >= 0))
    keys = country[places] * (int(admin1.max(initial=0)) + 1) + admin1[places]
    _, first, value = np.unique(keys, return_index=True, return_inverse=True)
    return _once(row, places, value, places[first])


def towns(row: Ints, gazetteer: Ints, fine: Flags, known: int) -> Inside:
    """The towns and sites of places, by their number among the `known` entries of the gazetteer."""
    first = np.full(known, -1, np.int64)
    # Go backwards, so that of an entry with several places the first one is written last and stays.
    backwards = np.flatnonzero(gazetteer >= 0)[::-1]
    first[gazetteer[backwards]] = backwards
    places = np.flatnonzero(fine & (gazetteer >= 0))
    return _once(row, places, gazetteer[places], first)


def _once(row: Ints, places: Ints, value: Ints, first: Ints) -> Inside:
    _, kept = np.unique(row[places] * max(1, len(first)) + value, return_index=True)
    kept = np.sort(kept)
    return Inside(row[places][kept], value[kept], places[kept], first)
