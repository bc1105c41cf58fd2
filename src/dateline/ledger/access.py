"""Who may read the words of a report: everybody (`open`), the team, or named people alone (`sealed`).

A report whose words are hidden from somebody still counts: they see the same events, days, places, figures and listed
actors. They do not see its text, title, address and publisher, the words of a value, and names that no report says that
they may read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select

from dateline.ledger.errors import DamagedLedger
from dateline.ledger.rows import as_json, chunks, insert, next_number
from dateline.ledger.tables import access, accounts, claims, judged, reports
from dateline.model.errors import DatelineError
from dateline.model.event import AccountKey, Event, EventActor, EventPlace, Figure

Level = Literal["open", "team", "sealed"]
LEVELS: tuple[Level, ...] = get_args(Level)
Record = dict[str, Any]
#: Shown in place of words or a name that somebody may not read.
SEALED = "(sealed)"


class SealedReport(DatelineError):
    """A report with words that the user may not read."""

    code = "DL-L023"
    remedy = "Ask an admin; `dateline ledger access REPORT` tells who may read it, and why."


class BadAccess(DatelineError):
    """A level of access that does not exist, or people named for a report that is not sealed."""

    code = "DL-L024"
    remedy = "Levels are open, team and sealed; people may be named for sealed reports."


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may read: reports up to a level, and sealed reports that name them. `at` is the revision whose
    access rules count; None is now."""

    level: Level = "sealed"
    name: str | None = None
    at: int | None = None


