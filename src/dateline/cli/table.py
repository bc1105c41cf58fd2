"""Writes accounts and events as a table for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dateline.cli.layout import Column, write_groups
from dateline.cli.wording import figures
from dateline.model import Account, Coding, Report, words
from dateline.model.event import Event

_WHAT, _WHEN = Column("what", heads=True), Column("when", heads=True)
_WHERE, _WHO, _HOW_MANY = Column("where"), Column("who"), Column("how many")
_SOURCES, _SURE = Column("sources", whole=True), Column("sure", whole=True)
_ACCOUNTS = (_WHAT, _WHEN, _WHERE, _WHO, _HOW_MANY, Column("according to"))
_EVENTS = (_WHAT, _WHEN, _WHERE, _WHO, _HOW_MANY, _SOURCES, _SURE)
_RECORDS = (Column("event", whole=True, heads=True), *_EVENTS, Column("review", whole=True))


def write_table(codings: Iterable[Coding], stream: TextIO) -> None:
    """Write a row for each account, below the name of its report: what, when, where, who, how many, according to whom.

    A report in a language that is not coded has one row.
    """
    from dateline.language.other import is_coded

    groups = []
    for coding in codings:
        rows = [_account(account) for account in coding.accounts]
        if not rows and not is_coded(coding.report.lang):
            rows = [(f"not coded: in '{coding.report.lang}'", *[""] * 5)]
        groups.append((_head(coding.report), rows))
    write_groups(_ACCOUNTS, [group for group in groups if group[1]], stream)


def write_events(events: Iterable[Event], stream: TextIO) -> None:
    """Write a row for each event: what, when, where, who, how many (with differing figures in brackets), sources."""
    write_groups(_EVENTS, [("", [_event(event) for event in events])], stream)


def write_kept(events: Iterable[Event], stream: TextIO) -> None:
    """Write a row for each event of a ledger, also with its id and state of review."""
    rows = [(e.id, *_event(e), "" if e.review == "unreviewed" else e.review) for e in events]
    write_groups(_RECORDS, [("", rows)], stream)


def _account(account: Account) -> tuple[str, ...]:
    places = "; ".join(place.name or place.text for place in account.where)
    speakers = "; ".join(dict.fromkeys(speaker.name for speaker in account.said_by))
    return (*_common(account, places), speakers)


def _event(event: Event) -> tuple[str, ...]:
    places = "; ".join(place.name for place in event.where)
    return (*_common(event, places), str(event.sources), f"{event.confidence:.0%}")


def _common(one: Account | Event, places: str) -> tuple[str, ...]:
    disputed = one.disagreements if isinstance(one, Event) else ()
    told = figures(one.counts, disputed)
    return words.what(one), words.period(one.when), places, words.parties(one.actors), told


def _head(report: Report) -> str:
    """The name that is shown for a report: its title, or else its file (with the row number, for a row of a file)."""
    if report.title:
        return " ".join(report.title.split())
    parts = report.uri.split("/")
    return "/".join(parts[-2:] if parts[-1].isdecimal() else parts[-1:])
