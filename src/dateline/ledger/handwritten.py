"""Accounts that a person wrote. They are part of a report's coding, and stay when the report is coded again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.language import Document
from dateline.ledger import choosing
from dateline.ledger.batching import Batch
from dateline.ledger.errors import BadJudgement, NoSuchReport
from dateline.ledger.judging import Ruling
from dateline.ledger.readings import label_of, readings_of, written_names
from dateline.ledger.reviewing import checked
from dateline.ledger.rows import chunks, coded, coding_of
from dateline.ledger.tables import accounts, codings, judged, judgements, members, reports, versions
from dateline.model import Account, Coding, Span
from dateline.model.errors import BadRecord
from dateline.model.record import as_record


@dataclass(frozen=True, slots=True)
class Stored:
    """A report's coding in force, with the numbers of report and coding, the report's key, and the coder."""

    num: int
    coding_num: int
    key: str
    coder: tuple[str, str]
    coding: Coding


def stored(connection: Connection, report: str) -> Stored:
    """The coding in force of a report, by its key. Raises NoSuchReport (DL-L013)."""
    query = coded(reports.c.num, reports.c.key, codings.c.coder, codings.c.version)
    query = query.where(reports.c.key == report, codings.c.retired.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NoSuchReport("There is no such report.", where=report)
    coder = (row["coder"], row["version"])
    return Stored(row["num"], row["coding"], row["key"], coder, coding_of(row, row["body"]))


def live_key(connection: Connection, report: str) -> str:
    """The key of the report in force, by its key or URI; of several with one URI the newest. Raises NoSuchReport
    (DL-L013)."""
    own = (reports.c.key == report) | (reports.c.uri == report)
    query = select(reports.c.key).join_from(reports, codings).where(own, codings.c.retired.is_(None))
    key: str | None = connection.execute(query.order_by(codings.c.num.desc()).limit(1)).scalar()
    if key is None:
        raise NoSuchReport("There is no such report, or it counts no more.", where=report)
    return key


def account_of(one: Stored, given: dict[str, Any], by: str) -> Account:
    """Make an account from the record that a person gave. Raises BadJudgement (DL-L009) where the record has a wrong
    form, or its words do not stand in the report."""
    text = one.coding.report.text
    try:
        trigger = Span(**given["trigger"])
        record = {
            **given,
            "id": _free(one.coding),
            "sentences": [{"start": s.start, "end": s.end} for s in _sentences(text, trigger)],
            "confidence": 1.0,
            "derivation": [f"written by {by}"],
        }
        [account] = Coding.from_record({**as_record(one.coding), "accounts": [record], "links": []}).accounts
    except (BadRecord, KeyError, TypeError, ValueError) as error:
        raise BadJudgement(f"The account does not have its form: {error}", where=one.coding.report.uri) from None
    if told := next((other.id for other in one.coding.accounts if other.trigger == account.trigger), None):
        raise BadJudgement(
            f"These very words tell of {told} already.",
            where=one.coding.report.uri,
            remedy="Correct the event that holds it; for another one mark other words, or more of them.",
        )
    _check(account, text)
    return account


def _free(coding: Coding) -> str:
    taken = {account.id for account in coding.accounts}
    return next(name for n in range(1, len(taken) + 2) if (name := f"a{n}") not in taken)


def _sentences(text: str, trigger: Span) -> list[Span]:
    """The sentences that hold the trigger."""
    if not 0 <= trigger.start < trigger.end <= len(text):
        raise BadJudgement(f"{trigger.start} to {trigger.end} lies outside the report.")
    spans = [one.span for one in Document.of(text).sentences]
    return [s for s in spans if s.overlaps(trigger)] or [trigger]


def _check(account: Account, text: str) -> None:
    """Check that the values are allowed in a correction, and that the words stand in the report."""
    checked("type", account.type)
    checked("status", account.status)
    checked("scope", account.scope)
    checked("method", list(account.method))
    if account.when is not None:
        checked("when", {"start": account.when.start, "end": account.when.end})
    for count in account.counts:
        bounds = {"low": count.low, "best": count.best, "high": count.high}
        checked(f"counts.{count.what}.{count.party or 'unknown'}", bounds)
    worded: list[tuple[Span | None, str | None]] = [(place.span, place.text) for place in account.where]
    worded += [(actor.span, actor.text) for actor in account.actors]
    worded += [(count.span, count.text) for count in account.counts]
    if account.when and account.when.span:
        worded.append((account.when.span, account.when.text))
    for span, words in worded:
        if not span or not 0 <= span.start < span.end <= len(text) or span.of(text) != words:
            raise BadJudgement(f"{words!r} does not stand at its place in the report.")


def with_account(one: Stored, account: Account) -> Stored:
    """The coding with this account added at its end."""
    return replace(one, coding=replace(one.coding, accounts=(*one.coding.accounts, account)))


def with_own(coding: Coding, own: Sequence[Account]) -> Coding:
    """The coding with accounts that a person wrote. They replace accounts with the same trigger."""
    triggers = {account.trigger for account in own}
    kept = tuple(account for account in coding.accounts if account.trigger not in triggers)
    ids = {account.id for account in kept}
    links = tuple(link for link in coding.links if {link.source, link.target} <= ids)
    found = replace(coding, accounts=kept, links=links)
    for account in own:
        found = replace(found, accounts=(*found.accounts, replace(account, id=_free(found))))
    return found


def without(connection: Connection, judgement: int) -> Stored | None:
    """The coding without the account that a judgement added; None where it added none, or the account has ended."""
    query = (
        select(reports.c.key, accounts.c.name)
        .select_from(judgements)
        .join(judged, judged.c.judgement == judgements.c.num)
        .join(accounts, (accounts.c.key == judged.c.account) & accounts.c.retired.is_(None))
        .join(reports, reports.c.num == accounts.c.report)
        .where(judgements.c.num == judgement, judgements.c.kind == "account")
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    one = stored(connection, row.key)
    kept = tuple(account for account in one.coding.accounts if account.id != row.name)
    links = tuple(link for link in one.coding.links if row.name not in (link.source, link.target))
    return replace(one, coding=replace(one.coding, accounts=kept, links=links))


def chosen(connection: Connection, ruling: Ruling) -> Stored | None:
    """The new coding of a report after a ruling that chooses between coders or withdraws a choice: as its coder made
    it, with people's accounts and all choices in force. None for any other ruling."""
    if ruling.kind != "choose" and not _withdraws_choice(connection, ruling):
        return None
    [[key]] = ruling.parts
    query = select(reports.c.key).join_from(reports, accounts, accounts.c.report == reports.c.num)
    report = connection.execute(query.where(accounts.c.key == key, accounts.c.retired.is_(None))).scalar()
    if report is None:
        return None
    one = stored(connection, report)
    names = select(accounts.c.name, accounts.c.key).where(accounts.c.coding == one.coding_num)
    keys = dict(connection.execute(names).all())
    made = readings_of(connection, [one.num])[one.num][label_of(one.coder[0])].coding
    own = written_names(connection, [one.coding_num], holding=True).get(one.coding_num, set())
    if own:
        made = with_own(made, [a for a in one.coding.accounts if a.id in own])
    return replace(one, coding=choosing.with_choices(made, keys, choosing.choices_on(connection, keys.values())))


