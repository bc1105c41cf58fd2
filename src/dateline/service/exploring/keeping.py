"""Keeps in memory the columns of the revisions that are looked at. Those of a newer revision are made from an older
one and the changes since."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from dateline.ledger import Ledger, Query
from dateline.service.exploring.atlas import View, atlas
from dateline.service.exploring.columns import Columns
from dateline.service.exploring.facets import facets
from dateline.service.exploring.masks import masks_of

#: The most revisions that are kept: the newest, and some older ones that somebody cites or looks back at.
_REVISIONS = 4
#: The most word searches for which the answer is kept.
_SEARCHES = 64
#: The most rows of the table that are kept.
_ROWS = 10_000


class Keeper:
    """Gives the columns of a ledger. It is thread-safe."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._columns: OrderedDict[int, Columns] = OrderedDict()
        self._said: OrderedDict[tuple[str, int], set[int]] = OrderedDict()
        self._rows_lock = threading.Lock()
        self._rows: OrderedDict[int, dict[str, Any]] = OrderedDict()
        self._rows_of = -1

    def columns(self, revision: int) -> Columns:
        """The columns of the events in force at a revision. Raises NoSuchRevision (DL-L008)."""
        with self._lock:
            found = self._columns.get(revision)
            if found is None:
                found = self._made(revision)
                self._columns[revision] = found
                while len(self._columns) > _REVISIONS:
                    self._columns.popitem(last=False)
            self._columns.move_to_end(revision)
            return found

    def prepare(self) -> None:
        """Load the newest events, and the names that facets and map show, before the first question comes."""
        columns = self.columns(self._ledger.revision())
        facets(columns, masks_of(columns, Query(), lambda _: set()), Query())
        atlas(columns, np.ones(columns.size, np.bool_), View())

    def _made(self, revision: int) -> Columns:
        earlier = max((number for number in self._columns if number < revision), default=None)
        if earlier is None:
            return Columns.of(self._ledger.standing(revision))
        return self._columns[earlier].changed(*self._ledger.changes(earlier, revision))

    def saying(self, words: str, revision: int) -> set[int]:
        """The numbers of the versions in which a single account holds all of the words."""
        key = words, revision
        with self._lock:
            found = self._said.get(key)
        if found is None:
            found = self._ledger.saying(words, revision)
            with self._lock:
                self._said[key] = found
                while len(self._said) > _SEARCHES:
                    self._said.popitem(last=False)
        return found

    def rows(
        self, nums: list[int], newest: int, make: Callable[[list[int]], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """The rows of the table for versions that are in force at the newest revision: the same few are shown again and
        again as filters change. Rows of an older revision are forgotten, because words in them may have been purged."""
        with self._rows_lock:
            if self._rows_of != newest:
                self._rows.clear()
                self._rows_of = newest
            kept = {num: self._rows[num] for num in nums if num in self._rows}
        missing = [num for num in nums if num not in kept]
        if missing:
            made = dict(zip(missing, make(missing), strict=True))
            kept |= made
            with self._rows_lock:
                if self._rows_of == newest:
                    self._rows |= made
                    while len(self._rows) > _ROWS:
                        self._rows.popitem(last=False)
        return [kept[num] for num in nums]
