"""The set of reports in an export, in little memory, since an export may hold every report of a large ledger."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

#: Duplicates are removed when the list is longer than this and twice its length after the last removal.
_SLACK = 10_000


class ReportKeys:
    """The keys of reports, each once and sorted. A key has 16 hexadecimal digits and is kept as eight bytes; in a set
    of strings it would take about a hundred."""

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._sorted = 0

    def add(self, keys: Iterable[str]) -> None:
        """Add keys; keys that are already there make no difference."""
        self._numbers.extend(int(key, 16) for key in keys)
        if len(self._numbers) > 2 * self._sorted + _SLACK:
            self._settle()

    def __iter__(self) -> Iterator[str]:
        self._settle()
        return (f"{number:016x}" for number in self._numbers)

    def __len__(self) -> int:
        self._settle()
        return len(self._numbers)

    def _settle(self) -> None:
        if len(self._numbers) != self._sorted:
            self._numbers = array("Q", sorted(set(self._numbers)))
            self._sorted = len(self._numbers)
