"""Reports of events on which reports disagree, so that a model can be asked about them (`dateline coder settle`).

A coder sees one report. That two reports give two figures of one event can be seen only in a ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from dateline.ledger.access import access_of
from dateline.ledger.readings import label_of
from dateline.ledger.rows import chunks, coded, coding_of
from dateline.ledger.store import Store
from dateline.ledger.tables import accounts, codings, members, readings, reports, versions
from dateline.model import Report
from dateline.model.vocabulary import Status

#: The values of an event on which a disagreement is worth a question: the beginnings of their names.
_VALUES = ("when", "where", "counts.killed", "counts.wounded")
#: Statuses of which one report may say one and another report the other, though both are right.
_TOOK_PLACE: frozenset[Status] = frozenset(("occurred", "ongoing"))
_DID_NOT: frozenset[Status] = frozenset(("foiled", "attempted", "denied", "hypothetical"))
#: States of review in which a person has settled an event.
_SETTLED = ("accepted", "rejected")
#: Reports that are read at once.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Disagreeing:
    """An event on which its reports disagree: in which values, and its reports (by number)."""

    event: str
    values: tuple[str, ...]
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Reports to ask a model about, those of the most doubtful events first.

    `events`: how many events they tell of. `left`: how many more reports there are, for which the share does not
    suffice. `withheld`: how many are not asked about because not everybody may read them.
    """

    reports: tuple[Report, ...]
    events: int
    left: int
    withheld: int


def to_ask(
    store: Store, share: float, of: Literal["accounts", "questions"], part_chars: int, since: int | None = None
) -> ToAsk:
    """The reports of events on which reports disagree that no model has read yet.

    With them, models have read at most a `share` of the ledger's accounts (or questions, in parts of `part_chars`).
    With `since`, only of events that changed after that revision.
    """
    with store.reading() as connection:
        found = list(disagreeing(connection, since))
        costs, read = _costs(connection, of, part_chars), _read_by_model(connection)
        withheld = _withheld(connection)
        left = share * sum(costs.values()) - sum(costs.get(num, 0.0) for num in read)
        asked, late, out = dict[int, str](), set[int](), set[int]()
        for one in found:
            for num in one.reports:
                if num in read or num in asked:
                    continue
                if num in withheld:
                    out.add(num)
                elif costs[num] <= left:
                    left -= costs[num]
                    asked[num] = one.event
                else:
                    late.add(num)
        return ToAsk(tuple(_reports(connection, list(asked))), len(set(asked.values())), len(late), len(out))


def disagreeing(connection: Connection, since: int | None = None) -> Iterator[Disagreeing]:
    """The events on which their reports disagree and that no person has settled, the most doubtful first."""
    live = versions.c.ended.is_(None) & versions.c.review.not_in(_SETTLED)
    if since is not None:
        live &= versions.c.revision > since
    told = _told(connection, live)
    rows = connection.execute(select(versions.c.num, versions.c.event, versions.c.doubt, versions.c.body).where(live))
    ranked = []
    for row in rows:
        own = told.get(row.num, [])
        from_ = tuple(sorted({report for report, _ in own}))
        values = tuple(v for v in json.loads(row.body)["disagreements"] if v.startswith(_VALUES))
        if _status_differs({status for _, status in own}):
            values += ("status",)
        if values and len(from_) > 1:
            ranked.append((-row.doubt, row.event, Disagreeing(row.event, values, from_)))
    return (one for _, _, one in sorted(ranked, key=lambda row: row[:2]))


def _told(connection: Connection, live: Any) -> dict[int, list[tuple[int, str]]]:
    """Version of an event -> the report and status of each of its accounts; only of events with several accounts."""
    several = select(members.c.version).group_by(members.c.version).having(func.count() > 1)
    query = (
        select(members.c.version, accounts.c.report, accounts.c.status)
        .join_from(members, versions, versions.c.num == members.c.version)
        .join(accounts, accounts.c.num == members.c.account)
        .where(live, members.c.version.in_(several))
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for version, report, status in connection.execute(query.order_by(accounts.c.num)):
        found.setdefault(version, []).append((report, status))
    return found


def _status_differs(said: set[str]) -> bool:
    """Does one account say that it took place, and another that it did not?"""
    return bool(said & _TOOK_PLACE) and bool(said & _DID_NOT)


def _costs(connection: Connection, of: Literal["accounts", "questions"], part_chars: int) -> dict[int, float]:
    """Report -> what asking about it costs: the accounts of its coding in force, or its questions; at least 1."""
    query = (
        select(codings.c.report, func.length(reports.c.text), func.count(accounts.c.num))
        .join_from(codings, reports, reports.c.num == codings.c.report)
        .join(accounts, accounts.c.coding == codings.c.num, isouter=True)
        .where(codings.c.retired.is_(None))
        .group_by(codings.c.report, reports.c.text)
    )
    rows = connection.execute(query)
    return {num: max(1.0, held if of == "accounts" else chars / part_chars) for num, chars, held in rows}


def _read_by_model(connection: Connection) -> set[int]:
    """The reports that a language model has read, alone or in a cascade."""
    return {
        num
        for table in (codings, readings)
        for num, coder in connection.execute(select(table.c.report, table.c.coder).distinct())
        if ": " in label_of(coder)
    }


def _withheld(connection: Connection) -> set[int]:
    """The reports that not everybody may read: their words are sent to no server."""
    closed = sorted(key for key, one in access_of(connection).items() if one.level != "open")
    found: set[int] = set()
    for some in chunks(closed):
        found |= set(connection.execute(select(reports.c.num).where(reports.c.key.in_(some))).scalars())
    return found


def _reports(connection: Connection, nums: list[int]) -> Iterator[Report]:
    """Reports by number, in this order."""
    for some in chunks(nums, _BATCH):
        query = coded(codings.c.report).where(codings.c.report.in_(some), codings.c.retired.is_(None))
        rows = connection.execute(query).mappings()
        found = {row["report"]: coding_of(row, row["body"]).report for row in rows}
        yield from (found[num] for num in some)
