"""Damage of a ledger: ends of rows that contradict other rows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from dateline.ledger.damage import Problem
from dateline.ledger.missing import is_purged
from dateline.ledger.tables import accounts, codings, judgements, members, redirects, versions

_ENDS = (codings.c.retired, accounts.c.retired, versions.c.ended, redirects.c.ended, judgements.c.withdrawn)


def wrong_ends(connection: Connection) -> Iterator[Problem]:
    """Problems where the end of a row contradicts other rows: ends of codings, accounts, judgements, versions and
    redirects."""
    for end in _ENDS:
        table = end.table
        for num in connection.execute(select(table.c.num).where(end <= table.c.revision)).scalars():
            yield Problem(f"{table.name}, row {num}", "ends before it begins")
    ends = func.coalesce(accounts.c.retired, 0) != func.coalesce(codings.c.retired, 0)
    for key in connection.execute(select(accounts.c.key).join_from(accounts, codings).where(ends)).scalars():
        yield Problem(f"account {key}", "ends at another revision than what was read with it")
    yield from _withdrawn(connection)
    yield from _led_on(connection)
    yield from _lives(connection)


def _led_on(connection: Connection) -> Iterator[Problem]:
    back = select(versions.c.num).where(versions.c.event == redirects.c.event, versions.c.revision == redirects.c.ended)
    lost = select(redirects).where(redirects.c.ended.is_not(None), ~back.exists())
    # After a purge no such problem is reported: the version that came back may have been deleted with the report.
    for row in () if is_purged(connection) else connection.execute(lost).mappings():
        yield Problem(
            f"event {row['event']}", f"led to {row['into']} until revision {row['ended']}, and nothing came back"
        )
    now = select(redirects.c.event).where(redirects.c.ended.is_(None)).group_by(redirects.c.event)
    for event in connection.execute(now.having(func.count() > 1)).scalars():
        yield Problem(f"event {event}", "leads to two others at once")


def _withdrawn(connection: Connection) -> Iterator[Problem]:
    by = judgements.alias("by")
    pairs = select(judgements.c.num, judgements.c.withdrawn, by.c.revision).join_from(
        judgements, by, by.c.withdraws == judgements.c.num, isouter=True
    )
    wrong = func.coalesce(judgements.c.withdrawn, 0) != func.coalesce(by.c.revision, 0)
    for num, withdrawn, revision in connection.execute(pairs.where(wrong)):
        said = f"says that it was withdrawn in revision {withdrawn}" if withdrawn else "is not withdrawn"
        told = f"revision {revision} withdraws it" if revision else "no judgement does so"
        yield Problem(f"judgement {num}", f"{said}, and {told}")


def _lives(connection: Connection) -> Iterator[Problem]:
    """Problems where an account is not in exactly one event at each revision from its first to its last."""
    purged = is_purged(connection)
    lives = {
        num: (key, begins, ends)
        for num, key, begins, ends in connection.execute(
            select(accounts.c.num, accounts.c.key, accounts.c.revision, accounts.c.retired)
        )
    }
    query = select(members.c.account, versions.c.revision, versions.c.ended).join_from(members, versions)
    reached: dict[int, int | None] = {num: begins for num, (_, begins, _) in lives.items()}
    told: set[int] = set()
    for account, begins, ends in connection.execute(query.order_by(members.c.account, versions.c.revision)):
        at = reached.get(account)
        reached[account] = ends
        if account in lives and account not in told and (at is None or begins < at or (begins > at and not purged)):
            told.add(account)
            when = "all of its life" if at is None else f"revisions {min(at, begins)} to {max(at, begins)}"
            yield Problem(f"account {lives[account][0]}", f"is in two events, or in none, in {when}")
    for num, end in reached.items():
        key, _, ends = lives[num]
        # The last versions with the account may have been deleted because they quoted a purged report.
        cut_short = purged and end is not None and ends is not None and end < ends
        if end != ends and num not in told and not cut_short:
            yield Problem(f"account {key}", "is in an event for longer, or not for as long, as it was there")