def _withdraws_choice(connection: Connection, ruling: Ruling) -> bool:
    kind = select(judgements.c.kind).where(judgements.c.num == ruling.withdraws)
    return ruling.withdraws is not None and connection.execute(kind).scalar() == "choose"


def carried(connection: Connection, batch: Batch) -> Batch:
    """Put the accounts that people wrote, and their choices (choosing.py), into new codings of the same reports."""
    old = [coding for _, coding, _, _ in batch.again if coding is not None]
    written: dict[int, list[Account]] = {}
    for some in chunks(old):
        names = written_names(connection, some, holding=True)
        rows = connection.execute(coded().where(codings.c.num.in_(sorted(names)))).mappings()
        for row in rows:
            found = coding_of(row, row["body"]).accounts
            written[row["coding"]] = [account for account in found if account.id in names[row["coding"]]]
    made = {num: coding for num, _, _, coding in batch.again}
    batch.again = [
        (num, coding_num, key, with_own(coding, written[coding_num]) if coding_num in written else coding)
        for num, coding_num, key, coding in batch.again
    ]
    batch.again = choosing.carried(connection, batch.again)
    batch.changed = [(num, made[num]) for num, _, _, coding in batch.again if coding is not made[num]]
    return batch


def key_of(connection: Connection, report: int, name: str) -> str:
    """The key of an account in force, by its report (number) and its name."""
    query = select(accounts.c.key).where(
        accounts.c.report == report, accounts.c.name == name, accounts.c.retired.is_(None)
    )
    key: str = connection.execute(query).scalar_one()
    return key


def event_with(connection: Connection, key: str) -> str:
    """The id of the event in force that holds an account (by key)."""
    query = (
        select(versions.c.event)
        .join_from(members, versions)
        .join(accounts, accounts.c.num == members.c.account)
        .where(accounts.c.key == key, accounts.c.retired.is_(None), versions.c.ended.is_(None))
    )
    event: str = connection.execute(query).scalar_one()
    return event
