"""All questions to a ledger, and those about the ledger itself: how much it holds, its revisions, rules and weights."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from dateline.ledger.asking.events import AskingEvents
from dateline.ledger.asking.fates import AskingFates
from dateline.ledger.asking.in_force import rules_of, weights_of
from dateline.ledger.asking.people import AskingPeople
from dateline.ledger.digests import said_of
from dateline.ledger.facts import Facts
from dateline.ledger.refitting import Refitted, refit
from dateline.ledger.store import newest
from dateline.ledger.tables import (
    accounts,
    codings,
    revisions,
    versions,
)
from dateline.linking.rules import Rules
from dateline.linking.weights import Weights


class Asking(AskingEvents, AskingFates, AskingPeople):
    """All questions to a ledger. Each question sees one consistent state of it."""

    def info(self) -> dict[str, Any]:
        """Where the ledger is, its newest revision, and how much it holds."""
        with self.store.reading() as connection:
            live = {
                "reports": select(func.count()).select_from(codings).where(codings.c.retired.is_(None)),
                "accounts": select(func.count()).select_from(accounts).where(accounts.c.retired.is_(None)),
                "events": select(func.count()).select_from(versions).where(versions.c.ended.is_(None)),
            }
            numbers = {name: connection.execute(query).scalar_one() for name, query in live.items()}
            return {"ledger": self.store.name, "revision": newest(connection), **numbers}

    def revisions(self, start: int | None = None, limit: int = 50) -> list[dict[str, Any]]:
        """Revisions, the newest first: number, time, kind, by whom, note. With `start`, from this number downwards."""
        query = select(*said_of(revisions)).order_by(revisions.c.number.desc()).limit(limit)
        if start is not None:
            query = query.where(revisions.c.number <= start)
        with self.store.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def rules(self, as_of: int | None = None) -> Rules:
        """The consolidation rules in force (at that revision)."""
        with self._reading(as_of) as connection:
            return rules_of(connection, as_of)

    def weights(self) -> Weights:
        """The weights of linking in force."""
        with self.store.reading() as connection:
            return weights_of(connection)

    def refitted(self) -> Refitted:
        """Weights of linking fitted to the judgements; they are not put in force. Raises TooFewJudgements (DL-L015)."""
        with self.store.reading() as connection:
            return refit(connection, Facts(), weights_of(connection))
