"""Questions about the life of a report: its custody log, its versions, purges, access."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, or_, select

from dateline.ledger import queries
from dateline.ledger.access import SealedReport, changed_since, hidden_from
from dateline.ledger.asking.base import Base
from dateline.ledger.custody import entries_of, purged_originals, purged_since
from dateline.ledger.digests import said_of
from dateline.ledger.errors import NoSuchReport
from dateline.ledger.query import Query
from dateline.ledger.successions import line_of
from dateline.ledger.tables import reports, successions


class AskingFates(Base):
    """What was done to a report since it was added, and what became of its story at its source."""

    def custody(self, report: str) -> list[dict[str, Any]]:
        """The custody log of a report (by key or URI: of all its versions), in the order in which it was written.
        Raises NoSuchReport (DL-L013), SealedReport (DL-L023)."""
        with self.store.reading() as connection:
            query = select(reports.c.key).where(or_(reports.c.key == report, reports.c.uri == report))
            keys = connection.execute(query).scalars().all()
            hidden = hidden_from(connection, self.right)
            if not keys or (hidden & set(keys) and report not in keys):
                raise NoSuchReport("There is no such report.", where=report)
            if hidden & set(keys):
                raise SealedReport("Its log is hidden from whoever asks.", where=report)
            return sorted(entries_of(connection, keys), key=lambda entry: entry["num"])

    def purged_originals(self, revision: int) -> dict[str, bool]:
        """Name -> whether another report, not purged, has the same bytes; for the original bytes of all reports that
        were purged in a revision."""
        with self.store.reading() as connection:
            return purged_originals(connection, revision)

    def purged_since(self, revision: int) -> list[str]:
        """The reports (by key) that were purged after a revision."""
        with self.store.reading() as connection:
            return purged_since(connection, revision)

    def access_since(self, revision: int) -> dict[int, list[str]]:
        """The revisions after this one in which access was set; with each, the reports (by key)."""
        with self.store.reading() as connection:
            return changed_since(connection, revision)

    def lives(self, keys: Iterable[str], as_of: int | None = None) -> Iterator[dict[str, Any]]:
        """The custody logs of reports (by key), report by report: everything that changed them (up to `as_of`)."""
        with self._reading(as_of) as connection:
            yield from entries_of(connection, set(keys) - hidden_from(connection, self.right), "life", as_of)

    def fate(self, report: str) -> list[dict[str, Any]]:
        """What happened to a report (by key), and to the versions before and after it, at its source: corrected, gone,
        back. The oldest comes first."""
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            return [row for row in line_of(connection, report) if not hidden & {row["before"], row["after"]}]

    def fates(self, since: int, asked: Query | None = None) -> list[dict[str, Any]]:
        """What happened to stories at their sources after a revision, the oldest first. With `asked`, only stories that
        told of an event of this query, before or after the change, or that tell of one now."""
        query = select(*said_of(successions)).where(successions.c.revision > since).order_by(successions.c.num)
        with self.store.reading() as connection:
            hidden = hidden_from(connection, self.right)
            rows = [dict(row) for row in connection.execute(query).mappings()]
            shown = [row for row in rows if not hidden & {row["before"], row["after"]}]
            return [row for row in shown if asked is None or self._is_told(connection, row, asked)]

    def _is_told(self, connection: Connection, row: dict[str, Any], asked: Query) -> bool:
        """Did a story tell of an event of the query before or after its change, or does it now?"""
        keys = [key for key in (row["before"], row["after"]) if key is not None]
        return any(
            queries.is_told(connection, self._sought(connection, asked, as_of), as_of, keys)
            for as_of in (None, row["revision"], row["revision"] - 1)
        )
