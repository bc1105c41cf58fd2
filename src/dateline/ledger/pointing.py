"""Words of a report that somebody points at, as evidence for a correction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from dateline.ledger.errors import BadJudgement
from dateline.ledger.queries import Found
from dateline.ledger.tables import reports
from dateline.model.event import Pointed


def place_of(connection: Connection, found: Found, at: Pointed) -> dict[str, Any]:
    """The place of the words, as a judgement stores it. The words themselves are not stored, because a report can be
    purged. Raises BadJudgement (DL-L009) where no report of the event has them."""
    if at.report not in {account.report for account in found.event.accounts}:
        raise BadJudgement("These words are of a report that does not tell of the event.", where=at.report)
    length: int = connection.execute(select(func.length(reports.c.text)).where(reports.c.key == at.report)).scalar_one()
    if not 0 <= at.start < at.end <= length:
        raise BadJudgement(f"{at.start} to {at.end} lies outside the report.", where=at.report)
    return {"report": at.report, "start": at.start, "end": at.end}
