"""The tables of a ledger. Rows are written once. Later only the end of a row can be set (`ended`, `retired`,
`withdrawn`).

Every write gets a revision number. In force at revision R are rows with `revision` <= R and no end, or an end after R.
Names of rows: a report's `key` is made of its URI and text. An account's `key` stays with it through later codings. An
event's `id` is made of the key of its first account. `migrations/` makes these tables; a test compares the two.
"""

from __future__ import annotations

from dateline.ledger.tables.base import metadata
from dateline.ledger.tables.events import MADE, actors, members, places, redirects, versions
from dateline.ledger.tables.made import bands, blocks, compared, differing, pairs, related
from dateline.ledger.tables.users import audit, keys, saved, users
from dateline.ledger.tables.written import (
    access,
    accounts,
    claims,
    coders,
    codings,
    custody,
    judged,
    judgements,
    readings,
    removals,
    reports,
    revisions,
    rules,
    successions,
    weights,
)

#: Tables that an export holds, in the order in which import reads them. The others are made from these.
WRITTEN = (
    revisions, reports, codings, accounts, judgements, judged, rules, weights, coders, readings, removals, successions,
    access, custody, versions, members, redirects,
)  # fmt: skip

__all__ = [
    "MADE", "WRITTEN", "access", "accounts", "actors", "audit", "bands", "blocks", "claims", "coders", "codings",
    "compared", "custody", "differing", "judged", "judgements", "keys", "members", "metadata", "pairs", "places",
    "readings", "redirects", "related", "removals", "reports", "revisions", "rules", "saved", "successions", "users",
    "versions", "weights",
]  # fmt: skip
