"""What holds for all events: the coder in force, the consolidation rules, the weights of linking."""

from __future__ import annotations

from dateline.ledger import handwritten, readings
from dateline.ledger.asking import weights_of
from dateline.ledger.batching import coder_record
from dateline.ledger.custody import Entry
from dateline.ledger.linker import relink
from dateline.ledger.rows import as_json, insert
from dateline.ledger.tables import coders as coders_table
from dateline.ledger.tables import rules as rules_table
from dateline.ledger.tables import weights as weights_table
from dateline.ledger.writing.base import Writing
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights


class WritingSettings(Writing):
    """Sets what all events are made by, and makes them again."""

    def set_coder(self, coder: str) -> int:
        """From now on make events from this coder's codings, where a report has one (`last`: from the coding that was
        added last). Judgements stay. Returns the revision. Raises NoReading (DL-M009)."""
        with self._unless_failed(), self._writing() as connection:
            readings.check_known(connection, coder)
            revision = self._revision(connection, "coder", coder)
            insert(connection, coders_table, [{"revision": revision, "coder": coder}])
            for batch in readings.to_put_in_force(connection, coder):
                self._put_in_force(connection, revision, handwritten.carried(connection, batch))
                self._note(
                    connection,
                    [Entry(row[2], "put in force", coder_record(batch, row[3], row[0])) for row in batch.again],
                )
            return revision

    def set_rules(self, rules: Rules) -> int:
        """Set the consolidation rules, and compute all events again. Returns the revision."""
        with self._writing() as connection:
            revision = self._revision(connection, "rules", "")
            insert(connection, rules_table, [{"revision": revision, "body": as_json(rules.model_dump())}])
            self._settle_all(connection, revision)
            return revision

    def set_weights(self, weights: Weights) -> int:
        """Set the weights of linking, and link everything again. Judgements stay. Returns the revision."""
        with self._unless_failed(), self._writing() as connection:
            revision = self._revision(connection, "weights", "")
            insert(connection, weights_table, [{"revision": revision, "body": as_json(weights.table)}])
            relink(connection, self._facts, weights)
            self._settle_all(connection, revision)
            return revision

    def link_anew(self) -> int:
        """Link everything again, for a ledger with events of an older version. Judgements stay. Returns how many events
        are new, changed or gone."""
        with self._unless_failed(), self._writing() as connection:
            revision = self._revision(connection, "upgrade", "")
            relink(connection, self._facts, weights_of(connection))
            return self._settle_all(connection, revision)
