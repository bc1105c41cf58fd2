"""The gazetteer while it is being built: its places, and the names under which they are found."""

from __future__ import annotations

from typing import NamedTuple

from dateline.model.distance import kilometres
from dateline.where.folding import fold, without_article

#: How a name belongs to a place: its own, another one, or its own without the Arabic article.
MAIN, OTHER, BARE = 2, 1, 0
#: Ids of places that GeoNames has no id for start here. Ids of GeoNames are below 14 million.
OWN = 1_000_000_000
#: Ids of places of the supplement and the quarters start so much higher.
OURS = 500_000_000


class Row(NamedTuple):
    """One place, as the table holds it."""

    id: int
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int


class Builder:
    """Takes places and names, in any order."""

    def __init__(self) -> None:
        self.places: dict[int, Row] = {}
        self.names: dict[tuple[str, int], int] = {}

    def add(self, row: Row, others: list[str]) -> None:
        """Take a place and its other names."""
        self.places[row.id] = row
        self._name(row.name, row.id, MAIN)
        for other in others:
            if not (other.isupper() and len(other) == 3):  # airport codes
                self._name(other, row.id, OTHER)

    def alias(self, name: str, place: int) -> None:
        """Another name of a place that is there."""
        self._name(name, place, OTHER)

    def _name(self, name: str, place: int, rank: int) -> None:
        key = fold(name)
        if not key or len(key) > 80:
            return
        self.names[key, place] = max(rank, self.names.get((key, place), 0))
        bare = without_article(key)
        if bare != key:
            self.names.setdefault((bare, place), BARE)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude)."""
    return kilometres(one, other, wide_at=other[0])
