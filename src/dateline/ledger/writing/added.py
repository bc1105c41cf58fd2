"""The result of an addition, in numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.ledger.batching import Batch
from dateline.ledger.custody import Origin
from dateline.ledger.events import Settled
from dateline.model import Report

#: A function that gives a report's origin; None: only the report's URI is known.
Origins = Callable[[Report], Origin | None]


@dataclass(slots=True)
class Added:
    """The result of an addition. Reports: new, coded again, there already, taken out before, not storable (with NUL
    characters), kept beside the chosen coder's coding. Events: new, changed, gone."""

    new: int = 0
    again: int = 0
    known: int = 0
    removed: int = 0
    unstorable: int = 0
    beside: int = 0
    accounts: int = 0
    events_new: int = 0
    events_changed: int = 0
    events_gone: int = 0
    revision: int = 0

    def take(self, batch: Batch, fresh: int, settled: Settled) -> None:
        """Add the numbers of a batch."""
        self.new += len(batch.new)
        self.again += len(batch.again)
        self.known += batch.known
        self.removed += batch.removed
        self.unstorable += len(batch.unstorable)
        self.beside += len(batch.beside)
        self.accounts += fresh
        self.events_new += len(settled.new)
        self.events_changed += len(settled.changed)
        self.events_gone += len(settled.gone)
