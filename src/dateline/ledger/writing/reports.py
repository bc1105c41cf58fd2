"""Adding reports with their codings, new versions of them, access to their words, and taking them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from dateline.ledger import access, adding, batching, custody, handwritten, readings, successions, taking
from dateline.ledger.access import Access
from dateline.ledger.asking import weights_of
from dateline.ledger.batching import Batch, coder_record
from dateline.ledger.custody import Entry, brought
from dateline.ledger.differing import differ
from dateline.ledger.errors import NoSuchReport
from dateline.ledger.events import Settled
from dateline.ledger.facts import Facts
from dateline.ledger.linker import part
from dateline.ledger.removing import purge
from dateline.ledger.rows import chunks, insert
from dateline.ledger.store import newest
from dateline.ledger.tables import codings, removals, reports
from dateline.ledger.taking import Links
from dateline.ledger.writing.added import Added, Origins
from dateline.ledger.writing.base import Writing
from dateline.linking.facts import report_key
from dateline.model import Coding
from dateline.model.batches import batches

#: Codings that are written in one transaction; and in bulk. A larger batch is faster, because an event that many
#: codings of it tell of is computed once.
_BATCH, _BULK = 100, 1_000
#: Custody entries for a use that are written at once: an export may be of every report.
_NOTED_AT_ONCE = 1_000


class WritingReports(Writing):
    """Adds codings, replaces reports by their new versions, and takes reports out."""

    def add(
        self,
        found: Iterable[Coding],
        note: str = "",
        every: bool = False,
        bulk: bool = False,
        origins: Origins | None = None,
        links: Links | None = None,
    ) -> Added:
        """Add codings, in batches that are each written whole or not at all. Codings that are there already are
        skipped.

        A report that another version coded gets a new coding, and its judgements stay; with `every`, all known reports
        do. With `bulk` batches are larger, which is faster where nobody waits for the first result. `origins` tells the
        custody log where the bytes of a new report came from. `links` are pairs of these codings that were weighed
        elsewhere; raises BadLinks (DL-E019) where the ledger cannot take them over.
        """
        total = Added(revision=self.revision())
        for batch in batches(found, _BULK if bulk else _BATCH):
            with self._unless_failed():
                self._add(batch, note if links is None else taking.mark(links, note), total, every, origins, links)
        return total

    def _add(
        self, found: list[Coding], note: str, total: Added, every: bool, origins: Origins | None, links: Links | None
    ) -> None:
        given = None if links is None else list(links.of({report_key(coding.report) for coding in found}))
        with self._writing() as connection:
            batch = batching.sort_out(connection, found, every)
            batch = handwritten.carried(connection, readings.put_aside(connection, batch))
            total.revision = newest(connection)
            if not batch.new and not batch.again and not batch.beside:
                total.take(batch, 0, Settled())
                return
            if links is not None:
                taking.check(connection, links, weights_of(connection))
            revision = total.revision = self._revision(connection, "add", note)
            kept = [(num, batching.coder_of(coding), coding) for num, coding in (*batch.beside, *batch.changed)]
            readings.keep(connection, revision, kept)
            fresh, settled = self._put_in_force(connection, revision, batch, given=given)
            self._note_batch(connection, revision, batch, origins)
        total.take(batch, fresh, settled)

    def _note_batch(self, connection: Connection, revision: int, batch: Batch, origins: Origins | None) -> None:
        """Write custody entries for reports that were added or coded again."""
        entries = []
        known = access.access_of(connection)
        for key, coding in batch.new:
            origin = origins(coding.report) if origins else None
            entries.append(Entry(key, "added", {**brought(coding.report, origin), **coder_record(batch, coding)}))
            asked = origin.access if origin is not None else None
            to = access.strictest([asked, *access.access_at(connection, coding.report.uri, known)])
            if to is not None:
                self._set_access(connection, revision, [key], to, entries)
        entries += [Entry(key, "coded again", coder_record(batch, coding)) for _, _, key, coding in batch.again]
        entries += [
            Entry(report_key(coding.report), "coded beside", coder_record(batch, coding)) for _, coding in batch.beside
        ]
        self._note(connection, entries)

    def set_access(self, report: str, to: Access) -> int:
        """Set who may read a report's words (by key or URI: all its versions), with the note of consent. Returns the
        revision. Raises NoSuchReport (DL-L013), BadAccess (DL-L024)."""
        with self._writing() as connection:
            own = or_(reports.c.key == report, reports.c.uri == report)
            found = connection.execute(select(reports.c.key).where(own)).scalars().all()
            if not found:
                raise NoSuchReport("There is no such report.", where=report)
            line = [one for key in found for one in successions.line_of(connection, key)]
            keys = {*found, *(key for one in line for key in (one["before"], one["after"]) if key)}
            # Everybody sees the list of revisions. The note of consent is only in the custody log.
            revision = self._revision(connection, "access", "")
            entries: list[Entry] = []
            self._set_access(connection, revision, keys, to, entries)
            self._note(connection, entries)
            return revision

    def note_use(self, act: str, keys: Iterable[str], told: Mapping[str, Any]) -> None:
        """Write custody entries for a use of reports (by key) outside the ledger: an export, a time stamp."""
        at = self._now()
        with self.store.writing() as connection:
            for some in chunks(sorted(set(keys)), _NOTED_AT_ONCE):
                custody.note(connection, [Entry(key, act, told) for key in some], at, self.by, "use")

    def remove(self, report: str, reason: str, purge_text: bool = False) -> int:
        """Take a report out (by URI or key): its accounts end, and it is not added again. Returns the revision.

        With `purge_text` its text, its claims, and the past versions of events that quote it are deleted for good.
        Nothing else changes the past. Raises NoSuchReport (DL-L013).
        """
        with self._writing() as connection:
            own = or_(reports.c.key == report, reports.c.uri == report)
            # The report in force; if none is, the newest.
            live = select(codings.c.report).where(codings.c.retired.is_(None))
            query = select(reports.c.num, reports.c.key).where(own)
            row = connection.execute(query.order_by(reports.c.num.in_(live).desc(), reports.c.num.desc())).first()
            if row is None:
                raise NoSuchReport("There is no such report.", where=report)
            revision = self._revision(connection, "remove", reason)
            # A purge deletes the earlier and later versions of the report, too, because their texts are nearly the
            # same.
            line = successions.line_of(connection, row.key) if purge_text else []
            keys = {row.key, *(key for one in line for key in (one["before"], one["after"]) if key)}
            for num, key in connection.execute(
                select(reports.c.num, reports.c.key).where(reports.c.key.in_(keys))
            ).all():
                self._remove(connection, revision, num, key, reason, purge_text)
            return revision

    def _remove(self, connection: Connection, revision: int, num: int, key: str, reason: str, purged: bool) -> None:
        known = connection.execute(select(removals.c.report).where(removals.c.report == key)).first()
        if known is None:
            insert(connection, removals, [{"report": key, "reason": reason, "purged": False, "revision": revision}])
        live = select(codings.c.num).where(codings.c.report == num, codings.c.retired.is_(None))
        gone = adding.retire(connection, revision, connection.execute(live).scalars().all())
        near = part(connection, gone)
        self._settle(connection, revision, near, gone)
        differ(connection, [num])
        if purged:
            purge(connection, num, key)
            successions.forget_words(connection, [key])
            self._facts = Facts()
        self._note(connection, [Entry(key, "purged" if purged else "removed", {"reason": reason})])
