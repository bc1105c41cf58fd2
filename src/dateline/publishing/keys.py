"""Which reports an export tells of, in little memory: an export may be of every report of a large ledger."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

#: So many keys may come twice before those are thrown out.
_SLACK = 10_000


class ReportKeys:
    """The keys of reports, each once and in order. A key is 16 hexadecimal digits: it is kept as the eight bytes that
    they are, where a set of strings would take some hundred."""

    def __init__(self) -> None:
        self._numbers = array("Q")
        self._sorted = 0

    def add(self, keys: Iterable[str]) -> None:
        """Add some; those that are there already change nothing."""
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
