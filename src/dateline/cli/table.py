"""Accounts and events as a table that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TextIO

from dateline.cli.layout import Column, write_groups
from dateline.cli.wording import days, figures, what, who
from dateline.model import Account, Coding, Report
from dateline.model.event import Event

_WHAT, _WHEN = Column("what", heads=True), Column("when", heads=True)
_WHERE, _WHO, _HOW_MANY = Column("where"), Column("who"), Column("how many")
_SOURCES, _SURE = Column("sources", whole=True), Column("sure", whole=True)
_ACCOUNTS = (_WHAT, _WHEN, _WHERE, _WHO, _HOW_MANY, Column("according to"))
_EVENTS = (_WHAT, _WHEN, _WHERE, _WHO, _HOW_MANY, _SOURCES, _SURE)
_RECORDS = (Column("event", whole=True, heads=True), *_EVENTS, Column("review", whole=True))


def write_table(codings: Iterable[Coding], stream: TextIO) -> None:
    """One row an account, under the name of its report: what, when, where, who, how many, according to whom; and one
    for each report in a language that is not coded."""
    groups = []
    for coding in codings:
        rows = [_account(account) for account in coding.accounts]
        if not rows and coding.report.lang not in (None, "en"):
            rows = [(f"not coded: in '{coding.report.lang}'", *[""] * 5)]
        groups.append((_head(coding.report), rows))
    write_groups(_ACCOUNTS, [group for group in groups if group[1]], stream)


def write_events(events: Iterable[Event], stream: TextIO) -> None:
    """One row an event: what, when, where, who, how many (figures that differ in brackets), sources."""
    write_groups(_EVENTS, [("", [_event(event.as_record()) for event in events])], stream)


def write_records(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """One row an event of a ledger, as its record."""
    rows = [(r["id"], *_event(r), "" if r["review"] == "unreviewed" else r["review"]) for r in records]
    write_groups(_RECORDS, [("", rows)], stream)


def _account(account: Account) -> tuple[str, ...]:
    told = asdict(account)
    places = "; ".join(place.name or place.text for place in account.where)
    speakers = "; ".join(dict.fromkeys(speaker.name for speaker in account.said_by))
    return (*_common(told, places), speakers)


def _event(record: dict[str, Any]) -> tuple[str, ...]:
    places = "; ".join(place["name"] for place in record["where"])
    return (*_common(record, places), str(record["sources"]), f"{record['confidence']:.0%}")


def _common(one: dict[str, Any], places: str) -> tuple[str, ...]:
    return (
        what(one),
        days(one["when"]),
        places,
        who(one["actors"]),
        figures(one["counts"], one.get("disagreements", ())),
    )


def _head(report: Report) -> str:
    """What a report is known by: its title where it has one, else its file, of a row of a file with its number."""
    if report.title:
        return " ".join(report.title.split())
    parts = report.uri.split("/")
    return "/".join(parts[-2:] if parts[-1].isdecimal() else parts[-1:])
