"""The ledger that a user opens, adds codings to, asks questions, and judges events in."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable

from dateline.ledger.access import Right
from dateline.ledger.damage import Problem, changed_rows
from dateline.ledger.errors import DamagedLedger
from dateline.ledger.facts import Facts
from dateline.ledger.store import Store
from dateline.ledger.writing.judgements import WritingJudgements
from dateline.ledger.writing.reports import WritingReports
from dateline.ledger.writing.settings import WritingSettings
from dateline.ledger.writing.sources import WritingSources
from dateline.model.errors import DatelineError

#: Exceptions that code raises when it reads damaged rows.
_BY_DAMAGE = (LookupError, TypeError, ValueError, AttributeError)


class Ledger(WritingReports, WritingSources, WritingJudgements, WritingSettings):
    """A ledger of events, in a file (SQLite) or on a server (PostgreSQL). Use as a context manager, or close it."""

    def __init__(self, store: Store, by: str | None = None, clock: Callable[[], dt.datetime] | None = None) -> None:
        self.store = store
        self.by = by or _user()
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._facts = Facts()

    @staticmethod
    def open(
        address: str, create: bool = False, by: str | None = None, clock: Callable[[], dt.datetime] | None = None
    ) -> Ledger:
        """Open a ledger: a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE. `create` makes one if there is
        none.

        `by` is the name under which everything is written (default: the user of the system). Raises NoLedger (DL-L001),
        CorruptLedger (DL-L002), OtherVersion (DL-L003), LostLedger (DL-L006), BadUrl (DL-L012).
        """
        ledger = Ledger(Store(address), by, clock)
        ledger.store.open(create)
        return ledger

    def seen_by(self, right: Right) -> Ledger:
        """The same ledger, as somebody with this right sees it: without words that they may not read (access.py)."""
        other = Ledger(self.store, self.by, self._clock)
        other.right = right
        return other

    def __repr__(self) -> str:
        try:
            number = self.count()
            held = f": {number:,} event{'' if number == 1 else 's'}, revision {self.revision()}"
        except Exception:  # A representation must never fail, whatever is wrong with the ledger.
            held = ""
        return f"<Ledger {self.store.name}{held}>"

    def close(self) -> None:
        """Close the connections to the database."""
        self.store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        """Close the connections to the database. If damage explains an error, raises DamagedLedger (DL-L016)
        instead."""
        try:
            if isinstance(error, _BY_DAMAGE) and (found := self._damage()):
                raise DamagedLedger(f"{found}.", where=self.store.name) from error
        finally:
            self.close()

    def _damage(self) -> Problem | None:
        """The first row that is not what was written, as a problem; None where there is none."""
        try:
            with self.store.reading() as connection:
                return next(changed_rows(connection), None)
        except DatelineError:
            return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
