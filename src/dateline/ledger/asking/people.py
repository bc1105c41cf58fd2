"""Questions about what people judged, and between which coders they must choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from dateline.ledger import history
from dateline.ledger.access import hidden_from, without_choices
from dateline.ledger.asking.base import Base
from dateline.ledger.asking.finding import event_of, keys_of
from dateline.ledger.differing import Waiting, differences_of, waiting
from dateline.ledger.digests import said_of
from dateline.ledger.readings import chosen_coder
from dateline.ledger.rows import chunks
from dateline.ledger.tables import judged, judgements
from dateline.ledger.views import View, all_views, mentions, views_on


class AskingPeople(Base):
    """What people said of events, and where coders of one report differ."""

    def chosen_coder(self, as_of: int | None = None) -> str:
        """The coder that events are made from, where a report has a coding of this coder; `last`: the coding that was
        added last."""
        with self._reading(as_of) as connection:
            return chosen_coder(connection, as_of)

    def waiting(self, limit: int = 100) -> tuple[int, list[Waiting]]:
        """Differences between coders of one report that nobody has settled: how many, and their reports, those of the
        most doubtful events first. Reports that the user may not read are left out."""
        with self.store.reading() as connection:
            return waiting(connection, limit, hidden_from(connection, self.right))

    def differences(self, event: str) -> list[Waiting]:
        """Differences between coders on an event's reports. Reports that the user may not read are left out. Raises
        NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            found, hidden = event_of(connection, event), hidden_from(connection, self.right)
            own = [account.key for account in found.event.accounts if account.report not in hidden]
            return differences_of(connection, own, found.event.id)

    def comments_on(self, accounts_told: Iterable[str], as_of: int | None = None) -> list[dict[str, Any]]:
        """Comments in force (at that revision) on accounts (by key), the oldest first: number, by, at, reason,
        account."""
        j = judgements.c
        query = (
            select(j.num, j.by, j.at, j.reason, judged.c.account)
            .join_from(judgements, judged, judged.c.judgement == j.num)
            .where(j.kind == "comment")
            .order_by(j.num, judged.c.account)
        )
        if as_of is None:
            query = query.where(j.withdrawn.is_(None))
        else:
            query = query.where(j.revision <= as_of, or_(j.withdrawn.is_(None), j.withdrawn > as_of))
        with self._reading(as_of) as connection:
            return [
                dict(row)
                for some in chunks(accounts_told)
                for row in connection.execute(query.where(judged.c.account.in_(some))).mappings()
            ]

    def judgements(self, event: str) -> list[dict[str, Any]]:
        """All judgements on an event's accounts, withdrawn ones too. Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            rows = history.judgements_of(connection, keys_of(event_of(connection, event, None)))
            return without_choices(connection, rows, hidden_from(connection, self.right))

    def views(self, event: str) -> list[View]:
        """Each person's view of an event (views.py). Raises NoSuchEvent (DL-L007)."""
        with self.store.reading() as connection:
            return views_on(connection, keys_of(event_of(connection, event)))

    def all_views(self) -> dict[str, list[View]]:
        """Event -> the views of people, for all events that somebody has judged."""
        with self.store.reading() as connection:
            return all_views(connection)

    def comments(self, mentioning: str) -> list[dict[str, Any]]:
        """Comments that mention somebody (@name), the newest first."""
        query = select(*said_of(judgements)).where(judgements.c.kind == "comment", judgements.c.withdrawn.is_(None))
        with self.store.reading() as connection:
            rows = connection.execute(query.order_by(judgements.c.num.desc())).mappings()
            return [dict(row) for row in rows if mentioning in mentions(row["reason"])]