#: The right of somebody who has the ledger's file; the right of the public.
ALL, PUBLIC = Right("sealed"), Right("open")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read a report: the level, the note of consent, and the people to whom a sealed one is open."""

    level: Level = "open"
    note: str = ""
    people: tuple[str, ...] = ()

    def is_open_to(self, right: Right) -> bool:
        """May somebody with this right read the report?"""
        return LEVELS.index(self.level) <= LEVELS.index(right.level) or right.name in self.people


def set_access(connection: Connection, key: str, to: Access, row: Mapping[str, Any]) -> None:
    """Write who may read a report (by key). Raises BadAccess (DL-L024)."""
    if to.level not in LEVELS or (to.people and to.level != "sealed"):
        raise BadAccess(f"{to.level!r} is no level, or takes no people.", where=key)
    told = {"report": key, "level": to.level, "note": to.note, "people": json.dumps(list(to.people))}
    insert(connection, access, [{"num": next_number(connection, access), **told, **row}])


def access_of(connection: Connection, at: int | None = None) -> dict[str, Access]:
    """Who may read reports, by key, for the reports where somebody has set it (up to a revision). All others are
    open."""
    query = select(access.c.report, access.c.level, access.c.note, access.c.people).order_by(access.c.num)
    query = query if at is None else query.where(access.c.revision <= at)
    return {row.report: Access(row.level, row.note, tuple(json.loads(row.people))) for row in connection.execute(query)}


def access_at(connection: Connection, uri: str, known: Mapping[str, Access]) -> list[Access]:
    """Who may read the reports from an address, where somebody has set it (`known` is what access_of gave)."""
    query = select(reports.c.key).where(reports.c.uri == uri)
    if not known:
        return []
    return [known[key] for key in connection.execute(query).scalars() if key in known]


def strictest(found: Iterable[Access | None]) -> Access | None:
    """The access with the highest level; None where none is given."""
    some = [one for one in found if one is not None]
    return max(some, key=lambda one: LEVELS.index(one.level), default=None)


def hidden_from(connection: Connection, right: Right) -> frozenset[str]:
    """The reports (by key) with words that somebody with this right may not read."""
    if right.level == "sealed":
        return frozenset()
    return frozenset(key for key, one in access_of(connection, right.at).items() if not one.is_open_to(right))


def changed_since(connection: Connection, revision: int) -> dict[int, list[str]]:
    """The revisions after this one in which access was set; with each, the reports (by key)."""
    query = select(access.c.revision, access.c.report).where(access.c.revision > revision).order_by(access.c.num)
    found: dict[int, list[str]] = {}
    for number, key in connection.execute(query):
        found.setdefault(number, []).append(key)
    return found


def address_of(key: str) -> str:
    """Shown in place of the address of a hidden report."""
    return f"sealed:{key}"


def accounts_hidden(connection: Connection, hidden: frozenset[str]) -> set[int]:
    """The accounts (by number) of hidden reports."""
    found: set[int] = set()
    for some in chunks(sorted(hidden)):
        query = select(accounts.c.num).join(reports, reports.c.num == accounts.c.report).where(reports.c.key.in_(some))
        found |= set(connection.execute(query).scalars())
    return found


# ---------------------------------------------------------------- events without words


def without_words(connection: Connection, events: Iterable[Event], hidden: frozenset[str]) -> list[Event]:
    """Events without the words of hidden reports."""
    return [_masked(connection, event, hidden) if hidden else event for event in events]


def without_choices(connection: Connection, rows: list[Record], hidden: frozenset[str]) -> list[Record]:
    """Judgements without the chosen values (kind `choose`) that come from hidden reports: these values quote them."""
    own: set[int] = set()
    for some in chunks([row["num"] for row in rows if row["kind"] == "choose"] if hidden else []):
        query = select(judged.c.judgement).join(accounts, accounts.c.key == judged.c.account).join(reports)
        own |= set(connection.execute(query.where(judged.c.judgement.in_(some), reports.c.key.in_(hidden))).scalars())
    return [{**row, "value": as_json({**json.loads(row["value"]), "value": SEALED})} if row["num"] in own else row
            for row in rows]  # fmt: skip


def _masked(connection: Connection, event: Event, hidden: frozenset[str]) -> Event:
    uris = {account.report_uri: account.report for account in event.accounts if account.report in hidden}
    if not uris:
        return event
    said = _said(connection, [account.key for account in event.accounts if account.report not in hidden])
    return replace(
        event,
        where=tuple(_place(one, said) for one in event.where),
        actors=tuple(_actor(one, said) for one in event.actors),
        counts=tuple(replace(one, figures=tuple(_figure(f, uris) for f in one.figures)) for one in event.counts),
        accounts=tuple(_account(one, uris) for one in event.accounts),
        why=tuple(
            replace(tie, between=(_account(tie.between[0], uris), _account(tie.between[1], uris))) for tie in event.why
        ),
    )


def _said(connection: Connection, keys: list[str]) -> set[str]:
    """The words and names that accounts (by key) say; `keys` are accounts of reports that may be read."""
    found: set[str] = set()
    for some in chunks(keys):
        query = select(claims.c.value).join(accounts, accounts.c.num == claims.c.account)
        rows = connection.execute(query.where(accounts.c.key.in_(some), accounts.c.retired.is_(None)))
        for value in map(_value, rows.scalars()):
            found |= {value[field] for field in ("text", "name") if isinstance(value.get(field), str)}
    return found


def _value(text: str) -> Record:
    """The value of a claim. Raises DamagedLedger (DL-L016) where it cannot be read."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise DamagedLedger(f"The value of a claim cannot be read ({error}).") from None
    if not isinstance(value, dict):
        raise DamagedLedger("The value of a claim is none.")
    return value


def _known(words: str, said: set[str]) -> str:
    return words if words in said else SEALED


def _place(place: EventPlace, said: set[str]) -> EventPlace:
    """A place without hidden words. The name is hidden, too, where it has no gazetteer id: then it is the report's own
    word."""
    text = place.text and _known(place.text, said)
    return replace(place, text=text, name=place.name if place.gazetteer_id else _known(place.name, said))


def _actor(actor: EventActor, said: set[str]) -> EventActor:
    name = actor.name if actor.id is not None else _known(actor.name, said)
    return replace(actor, name=name, worded=tuple(words for words in actor.worded if words in said))


def _figure(figure: Figure, uris: Mapping[str, str]) -> Figure:
    if figure.report_uri not in uris:
        return figure
    said_by = None if figure.said_by is None else SEALED
    return replace(figure, text=SEALED, said_by=said_by, report_uri=address_of(uris[figure.report_uri]))


def _account(account: AccountKey, uris: Mapping[str, str]) -> AccountKey:
    uri = account.report_uri
    return replace(account, report_uri=address_of(uris[uri])) if uri in uris else account
