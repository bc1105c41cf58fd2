"""Reads an edition from the ledger as rows: events, the accounts of each event, and the claims of each account.

Names are left out and places are made coarser here, for all levels, so that no output can miss it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.ledger import Ledger
from dateline.model import Account, Coding, Place, Span
from dateline.model.batches import batches
from dateline.model.event import AccountKey, Event, EventActor, EventCount, EventPlace, EventWhen
from dateline.model.words import slashed
from dateline.publishing import coarsening, names
from dateline.publishing.coarsening import Measure
from dateline.publishing.columns import FILLED, Column, Value, cells, chosen, joined
from dateline.publishing.edition import Edition
from dateline.publishing.keys import ReportKeys
from dateline.publishing.names import Names
from dateline.publishing.paths import shared_folder, without_folder

#: The number of events whose reports and comments are read at once.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, its places, and its event, where the row is an event."""

    cells: list[Value]
    where: Sequence[EventPlace] = ()
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns, a function that reads its rows, and whether the user chose the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    chosen: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Report:
    """A report with what all its accounts share."""

    coding: Coding
    coder: str
    names: Names

    def account(self, name: str) -> Account | None:
        """An account of the report by its id; None where there is none."""
        return next((account for account in self.coding.accounts if account.id == name), None)


#: A function that gives, for the keys of reports, each report's coding and its coder. Reports whose words the user may
#: not read are missing.
Codings = Callable[[Iterable[str]], Mapping[str, tuple[Coding, str]]]
#: An account as an event names it, its report, and the account itself.
_Told = tuple[AccountKey, _Report, Account]


class Told:
    """The content of an edition. The rows of a table are read again each time that they are asked for."""

    def __init__(
        self,
        edition: Edition,
        events: Callable[[], Iterable[Event]],
        codings: Codings,
        comments: Callable[[Iterable[str]], list[dict[str, Any]]],
    ) -> None:
        #: The keys of the reports of all events that were read so far.
        self.reports = ReportKeys()
        self._edition = edition
        self._events = events
        self._comments = comments
        self._codings = codings

    @staticmethod
    def of(ledger: Ledger, edition: Edition, revision: int) -> Told:
        """The content of an edition of a ledger at a revision. Reports are named without private folders (paths.py)."""
        folder = shared_folder(ledger.files(revision))
        return Told(
            edition,
            lambda: (without_folder(event, folder) for event in ledger.all_events(edition.query, revision)),
            lambda keys: ledger.coded_all(keys, revision),
            lambda keys: ledger.comments_on(keys, revision),
        )

    def events(self) -> Iterator[Event]:
        """The events as they are published."""
        for event, _ in self._measured():
            yield event

    def table(self, name: str) -> Table:
        """A table of events, accounts or claims by its name, with the edition's columns."""
        own = self._edition.columns if name == f"{self._edition.level}s" else ()
        columns = chosen(own, name)
        rows = {"events": self._event_rows, "accounts": self._account_rows, "claims": self._claim_rows}[name]
        return Table(name, columns, lambda: rows(columns), bool(own))

    def _measured(self) -> Iterator[tuple[Event, Measure]]:
        rules, policy = self._edition.coarsening, self._edition.names
        for event in self._events():
            self.reports.add(account.report for account in event.accounts)
            how = coarsening.measure(event, rules)
            event = names.published(event, policy)
            yield coarsening.applied(event, how) if how else event, how

    def _event_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for event, _ in self._measured():
            yield Row(cells(event, columns), event.where, event)

    def _account_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for event, how, accounts in self._coded():
            for key, report, account in accounts:
                public = _public(event.id, key, account, report, how)
                made = _account_cells(key, report, account, public)
                hide = _hiding(report, account, how)
                yield _row(made | {"words": _said(report, account.trigger, hide)}, columns, public)

    def _claim_rows(self, columns: tuple[Column, ...]) -> Iterator[Row]:
        for some in batches(self._coded(), _AT_ONCE):
            told = self._comments(row.key for event, _, _ in some for row in event.accounts)
            for event, how, accounts in some:
                for key, report, account in accounts:
                    said = [f"{c['by']}: {report.names.words(c['reason'])}" for c in told if c["account"] == key.key]
                    yield from _claims(event, key, report, account, how, said, columns)

    def _coded(self) -> Iterator[tuple[Event, Measure, list[_Told]]]:
        """The events with their accounts. The reports of _AT_ONCE events are read at once; reports that the next events
        need, too, are kept."""
        kept: dict[str, _Report] = {}
        for some in batches(self._measured(), _AT_ONCE):
            keys = dict.fromkeys(account.report for event, _ in some for account in event.accounts)
            kept = {key: kept[key] for key in keys if key in kept}
            if new := [key for key in keys if key not in kept]:
                found = self._codings(new)
                kept |= {key: _report(*one, self._edition.names) for key, one in found.items()}
            yield from ((event, how, list(_accounts(event, kept))) for event, how in some)


def _accounts(event: Event, reports: Mapping[str, _Report]) -> Iterator[_Told]:
    for key in event.accounts:
        report = reports.get(key.report)
        if report is None:  # The report counts in its event, but its words may not be published here.
            continue
        account = report.account(key.account_id)
        if account is not None:
            yield key, report, account


def _report(coding: Coding, coder: str, policy: names.Policy) -> _Report:
    places = [name for a in coding.accounts for p in a.where for name in (p.name, p.text, p.admin1)]
    places += [e.name for e in coding.entities if e.kind in ("place", "organisation", "nationality")]
    people = [e.name for e in coding.entities if e.kind == "person"]
    return _Report(coding, coder, names.of_report(places, people, coding.report.text, policy))


