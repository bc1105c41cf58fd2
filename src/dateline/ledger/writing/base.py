"""What every write to a ledger needs: a transaction, a new revision, the events computed again, the custody log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, select

from dateline.ledger import access, adding, custody, taking
from dateline.ledger.access import Access
from dateline.ledger.asking import Asking, rules_of, weights_of
from dateline.ledger.batching import Batch
from dateline.ledger.custody import Entry
from dateline.ledger.differing import differ
from dateline.ledger.digests import close_revision
from dateline.ledger.events import Settled, mates, settle
from dateline.ledger.facts import Facts
from dateline.ledger.linker import Island, left_by, pair_up, part
from dateline.ledger.rows import chunks, insert
from dateline.ledger.store import newest
from dateline.ledger.tables import accounts, revisions
from dateline.linking.rivals import Link


class Writing(Asking):
    """Writes revisions, in the name of the user."""

    #: The name under which everything is written.
    by: str
    _clock: Callable[[], dt.datetime]
    _facts: Facts

    @contextmanager
    def _unless_failed(self) -> Iterator[None]:
        """Clear the cache of facts if a write fails: numbers of rows that were not committed will be used again."""
        try:
            yield
        except BaseException:
            self._facts = Facts()
            raise

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A write transaction. At its end the new revision gets its highest numbers (digests.py)."""
        with self.store.writing() as connection:
            yield connection
            close_revision(connection)

    def _put_in_force(
        self, connection: Connection, revision: int, batch: Batch, gone: Sequence[int] = (),
        given: Sequence[Link] | None = None,
    ) -> tuple[int, Settled]:  # fmt: skip
        """Write codings, and compute again the events that they touch, and those of accounts (by number) in `gone`.
        Returns how many accounts are new, and the changed events. `given`: pairs that were weighed elsewhere."""
        written = adding.write(connection, revision, batch, self._facts)
        retired = [*gone, *written.retired]
        near = part(connection, retired)
        if given is None:
            pair_up(connection, self._facts, written.fresh, weights_of(connection))
        else:
            taking.take_over(connection, self._facts, written.fresh, given)
        differ(connection, [*(num for num, _, _, _ in batch.again), *(num for num, _ in batch.beside)])
        touched = {*written.fresh, *near, *left_by(connection, written.fresh)}
        return len(written.fresh), self._settle(connection, revision, touched, retired)

    def _note(self, connection: Connection, entries: Sequence[Entry]) -> None:
        custody.note(connection, entries, self._now(), self.by)

    def _set_access(
        self, connection: Connection, revision: int, keys: Iterable[str], to: Access, entries: list[Entry]
    ) -> None:
        row = {"at": self._now(), "by": self.by, "revision": revision}
        for key in sorted(keys):
            access.set_access(connection, key, to, row)
            entries.append(Entry(key, "access", {"level": to.level, "people": to.people, "note": to.note}))

    def _settle(
        self,
        connection: Connection,
        revision: int,
        touched: set[int],
        gone: Sequence[int] = (),
        judged: frozenset[int] | None = frozenset(),
    ) -> Settled:
        """Compute again the chains that hold these accounts, and write the events that changed."""
        island = Island(connection, touched | mates(connection, gone))
        made_by = rules_of(connection), weights_of(connection)
        groups = island.groups(connection, self._facts, made_by[1])
        return settle(connection, revision, self._facts, groups, gone, made_by, judged)

    def _settle_all(self, connection: Connection, revision: int) -> int:
        """Compute all events again, roll-ups first, because the others name them. Returns how many changed."""
        others = 0
        made_by = rules_of(connection), weights_of(connection)
        live = select(accounts.c.num).where(accounts.c.retired.is_(None))
        ordered = live.order_by(accounts.c.scope != "rollup", accounts.c.num)
        for some in chunks(connection.execute(ordered).scalars().all(), 1_000):
            island = Island(connection, some)
            # Accounts that were in one event may be in two chains now: add the chains of all accounts of such an event.
            while near := mates(connection, island.accounts):
                island = Island(connection, {*island.accounts, *near})
            groups = island.groups(connection, self._facts, made_by[1])
            settled = settle(connection, revision, self._facts, groups, (), made_by, judged=None)
            others += len(settled.new) + len(settled.changed) + len(settled.gone)
        return others

    def _revision(self, connection: Connection, kind: str, note: str) -> int:
        number = newest(connection) + 1
        row = {"number": number, "at": self._now(), "kind": kind, "by": self.by, "note": note}
        insert(connection, revisions, [row])
        return number

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="seconds")
