"""Differences between coders of one report, side by side: each coder's value of a field of an event, with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, union

from dateline.coders.comparing import pairs_of
from dateline.ledger.choosing import FIELDS, TOLD, choices_on, value_of
from dateline.ledger.errors import BadJudgement, NoReading
from dateline.ledger.readings import Reading, label_of, readings_of
from dateline.ledger.rows import chunks, coded, coding_of, insert
from dateline.ledger.tables import accounts, codings, differing, members, readings, reports, versions
from dateline.ledger.telling import in_words
from dateline.model import Account, Coding
from dateline.model.record import as_record

#: States of review in which a person has settled an event as a whole, so its differences no longer wait.
_SETTLED = ("accepted", "rejected")
#: Reports whose codings are compared at once.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One coder's value: in words (`said`), and as in its record (None where the coder does not have the event)."""

    coder: str
    said: str
    value: Any
    #: The account in this coder's coding, by name; None where there is none.
    account: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one event on which coders differ. The coder in force comes first in `said`."""

    #: The account of the coding in force, by key; None where it has none.
    account: str | None
    field: str
    #: The sentence that tells of the event; `start` and `end` are its place in the text (characters).
    words: str
    start: int
    end: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report on which coders differ, with the event that holds its accounts. The event is None for accounts that only
    another coder has: they are in no event."""

    event: str | None
    report: str
    uri: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Force:
    """The coding of a report that is in force, and the keys of its accounts by name."""

    num: int
    key: str
    uri: str
    label: str
    coding: Coding
    keys: dict[str, str]


def differ(connection: Connection, nums: Iterable[int]) -> None:
    """Compute again where the coders of these reports (by number) differ, and store it."""
    for some in chunks(sorted(set(nums)), _BATCH):
        connection.execute(differing.delete().where(differing.c.report.in_(some)))
        insert(connection, differing, list(rows_of(connection, some)))


def differ_all(connection: Connection) -> None:
    """Do what `differ` does, for all reports that several coders have read."""
    connection.execute(differing.delete())
    differ(connection, several(connection))


def several(connection: Connection) -> list[int]:
    """The reports that several coders have read, by number."""
    both = union(*(select(t.c.report, t.c.coder) for t in (codings, readings))).subquery()
    query = select(both.c.report).group_by(both.c.report).having(func.count() > 1)
    return list(connection.execute(query.order_by(both.c.report)).scalars())


def rows_of(connection: Connection, nums: list[int]) -> Iterator[dict[str, Any]]:
    """The rows of the table `differing` for reports (by number)."""
    for one, found in _differences(connection, nums):
        for place, told in enumerate(found):
            row = {"report": one.num, "place": place, "account": told.account, "field": told.field}
            yield row | {"coder": told.said[1].coder}


def waiting(connection: Connection, limit: int, hidden: frozenset[str] = frozenset()) -> tuple[int, list[Waiting]]:
    """How many differences wait to be settled; and their reports, those of the most doubtful events first. Differences
    of `hidden` reports (by key) do not count."""
    rows = connection.execute(
        select(differing.c.report, differing.c.account, versions.c.event, versions.c.doubt, versions.c.review)
        .join_from(
            differing, accounts, (accounts.c.key == differing.c.account) & accounts.c.retired.is_(None), isouter=True
        )
        .join(members, members.c.account == accounts.c.num, isouter=True)
        .join(versions, versions.c.num == members.c.version, isouter=True)
        .where((versions.c.num.is_(None)) | versions.c.ended.is_(None))
    ).all()
    out = set(connection.execute(select(reports.c.num).where(reports.c.key.in_(hidden))).scalars()) if hidden else set()
    open_ = [row for row in rows if row.review not in _SETTLED and row.report not in out]
    ranked: dict[tuple[int, str | None], tuple[float, list[Any]]] = {}
    for row in open_:
        ranked.setdefault((row.report, row.event), (row.doubt or 0.0, []))[1].append(row)
    order = sorted(ranked, key=lambda one: (one[1] is None, -ranked[one][0], one[0], one[1] or ""))[:limit]
    found = {one.num: (one, told) for one, told in _differences(connection, sorted({r for r, _ in order}))}
    return len(open_), [_waiting(*found[report], event, ranked[report, event][1]) for report, event in order]


def _waiting(one: _Force, found: Sequence[Difference], event: str | None, rows: Iterable[Any]) -> Waiting:
    own = {row.account for row in rows}
    return Waiting(event, one.key, one.uri, tuple(d for d in found if d.account in own))


def differences_of(connection: Connection, keys: Iterable[str], event: str) -> list[Waiting]:
    """Differences between coders on the accounts (by key) of an event, and on accounts of its reports that only another
    coder has."""
    held = set(keys)
    nums: set[int] = set()
    for some in chunks(sorted(held)):
        nums |= set(connection.execute(select(accounts.c.report).where(accounts.c.key.in_(some))).scalars())
    here = select(differing.c.report).where(differing.c.report.in_(sorted(nums))).distinct()
    found = []
    for one, told in _differences(connection, list(connection.execute(here).scalars())):
        own = tuple(d for d in told if d.account is None or d.account in held)
        if own:
            found.append(Waiting(event, one.key, one.uri, own))
    return found