def _row(made: dict[str, Value], columns: tuple[Column, ...], public: Event) -> Row:
    return Row([made[column.name] for column in columns], public.where)


# ---------------------------------------------------------------- accounts


def as_event(name: str, key: AccountKey, account: Account) -> Event:
    """An account in the form of an event."""
    when = account.when
    return Event(
        id=name, type=account.type, method=account.method, status=account.status, scope=account.scope,
        when=None if when is None else EventWhen(when.start, when.end, when.precision, when.basis),
        where=tuple(_as_place(place) for place in account.where),
        actors=tuple(EventActor(a.role, a.kind, a.name, a.id, (a.text,)) for a in account.actors),
        counts=tuple(EventCount(c.what, c.party, c.low, c.best, c.high, "told", ()) for c in account.counts),
        accounts=(key,), sources=1, disagreements=(), part_of=None, case=None, why=(), confidence=account.confidence,
    )  # fmt: skip


def _as_place(p: Place) -> EventPlace:
    return EventPlace(p.name or p.text, p.country, p.admin1, p.lat, p.lon, p.precision, p.gazetteer_id, p.text)


def _public(name: str, key: AccountKey, account: Account, report: _Report, how: Measure) -> Event:
    """An account in the form of an event, as it is published. Parties and figures keep the account's order."""
    made = as_event(name, key, account)
    if report.names.policy != "all":
        made = replace(made, actors=tuple(names.actor(one, report.names) for one in made.actors))
    return coarsening.applied(made, how) if how else made


def _account_cells(key: AccountKey, report: _Report, account: Account, public: Event) -> dict[str, Value]:
    own: dict[str, Value] = {name: FILLED[name](public) for name in _OF_EVENTS}
    return own | {
        "account_key": key.key, "report_key": key.report, "report_uri": key.report_uri,
        "date_basis": account.when.basis if account.when else None,
        "counts": joined(f"{c.what} {c.party or 'unknown'} {slashed(c)}" for c in account.counts),
        "said_by": _speakers(report, account), "coder": report.coder,
    }  # fmt: skip


#: The columns of accounts that are filled in the same way as columns of events.
_OF_EVENTS = (
    "event_id", "type", "method", "status", "scope", "start", "end", "date_precision", "place", "admin1", "country",
    "lat", "lon", "place_precision", "other_places", "agents", "targets", "victims", "actor_ids", "confidence",
)  # fmt: skip


def _speakers(report: _Report, account: Account) -> str | None:
    return joined(report.names.words(speaker.name) for speaker in account.said_by)


def _hiding(report: _Report, account: Account, how: Measure) -> Callable[[str], str]:
    """A function that takes out of a text all that is not published: names, and places that become coarser."""
    unplaced = coarsening.hiding(map(_as_place, account.where), how)
    return lambda words: unplaced(report.names.words(words))


def _said(report: _Report, span: Span | None, hide: Callable[[str], str]) -> str | None:
    """The words of a span as they are published, on one line."""
    return None if span is None else hide(" ".join(span.of(report.coding.report.text).split())) or None


# ---------------------------------------------------------------- claims


def _claims(
    event: Event, key: AccountKey, report: _Report, account: Account, how: Measure, comments: list[str],
    columns: tuple[Column, ...],
) -> Iterator[Row]:  # fmt: skip
    public = _public(event.id, key, account, report, how)
    speakers, hide = _speakers(report, account), _hiding(report, account, how)
    for number, (field, value, detail, span, speaker) in enumerate(_values(account, public, how), 1):
        at = None if _tells(field, how) else span
        made: dict[str, Value] = {
            "account_key": key.key, "number": number, "event_id": event.id, "report_key": key.report,
            "report_uri": key.report_uri, "field": field, "value": value, "detail": detail,
            "words": _said(report, at, hide), "first": at and at.start, "last": at and at.end,
            "speaker": hide(speaker) if speaker else speakers, "coder": report.coder,
            "confidence": account.confidence, "judgement": _judged(event, field), "comments": joined(comments),
        }  # fmt: skip
        yield _row(made, columns, public)


def _tells(field: str, how: Measure) -> bool:
    """Would the words of this claim reveal the exact place or day that was made coarser?"""
    return (field == "where" and how.place is not None) or (field == "when" and how.days is not None)


#: A claim: field, value, detail, span and speaker.
_Claim = tuple[str, str, str | None, Span | None, str | None]


def _values(account: Account, public: Event, how: Measure) -> Iterator[_Claim]:
    """The claims of an account, as they are published."""
    trigger = account.trigger
    for field in (("type", public.type), ("status", public.status), ("scope", public.scope)):
        yield *field, None, trigger, None
    for method in public.method:
        yield "method", method, None, trigger, None
    if public.when and account.when:
        when = public.when
        yield "when", f"{when.start}/{when.end}", when.precision, account.when.span, None
    spans = [None] * len(public.where) if how.place else [place.span for place in account.where]
    for place, span in zip(public.where, spans, strict=True):
        yield "where", place.name, place.precision, span, None
    for actor, own in zip(public.actors, account.actors, strict=True):
        yield own.role, actor.name, actor.kind, own.span, own.said_by
    for count in account.counts:
        yield count.what, slashed(count), count.party, count.span, count.said_by
    for item in account.items:
        yield item.what, item.name, None if item.count is None else str(item.count), item.span, None


#: For fields of claims that have another name in corrections, that name.
_CORRECTED = {"agent": "actors", "target": "actors", "victim": "actors"}


def _judged(event: Event, field: str) -> str:
    name = _CORRECTED.get(field, field)
    by = [
        f"{c.field} corrected by {c.by}"
        for c in event.corrections
        if c.field == name or c.field.startswith(f"counts.{field}.")
    ]
    return "; ".join((event.review, *by))
