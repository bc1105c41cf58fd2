"""What reports say, as a table with a row for each account."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.model import Account, Coding
from dateline.model.words import slashed
from dateline.publishing.columns import Value, joined, people

ACCOUNTS = (
    "report_uri", "account_id", "type", "method", "status", "scope", "start", "end", "date_precision", "place",
    "admin1", "country", "lat", "lon", "other_places", "agents", "targets", "victims", "actor_ids", "killed", "wounded",
    "arrested", "kidnapped", "counts", "said_by", "confidence", "words", "not_coded",
)  # fmt: skip
_FATES = ("killed", "wounded", "arrested", "kidnapped")


def account_rows(coding: Coding) -> Iterator[list[Value]]:
    """The rows of a report. Where the report could not be coded, there is one row that holds only the reason."""
    uri = coding.report.uri
    if not coding.accounts and coding.warnings:
        yield [uri, *[None] * (len(ACCOUNTS) - 2), " ".join(coding.warnings)]
    for account in coding.accounts:
        yield [uri, *_cells(account, coding.report.text), None]


def _cells(account: Account, text: str) -> list[Value]:
    when, where = account.when, account.where[0] if account.where else None
    names = {role: joined(a.name for a in account.actors if a.role == role) for role in ("agent", "target", "victim")}
    days = [when.start, when.end, when.precision] if when else [None] * 3
    place = [where.name or where.text, where.admin1, where.country, where.lat, where.lon] if where else [None] * 5
    return [
        account.id, account.type, joined(account.method), account.status, account.scope, *days, *place,
        joined(p.name or p.text for p in account.where[1:]), *names.values(),
        joined(dict.fromkeys(a.id for a in account.actors if a.id)),
        *(people((c.party, c.best) for c in account.counts if c.what == fate and not c.part) for fate in _FATES),
        joined(f"{c.what} {c.party or 'unknown'} {slashed(c)}" for c in account.counts),
        joined(s.name for s in account.said_by), account.confidence,
        " ".join(text[account.trigger.start : account.trigger.end].split()),
    ]  # fmt: skip
