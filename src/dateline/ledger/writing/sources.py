"""What becomes of a story at its source: corrected, gone, back."""

from __future__ import annotations

from sqlalchemy import Connection

from dateline.ledger import access, adding, batching, handwritten, readings, succeeding, successions
from dateline.ledger.batching import Batch, coder_record
from dateline.ledger.custody import Entry, Origin, brought
from dateline.ledger.differing import differ
from dateline.ledger.events import Settled
from dateline.ledger.store import newest
from dateline.ledger.writing.added import Added
from dateline.ledger.writing.base import Writing
from dateline.linking.facts import report_key
from dateline.model import Coding


class WritingSources(Writing):
    """Writes down what happened to reports at their sources."""

    def revise(self, before: str, coding: Coding, note: str = "", origin: Origin | None = None) -> Added:
        """Replace a report (by key, or by URI: the newest) by its corrected version, and keep the difference of the
        texts.

        The new version is a report of its own. Its accounts take the keys of the old ones where they tell of the same,
        so events keep their ids and judgements stay. Raises NoSuchReport (DL-L013) where the old report is not in
        force.
        """
        total = Added()
        with self._unless_failed(), self._writing() as connection:
            old = handwritten.stored(connection, handwritten.live_key(connection, before))
            key = report_key(coding.report)
            batch = batching.sort_out(connection, [coding], revived=key != old.key)
            total.revision = newest(connection)
            if key == old.key or not (batch.new or batch.again):
                total.take(batch, 0, Settled())
                return total
            revision = total.revision = self._revision(connection, "revise", note)
            fresh, settled = self._take_place(connection, revision, old, batch, note, origin)
        total.take(batch, fresh, settled)
        return total

    def _take_place(
        self, connection: Connection, revision: int, old: handwritten.Stored, batch: Batch, note: str,
        origin: Origin | None,
    ) -> tuple[int, Settled]:  # fmt: skip
        """Write the new version of a report, and end the old one."""
        batch = readings.put_aside(connection, batch)
        heir = succeeding.Heir.of(connection, old, batch)
        heir.take(batch)
        gone = adding.retire(connection, revision, [old.coding_num])
        fresh, settled = self._put_in_force(connection, revision, batch, gone)
        num = handwritten.stored(connection, heir.key).num
        kept = [(n, batching.coder_of(one), one) for n, one in batch.beside]
        if heir.coding is not heir.made:
            kept.append((num, batch.coders.get(num) or batching.coder_of(heir.made), heir.made))
        readings.keep(connection, revision, kept)
        differ(connection, [old.num, num])
        row = {
            "uri": heir.coding.report.uri, "before": old.key, "after": heir.key, "at": self._now(), "by": self.by,
            "note": note, "diff": heir.diff, "revision": revision,
        }  # fmt: skip
        successions.succeed(connection, row)
        told = {**brought(heir.coding.report, origin), **coder_record(batch, heir.coding, num), "before": old.key}
        after = {"after": heir.key} | ({"accounts_lost": heir.lost} if heir.lost else {})
        entries = [Entry(old.key, "corrected at its source", after), Entry(heir.key, "new version", told)]
        known = access.access_of(connection)
        to = access.strictest([known.get(old.key), origin.access if origin is not None else None])
        if to is not None and heir.key not in known:
            self._set_access(connection, revision, [heir.key], to, entries)
        if to is not None and to != known.get(old.key):
            self._set_access(connection, revision, [old.key], to, entries)
        self._note(connection, entries)
        return fresh, settled

    def gone_from_source(self, report: str, note: str = "") -> int:
        """Record that a report (by key or URI) was withdrawn at its source. It stays in force until a person takes it
        out. Returns the revision. Raises NoSuchReport (DL-L013)."""
        return self._at_source(report, None, "withdrawn at its source", note)

    def back_at_source(self, report: str, note: str = "") -> int:
        """Record that a report which was gone from its source is there again. Returns the revision. Raises NoSuchReport
        (DL-L013)."""
        return self._at_source(report, "same", "back at its source", note)

    def _at_source(self, report: str, after: str | None, act: str, note: str) -> int:
        with self._writing() as connection:
            one = handwritten.stored(connection, handwritten.live_key(connection, report))
            revision = self._revision(connection, "source", note)
            row = {"uri": one.coding.report.uri, "before": one.key, "after": after and one.key, "at": self._now(),
                   "by": self.by, "note": note, "diff": None, "revision": revision}  # fmt: skip
            successions.succeed(connection, row)
            self._note(connection, [Entry(one.key, act, {"note": note} if note else {})])
            return revision
