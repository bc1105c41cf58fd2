"""Find the values of events that no report states: they were taken over from other sentences.

Each value of an account has a basis ("stated", "inherited", "inferred"). A value of an event is inferred if none of its
accounts states it. Tables mark these values, so that a reader can see which they are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from dateline.ledger.tables import accounts, claims
from dateline.model.event import Event

#: Bases of values that no sentence states of this event.
_TAKEN_OVER = frozenset(("inherited", "inferred"))
_FIELDS = ("when", "place", "actor")
#: Keys of accounts that are asked for at once: databases limit the parameters of a statement.
_AT_ONCE = 500


def inferred(connection: Connection, events: Sequence[Event]) -> list[list[str]]:
    """For each event: the fields among `when`, `where` and the roles of actors that have values, none of them
    stated."""
    keys = sorted({account.key for event in events for account in event.accounts})
    told = _told(connection, keys)
    return [_of(event, told) for event in events]


def _told(connection: Connection, keys: Sequence[str]) -> dict[str, dict[str, set[bool]]]:
    """Account (by key) -> field -> whether its values are taken over (True) or stated (False); both if there are
    both."""
    found: dict[str, dict[str, set[bool]]] = defaultdict(lambda: defaultdict(set))
    for start in range(0, len(keys), _AT_ONCE):
        query = (
            select(accounts.c.key, claims.c.field, claims.c.value)
            .join_from(claims, accounts)
            .where(accounts.c.key.in_(keys[start : start + _AT_ONCE]), claims.c.field.in_(_FIELDS))
            .where(accounts.c.retired.is_(None))
        )
        for key, field, value in connection.execute(query):
            told = json.loads(value)
            name = {"when": "when", "place": "where"}.get(field) or told["role"]
            found[key][name].add(told.get("basis") in _TAKEN_OVER)
    return found


def _of(event: Event, told: dict[str, dict[str, set[bool]]]) -> list[str]:
    fields: dict[str, set[bool]] = defaultdict(set)
    for account in event.accounts:
        for name, ways in told.get(account.key, {}).items():
            fields[name] |= ways
    corrected = {one.field for one in event.corrections}
    return sorted(name for name, ways in fields.items() if ways == {True} and name not in corrected)
