"""What one source says of a toll: its one vote, chosen from the figures that it tells.

A report on one deed often tells other figures, too: of other deeds ("the fifteenth killed this month"), older ones, or
parts. It tells the figure of the deed first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.language.numbers import parse
from dateline.linking.facts import Told
from dateline.model import Count
from dateline.model.knowledge import load

Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of an account."""

    told: Told
    count: Count

    @property
    def source(self) -> str:
        """The key of the report, or of the first report that it is a copy of."""
        return self.told.telling.source

    @property
    def published(self) -> int:
        """The day of the report as an ordinal; 0 where it is unknown."""
        return self.told.telling.published or 0

    @property
    def bounds(self) -> Bounds:
        """The lowest, the best and the highest value."""
        return self.count.low, self.count.best, self.count.high

    @property
    def size(self) -> int:
        """The best value, else the lowest."""
        return size_of(self.bounds)


def size_of(bounds: Bounds) -> int:
    """The best of three values (low, best, high), else the lowest, else 0."""
    low, best, _ = bounds
    return best if best is not None else low or 0


def one_a_source(rows: Sequence[Row]) -> list[Row]:
    """One figure for each source: the largest of its first sentence with a figure, because a report tells a part
    together with its total. A smaller one stands if more of the other sources tell it on the same day or later."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        told[row.source].append(row)
    options = {source: _options(own) for source, own in told.items()}
    return [
        own[0] if len(own) == 1 else max(own, key=lambda row: _standing(row, own, options)) for own in options.values()
    ]


def _options(own: Sequence[Row]) -> list[Row]:
    """The largest figure that a source tells first, and other exact figures of the same sentence."""
    told = _told_first(own)
    largest = max(told, key=lambda row: (row.size, is_figure(row.count)))
    exact = [row for row in told if row.count.best is not None and is_figure(row.count)]
    return [largest, *(row for row in exact if row is not largest)]


def _told_first(own: Sequence[Row]) -> Sequence[Row]:
    """The figures of the first sentence of the account that has one; all figures where that sentence is unknown."""
    first = min(own, key=lambda row: row.count.span.start)
    sentence = next((s for s in first.told.account.sentences if s.covers(first.count.span)), None)
    return own if sentence is None else [row for row in own if sentence.covers(row.count.span)]


def _standing(row: Row, own: Sequence[Row], options: Mapping[str, Sequence[Row]]) -> tuple[int, bool, int]:
    """The sort key of a source's figures; the highest stands. `own` begins with the largest.

    A figure of less than half the largest is most often a part. It stands only if later sources tell it, and no other
    source tells as many as the largest.
    """
    others = [other for source, rows in options.items() if source != row.source for other in rows]
    borne_out = {o.source for o in others if o.size == row.size and (not o.published or o.published >= row.published)}
    is_small = row.size * 2 < own[0].size
    if is_small and (not borne_out or any(other.size >= own[0].size for other in others)):
        return -1, False, row.size
    return len(borne_out), not is_small and _takes_back(row, own, others), row.size


def _takes_back(row: Row, own: Sequence[Row], others: Sequence[Row]) -> bool:
    """Does the source replace an older, larger figure by this one ("killed 10, not 11")? The larger one then stands
    later in the text, and an earlier report tells it."""
    before = {o.size for o in others if o.published and o.published < row.published}
    later = [o for o in own if o.size > row.size and o.size in before and o.count.span.start > row.count.span.start]
    return bool(later) and row.size not in before


# ---------------------------------------------------------------- what a figure is


@cache
def _words(name: str) -> re.Pattern[str]:
    words = load("dateline.linking", "figures.yaml", dict[str, list[str]])[name]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def is_rough(count: Count) -> bool:
    """Is it an estimate ("about 40", "dozens")?"""
    return count.low is None or count.best is None or _words("rough").search(count.text) is not None


def is_anyone(count: Count) -> bool:
    """Does the text not say whom the figure counts ("five people", "11")?"""
    return _words("anyone").search(count.text) is not None or parse(count.text.lower()) is not None


def is_figure(count: Count) -> bool:
    """Is it a number in words or digits, not one person who is named or described?"""
    return count.best != 1 or any(parse(word) is not None for word in count.text.lower().split())
