"""Codings of several coders of one report, side by side: which one events are made from, and what people change in it.

One coding of a report is in force (in `codings`, not retired): events are made from it. A coding of another coder is
kept in `readings`, or among the retired rows of `codings`. People's choices and accounts are put into the coding in
force. The coding as its coder made it is then among the retired ones, or in `readings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from dateline.ledger.batching import Batch, coder_of
from dateline.ledger.errors import NoReading
from dateline.ledger.rows import REPORT, body_of, chunks, coding_of, insert, next_number
from dateline.ledger.tables import accounts, coders, codings, judged, judgements, readings, reports, revisions
from dateline.model import Coding
from dateline.version import CODER

#: The name that stands for "the coding that was added last". It is in force where nobody chose a coder.
LAST = "last"
#: Kinds of revisions that write codings which are not as their coders made them.
_CHANGED = ("judge", "coder")
#: Reports that get another coding in one batch.
_BATCH = 100


def label_of(coder: str) -> str:
    """A coder's short name: `rules`, `model: NAME`, `cascade: NAME`; for any other coder its own name."""
    if coder == CODER:
        return "rules"
    return coder.removeprefix(f"{CODER} ")


def is_meant(label: str, chosen: str) -> bool:
    """Is this coder (short name) the chosen one? The choice may leave out the name of the model."""
    return chosen in (label, label.partition(": ")[0])


def chosen_coder(connection: Connection, as_of: int | None = None) -> str:
    """The coder that events are made from, where a report has a coding of this coder; `last`: the coding added last."""
    query = select(coders.c.coder).order_by(coders.c.revision.desc()).limit(1)
    if as_of is not None:
        query = query.where(coders.c.revision <= as_of)
    return connection.execute(query).scalar() or LAST


@dataclass(frozen=True, slots=True)
class Reading:
    """A coding of a report, as its coder made it."""

    coder: tuple[str, str]
    coding: Coding
    revision: int

    @property
    def label(self) -> str:
        """The coder's short name."""
        return label_of(self.coder[0])


def readings_of(connection: Connection, nums: Iterable[int]) -> dict[int, dict[str, Reading]]:
    """Report (by number) -> coder (by short name) -> its last reading. The coder that read the report first comes
    first."""
    found: dict[int, dict[str, Reading]] = {}
    for some in chunks(sorted(set(nums))):
        bare = {row["num"]: row for row in connection.execute(
            select(reports.c.num, *REPORT).where(reports.c.num.in_(some))).mappings()}  # fmt: skip
        for row in _rows(connection, some):
            coding = coding_of(bare[row["report"]], row["body"])
            if row["names"]:
                coding = without(coding, row["names"])
            one = Reading((row["coder"], row["version"]), coding, row["revision"])
            found.setdefault(row["report"], {})[one.label] = one
    return found


def _rows(connection: Connection, nums: list[int]) -> list[dict[str, Any]]:
    """The codings of reports as their coders made them, the oldest first; `names` are accounts in them that people
    wrote."""
    rows: list[tuple[tuple[int, int, int], dict[str, Any]]] = []
    columns = ("num", "report", "coder", "version", "body", "revision")
    made = select(*(codings.c[name] for name in columns)).join(revisions, revisions.c.number == codings.c.revision)
    own = connection.execute(made.where(codings.c.report.in_(nums), revisions.c.kind.not_in(_CHANGED))).mappings().all()
    names = written_names(connection, [row["num"] for row in own])
    rows += [((r["revision"], 0, r["num"]), {**r, "names": names.get(r["num"])}) for r in own]
    beside = select(*(readings.c[name] for name in columns)).where(readings.c.report.in_(nums))
    rows += [((r["revision"], 1, r["num"]), {**r, "names": None}) for r in connection.execute(beside).mappings()]
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def written_names(connection: Connection, nums: Sequence[int], holding: bool = False) -> dict[int, set[str]]:
    """Coding -> the names of its accounts that a person wrote. `holding`: only accounts that were not withdrawn."""
    found: dict[int, set[str]] = {}
    for some in chunks(nums):
        query = (
            select(accounts.c.coding, accounts.c.name)
            .join_from(accounts, judged, judged.c.account == accounts.c.key)
            .join(judgements, judgements.c.num == judged.c.judgement)
            .where(accounts.c.coding.in_(some), judgements.c.kind == "account")
        )
        if holding:
            query = query.where(judgements.c.withdrawn.is_(None))
        for coding, name in connection.execute(query):
            found.setdefault(coding, set()).add(name)
    return found


