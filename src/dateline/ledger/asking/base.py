"""What every question to a ledger needs: a connection, and what the user may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from dateline.ledger.access import ALL as ALL_WORDS
from dateline.ledger.access import Right, hidden_from, without_words
from dateline.ledger.errors import NoSuchRevision
from dateline.ledger.query import Query
from dateline.ledger.sealed_names import sought
from dateline.ledger.store import Store, newest
from dateline.model.event import Event


class Base:
    """Gives each question one consistent state of the ledger, without words that the user may not read."""

    store: Store
    #: What the user of this object may read.
    right: Right = ALL_WORDS

    def hidden(self) -> frozenset[str]:
        """The reports (by key) with words that the user may not read."""
        if self.right.level == "sealed":
            return frozenset()
        with self.store.reading() as connection:
            return hidden_from(connection, self.right)

    def _shown(self, connection: Connection, events: Iterable[Event]) -> list[Event]:
        """Events without the words that the user may not read."""
        return without_words(connection, events, hidden_from(connection, self.right))

    def _sought(self, connection: Connection, query: Query, as_of: int | None) -> Query:
        """The query, limited so that it does not search words and names that the user may not read."""
        return sought(connection, query, as_of, hidden_from(connection, self.right))

    def revision(self) -> int:
        """The number of the newest revision; 0 in an empty ledger."""
        with self.store.reading() as connection:
            return newest(connection)

    @contextmanager
    def _reading(self, *as_of: int | None, once: bool = False) -> Iterator[Connection]:
        """A connection, after a check that the revisions asked for exist. `once`: all is read once, from end to end."""
        with self.store.reading(once) as connection:
            last = newest(connection)
            for revision in as_of:
                if revision is not None and not 0 <= revision <= last:
                    raise NoSuchRevision(f"The newest revision is {last}.", where=str(revision))
            yield connection
