"""A pass: a function over the drafts of a report that declares which of their fields it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from dateline.coding.draft import Draft
from dateline.coding.reading import Reading

_Run = Callable[[Reading, list[Draft]], list[Draft]]
#: All fields of a draft.
FIELDS = frozenset(f.name for f in fields(Draft))


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: its dotted name, its function, and the fields of `Draft` that it may read and write.

    It returns the drafts that remain. A test checks that it keeps to what it declares.
    """

    name: str
    run: _Run
    reads: frozenset[str]
    writes: frozenset[str]

    def __call__(self, reading: Reading, drafts: list[Draft]) -> list[Draft]:
        return self.run(reading, drafts)


def step(name: str, reads: str, writes: str) -> Callable[[_Run], Pass]:
    """Make a pass of a function; `reads` and `writes` are names of fields, separated by blanks."""

    def made(run: _Run) -> Pass:
        return Pass(name, run, frozenset(reads.split()), frozenset(writes.split()))

    return made
