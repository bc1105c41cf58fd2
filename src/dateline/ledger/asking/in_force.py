"""Which rules and weights are in force."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy import Connection, Table, select

from dateline.ledger.tables import rules as rules_table
from dateline.ledger.tables import weights as weights_table
from dateline.linking.rules import Rules, default_rules
from dateline.linking.weights import Weights, as_kept, default_weights


def _in_force(connection: Connection, table: Table, as_of: int | None = None) -> str | None:
    """What was last put in force (up to `as_of`), as JSON; None where the default is in force."""
    query = select(table.c.body).order_by(table.c.revision.desc()).limit(1)
    if as_of is not None:
        query = query.where(table.c.revision <= as_of)
    body: str | None = connection.execute(query).scalar()
    return body


def rules_of(connection: Connection, as_of: int | None = None) -> Rules:
    """The consolidation rules in force (at that revision)."""
    body = _in_force(connection, rules_table, as_of)
    return default_rules() if body is None else Rules.model_validate(json.loads(body))


def weights_of(connection: Connection) -> Weights:
    """The weights of linking in force."""
    body = _in_force(connection, weights_table)
    return default_weights() if body is None else _weights(body)


@lru_cache(maxsize=4)
def _weights(body: str) -> Weights:
    return as_kept(json.loads(body))