def said_by(connection: Connection, report: int, account: str | None, coder: str, told: str) -> dict[str, Any] | None:
    """The record of a coder's account; None where the coder has none.

    With `account` (the key of one in the coding in force) it is the coder's account of the same event. Without, it is
    the coder's account with the name `told`. Raises NoReading (DL-M009), BadJudgement (DL-L009) where there is no such
    account.
    """
    [one] = _in_force(connection, [report])
    others = readings_of(connection, [report])[report]
    if coder != one.label and coder not in others:
        known = ", ".join(sorted({one.label, *others}))
        raise NoReading(f"'{coder}' has not read this report; {known} did.", where=one.uri)
    coding = others[coder].coding if coder in others else one.coding
    rows: dict[str, dict[str, Any]] = {row["id"]: row for row in as_record(coding)["accounts"]}
    if account is None:
        return rows.get(told)
    name = next((name for name, key in one.keys.items() if key == account), None)
    if name is None:
        raise BadJudgement("The coding in force has no such account.", where=account)
    if coder == one.label:  # As the coder made it, without later choices; an account of a person as it is in force.
        return rows.get(name) or next(row for row in as_record(one.coding)["accounts"] if row["id"] == name)
    paired = {a.id: b.id for a, b in pairs_of(one.coding.accounts, coding.accounts)}
    return rows[paired[name]] if name in paired else None


# ---------------------------------------------------------------- two codings of a report


def _differences(connection: Connection, nums: list[int]) -> Iterator[tuple[_Force, list[Difference]]]:
    others = readings_of(connection, nums)
    for one in _in_force(connection, nums):
        beside = {label: found for label, found in others.get(one.num, {}).items() if label != one.label}
        if beside:
            settled = {(c.key, c.field) for c in choices_on(connection, one.keys.values())}
            yield one, [d for d in _of_report(one, beside) if (d.account, d.field) not in settled]


def _in_force(connection: Connection, nums: Iterable[int]) -> Iterator[_Force]:
    for some in chunks(sorted(set(nums)), _BATCH):
        query = coded(codings.c.report, codings.c.coder, reports.c.key)
        query = query.where(codings.c.report.in_(some), codings.c.retired.is_(None)).order_by(codings.c.report)
        for row in connection.execute(query).mappings().all():
            names = select(accounts.c.name, accounts.c.key).where(accounts.c.coding == row["coding"])
            keys = dict(connection.execute(names).all())
            coding = coding_of(row, row["body"])
            yield _Force(row["report"], row["key"], row["uri"], label_of(row["coder"]), coding, keys)


def _of_report(one: _Force, others: Mapping[str, Reading]) -> Iterator[Difference]:
    """The differences on a report, field by field. If several other coders differ on a field, one difference has
    all."""
    mine = {a.id: (a, row) for a, row in zip(one.coding.accounts, as_record(one.coding)["accounts"], strict=True)}
    theirs: dict[str, dict[str, tuple[Account, dict[str, Any]] | None]] = {}
    missed: list[tuple[str, Account, dict[str, Any]]] = []
    for label, reading in others.items():
        rows = {row["id"]: row for row in as_record(reading.coding)["accounts"]}
        paired = {a.id: b for a, b in pairs_of(one.coding.accounts, reading.coding.accounts)}
        theirs[label] = {name: (b, rows[b.id]) if (b := paired.get(name)) else None for name in mine}
        taken = {b.id for b in paired.values()}
        missed += [(label, a, rows[a.id]) for a in reading.coding.accounts if a.id not in taken]
    text = one.coding.report.text
    for name, (account, row) in mine.items():
        yield from _of_account(one, text, account, row, {label: found[name] for label, found in theirs.items()})
    for label, account, row in missed:
        said = (Said(one.label, "nothing", None, None), Said(label, in_words(TOLD, row), row, account.id))
        yield Difference(None, TOLD, *_sentence(text, account), said)


def _of_account(
    one: _Force, text: str, account: Account, row: dict[str, Any], others: Mapping[str, Any]
) -> Iterator[Difference]:
    told = {label: found for label, found in others.items() if found is not None}
    key = one.keys[account.id]
    if len(told) < len(others):
        said = [Said(one.label, in_words(TOLD, row), True, account.id)]
        said += [Said(label, "nothing", None, None) for label in others if label not in told]
        yield Difference(key, TOLD, *_sentence(text, account), tuple(said))
    figures = sorted({c["what"] for r in (row, *(found[1] for found in told.values())) for c in r["counts"]})
    for field in (*FIELDS, *(f"counts.{what}" for what in figures)):
        own = value_of(row, field)
        differing_ = [
            (label, other, value)
            for label, (other, theirs) in told.items()
            if _compared(field, value := value_of(theirs, field)) != _compared(field, own)
        ]
        if differing_:
            said = [Said(one.label, in_words(field, own), own, account.id)]
            said += [Said(label, in_words(field, value), value, other.id) for label, other, value in differing_]
            yield Difference(key, field, *_sentence(text, account), tuple(said))


def _sentence(text: str, account: Account) -> tuple[str, int, int]:
    """The sentence that tells of an account, with its place in the report."""
    span = next((s for s in account.sentences if s.overlaps(account.trigger)), account.trigger)
    return " ".join(span.of(text).split()), span.start, span.end


def _compared(field: str, value: Any) -> Any:
    """The part of a value that is compared between coders."""
    if field == "type":
        return value["type"]
    if field == "when":
        return value and (value["start"], value["end"])
    if field == "where":
        return {(p["country"], p["gazetteer_id"] or p["text"].casefold()) for p in value}
    if field == "agents":
        return {a["id"] or a["name"].casefold() for a in value}
    if field.startswith("counts."):
        return {(c["low"], c["best"], c["high"], c["party"]) for c in value}
    return value
