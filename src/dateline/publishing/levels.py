"""Reading an edition from the ledger: events, the accounts of each, and each claim of an account, as rows.

Names and places are left out or made coarser here, for all levels alike, so that no way out can forget it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.ledger import Ledger
from dateline.model import Coding
from dateline.model.batches import batches
from dateline.model.record import as_record
from dateline.publishing import coarsening, names
from dateline.publishing.coarsening import Measure
from dateline.publishing.columns import Column, Record, Value, cells, chosen, joined
from dateline.publishing.edition import Edition
from dateline.publishing.names import Names
from dateline.publishing.paths import shared_folder, without_folder

#: Events whose reports and comments are read at once.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, what JSON lines write of it, and its places."""

    cells: list[Value]
    record: Record
    where: list[Record]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns (whether they were chosen), and its rows, made as they are asked for."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Report:
    """A report with all that its accounts share."""

    record: Record
    text: str
    coder: str
    names: Names

    def account(self, name: str) -> Record | None:
        """The record of one of its accounts."""
        return next((a for a in self.record["accounts"] if a["id"] == name), None)


#: What gives the codings of reports by their keys, and who coded each; without those whose words may not be read.
Codings = Callable[[Iterable[str]], Mapping[str, tuple[Coding, str]]]
#: An account that an event names, its report, and the record of the account.
_Told = tuple[Record, _Report, Record]


class Told:
    """What an edition holds: each table's rows, read anew whenever they are asked for."""

    def __init__(
        self,
        edition: Edition,
        events: Callable[[], Iterable[Record]],
        codings: Codings,
        comments: Callable[[Iterable[str]], list[dict[str, Any]]],
    ) -> None:
        #: The keys of the reports of all events of a ledger that were told so far: nobody need read the events again.
        self.reports: set[str] = set()
        self._edition = edition
        self._events = events
        self._comments = comments
        self._codings = codings

    @staticmethod
    def of(ledger: Ledger, edition: Edition, revision: int) -> Told:
        """An edition of a ledger at a revision, with reports named as others may see them."""
        folder = shared_folder(ledger.files(revision))

        def events() -> Iterator[Record]:
            for event in ledger.all_events(edition.query, revision):
                told.reports.update(account["report"] for account in event["accounts"])
                yield without_folder(event, folder)

        told = Told(
            edition,
            events,
            lambda keys: ledger.coded_all(keys, revision),
            lambda keys: ledger.comments_on(keys, revision),
        )
        return told

    def events(self) -> Iterator[Record]:
        """The events as they are published."""
        for event, _ in self._measured():
            yield event

    def table(self, name: str) -> Table:
        """A table of events, accounts or claims by its name, with the edition's columns."""
        own = self._edition.columns if name == f"{self._edition.level}s" else ()
        columns = chosen(own, name)
        rows = {"events": self._event_rows, "accounts": self._account_rows, "claims": self._claim_rows}[name]
        return Table(name, columns, lambda: rows(columns), bool(own))

    def _measured(self) -> Iterator[tuple[Record, Measure]]:
        rules, policy = self._edition.coarsening, self._edition.names
        for event in self._events():
            how = coarsening.measure(event, rules)
            event = names.published(event, policy)
            yield coarsening.applied(event, how) if how else event, how

    def _event_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for event, _ in self._measured():
            yield Row(cells(event, columns), event, event["where"])

    def _account_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for event, how, accounts in self._coded():
            for key, report, account in accounts:
                made = _account_cells(event, key, report, _as_event(event, account, report, how))
                yield _row(made | {"words": _said(report, account["trigger"], how, account)}, columns, made["where"])

    def _claim_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for some in batches(self._coded(), _AT_ONCE):
            told = self._comments(row["key"] for event, _, _ in some for row in event["accounts"])
            for event, how, accounts in some:
                for key, report, account in accounts:
                    said = [f"{c['by']}: {report.names.words(c['reason'])}" for c in told if c["account"] == key["key"]]
                    yield from _claims(event, key, report, account, how, said, columns)

    def _coded(self) -> Iterator[tuple[Record, Measure, list[_Told]]]:
        """The events with their accounts. The reports of some events are read at once; those that the next ones name,
        too, are kept."""
        kept: dict[str, _Report] = {}
        for some in batches(self._measured(), _AT_ONCE):
            keys = dict.fromkeys(account["report"] for event, _ in some for account in event["accounts"])
            kept = {key: kept[key] for key in keys if key in kept}
            if new := [key for key in keys if key not in kept]:
                found = self._codings(new)
                kept |= {key: _report(*one, self._edition.names) for key, one in found.items()}
            yield from ((event, how, list(_accounts(event, kept))) for event, how in some)


def _accounts(event: Record, reports: Mapping[str, _Report]) -> Iterator[_Told]:
    for key in event["accounts"]:
        report = reports.get(key["report"])
        if report is None:  # It counts in its event, and its words are nobody's to read here.
            continue
        account = report.account(key["account_id"])
        if account is not None:
            yield key, report, account


def _report(coding: Coding, coder: str, policy: names.Policy) -> _Report:
    record = as_record(coding)
    places = [p for a in record["accounts"] for p in a["where"]]
    entities = record["entities"]
    places += [{"name": e["name"]} for e in entities if e["kind"] in ("place", "organisation", "nationality")]
    people = [e["name"] for e in entities if e["kind"] == "person"]
    return _Report(record, coding.report.text, coder, names.of_report(places, people, coding.report.text, policy))