def without(coding: Coding, names: set[str]) -> Coding:
    """The coding without accounts of these names, and without their links."""
    kept = tuple(account for account in coding.accounts if account.id not in names)
    links = tuple(link for link in coding.links if not names & {link.source, link.target})
    return replace(coding, accounts=kept, links=links)


def reading_by(found: Mapping[str, Reading], chosen: str) -> Reading | None:
    """The last reading of the chosen coder; None where it has none, or where no coder was chosen."""
    own = [one for label, one in found.items() if is_meant(label, chosen)]
    return max(own, key=lambda one: one.revision, default=None)


def put_aside(connection: Connection, batch: Batch) -> Batch:
    """Split a batch: if a report's coding in force is the chosen coder's, codings of other coders are kept beside it.
    If no coding is in force (an older version of a story is back), the chosen coder's last reading is put in force."""
    chosen = chosen_coder(connection)
    if chosen == LAST or not batch.again:
        return batch
    force = _in_force(connection, [num for num, _, _, _ in batch.again])
    again = batch.again
    batch.again = []
    for num, coding_num, key, coding in again:
        label = label_of(coder_of(coding)[0])
        if is_meant(label, chosen) or (num in force and not is_meant(label_of(force[num]), chosen)):
            batch.again.append((num, coding_num, key, coding))
            continue
        read = readings_of(connection, [num]).get(num, {})
        own = reading_by(read, chosen)
        if num not in force:
            batch.again.append((num, coding_num, key, coding if own is None else own.coding))
            if own is None:
                continue
            batch.coders[num] = own.coder
        if label not in read or read[label].coder != coder_of(coding):
            batch.beside.append((num, coding))
        elif num in force:
            batch.known += 1
    return batch


def _in_force(connection: Connection, nums: Sequence[int]) -> dict[int, str]:
    """Report -> the coder of its coding in force."""
    found: dict[int, str] = {}
    for some in chunks(nums):
        query = select(codings.c.report, codings.c.coder).where(codings.c.report.in_(some), codings.c.retired.is_(None))
        found |= dict(connection.execute(query).all())
    return found


def keep(connection: Connection, revision: int, rows: Iterable[tuple[int, tuple[str, str], Coding]]) -> None:
    """Write rows of `readings`: (number of the report, (coder, version), coding)."""
    first = next_number(connection, readings)
    told = [
        {"num": num, "report": report, "coder": coder[0], "version": coder[1], "body": body_of(coding),
         "revision": revision}
        for num, (report, coder, coding) in enumerate(rows, first)
    ]  # fmt: skip
    insert(connection, readings, told)


def to_put_in_force(connection: Connection, chosen: str) -> Iterator[Batch]:
    """Batches of reports with a coding of another coder in force, if the chosen coder has read them, too: each report
    with the chosen coder's last reading."""
    if chosen == LAST:
        return
    live = select(codings.c.report, codings.c.num, codings.c.coder, reports.c.key).join_from(codings, reports)
    rows = connection.execute(live.where(codings.c.retired.is_(None)).order_by(codings.c.num)).all()
    others = [row for row in rows if not is_meant(label_of(row.coder), chosen)]
    for some in chunks(others, _BATCH):
        found = readings_of(connection, [row.report for row in some])
        batch = Batch()
        for row in some:
            one = reading_by(found.get(row.report, {}), chosen)
            if one is not None:
                batch.again.append((row.report, row.num, row.key, one.coding))
                batch.coders[row.report] = one.coder
        if batch.again:
            yield batch


def check_known(connection: Connection, chosen: str) -> None:
    """Check that the coder has read a report of the ledger; raises NoReading (DL-M009) otherwise."""
    names = {
        label_of(c) for t in (codings, readings) for c in connection.execute(select(t.c.coder).distinct()).scalars()
    }
    if chosen != LAST and not any(is_meant(name, chosen) for name in names):
        known = ", ".join(sorted(names)) or "none"
        raise NoReading(f"No report of this ledger was read by '{chosen}'; by: {known}.")