def _row(made: Record, columns: tuple[Column, ...], where: list[Record]) -> Row:
    told = [made[column.name] for column in columns]
    return Row(told, {c.name: cell for c, cell in zip(columns, told, strict=True)}, where)


# ---------------------------------------------------------------- accounts


def _as_event(event: Record, account: Record, report: _Report, how: Measure) -> Record:
    """An account in the form of an event, as it is published."""
    hide = report.names
    actors = [{**a, "worded": [a["text"]]} for a in account["actors"]]
    made = {
        **account, "id": event["id"],
        "where": [{**p, "name": p["name"] or p["text"]} for p in account["where"]],
        "counts": [{**c, "figures": []} for c in account["counts"]],
        "actors": [names.actor(a, hide) for a in actors] if hide.policy != "all" else actors,
        "said_by": [{**s, "name": hide.words(s["name"])} for s in account["said_by"]],
    }  # fmt: skip
    return coarsening.applied(made, how) if how else made


def _account_cells(event: Record, key: Record, report: _Report, account: Record) -> dict[str, Any]:
    when, first = account["when"], account["where"][0] if account["where"] else {}
    role = {r: joined(a["name"] for a in account["actors"] if a["role"] == r) for r in ("agent", "target", "victim")}
    return {
        "account_key": key["key"], "event_id": event["id"], "report_key": key["report"],
        "report_uri": key["report_uri"], "type": account["type"], "method": joined(account["method"]),
        "status": account["status"], "scope": account["scope"],
        "start": when and when["start"], "end": when and when["end"], "date_precision": when and when["precision"],
        "date_basis": when and when["basis"], "place": first.get("name"), "admin1": first.get("admin1"),
        "country": first.get("country"), "lat": first.get("lat"), "lon": first.get("lon"),
        "place_precision": first.get("precision"), "other_places": joined(p["name"] for p in account["where"][1:]),
        "agents": role["agent"], "targets": role["target"], "victims": role["victim"],
        "actor_ids": joined(dict.fromkeys(a["id"] for a in account["actors"] if a["id"])),
        "counts": joined(f"{c['what']} {c['party'] or 'unknown'} {bounds(c)}" for c in account["counts"]),
        "said_by": joined(s["name"] for s in account["said_by"]), "confidence": account["confidence"],
        "coder": report.coder, "where": account["where"],
    }  # fmt: skip


def bounds(count: Record) -> str:
    """A figure's bounds in one cell: "12/12/14", "?" where one is open."""
    return "/".join("?" if count[key] is None else str(count[key]) for key in ("low", "best", "high"))


def _said(report: _Report, span: dict[str, int] | None, how: Measure, account: Record) -> str | None:
    """The words of a span, on one line, as they are published."""
    if span is None:
        return None
    words = " ".join(report.text[span["start"] : span["end"]].split())
    return coarsening.hiding(account, how)(report.names.words(words)) or None


# ---------------------------------------------------------------- claims


def _claims(
    event: Record, key: Record, report: _Report, account: Record, how: Measure, comments: list[str],
    columns: tuple[Column, ...],
) -> Iterator[Row]:  # fmt: skip
    public = _as_event(event, account, report, how)
    speakers = joined(s["name"] for s in public["said_by"])
    unplaced = coarsening.hiding(account, how)

    def hide(words: str) -> str:
        return unplaced(report.names.words(words))

    for number, (field, value, detail, span, speaker) in enumerate(_values(account, public, how), 1):
        at = {} if span is None or _tells(field, how) else span
        made = {
            "account_key": key["key"], "number": number, "event_id": event["id"], "report_key": key["report"],
            "report_uri": key["report_uri"], "field": field, "value": value, "detail": detail,
            "words": _said(report, at, how, account) if at else None, "first": at.get("start"), "last": at.get("end"),
            "speaker": hide(speaker) if speaker else speakers, "coder": report.coder,
            "confidence": account["confidence"], "judgement": _judged(event, field), "comments": joined(comments),
        }  # fmt: skip
        yield _row(made, columns, public["where"])


def _tells(field: str, how: Measure) -> bool:
    """Would the words of a claim tell what was made coarser?"""
    return (field == "where" and how.place is not None) or (field == "when" and how.days is not None)


def _values(
    account: Record, public: Record, how: Measure
) -> Iterator[tuple[str, str, str | None, dict[str, int] | None, str | None]]:
    """Field, value, detail, span and speaker of each claim of an account."""
    trigger = account["trigger"]
    for field in ("type", "status", "scope"):
        yield field, public[field], None, trigger, None
    for method in public["method"]:
        yield "method", method, None, trigger, None
    if when := public["when"]:
        yield "when", f"{when['start']}/{when['end']}", when["precision"], when["span"], None
    for place in public["where"]:
        yield "where", place["name"], place["precision"], None if how.place else place["span"], None
    for actor in public["actors"]:
        yield actor["role"], actor["name"], actor["kind"], actor["span"], actor["said_by"]
    for count in public["counts"]:
        yield count["what"], bounds(count), count["party"], count["span"], count["said_by"]
    for item in account["items"]:
        yield item["what"], item["name"], None if item["count"] is None else str(item["count"]), item["span"], None


#: Fields of corrections, by those of claims where they are called otherwise.
_CORRECTED = {"agent": "actors", "target": "actors", "victim": "actors"}


def _judged(event: Record, field: str) -> str:
    name = _CORRECTED.get(field, field)
    by = [
        f"{c['field']} corrected by {c['by']}"
        for c in event["corrections"]
        if c["field"] == name or c["field"].startswith(f"counts.{field}.")
    ]
    return joined((event["review"], *by)) or ""
