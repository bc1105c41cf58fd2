"""Which chains a new account touches by drawing others to itself."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from dateline.ledger.linker import left_by
from dateline.ledger.tables import accounts, metadata, pairs


@pytest.mark.parametrize(
    ("new", "left"),
    [
        ({(2, 3): 0.9}, {1}),  # A better one: 2 was tied with 1.
        ({(2, 3): 4.0}, {1}),
        ({(2, 3): 0.3}, set()),
        ({(3, 4): 4.0}, set()),  # 4 has a strong tie and keeps it.
    ],
)
def test_those_are_told_with_whom_drawn_accounts_were_tied(new: dict[tuple[int, int], float], left: set[int]) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection, tables=[accounts, pairs])
        known = {(1, 2): 0.5, (4, 5): 2.0, (2, 4): 0.4, **new}
        rows = [{"a": min(two), "b": max(two), "weight": weight, "beside": False} for two, weight in known.items()]
        connection.execute(pairs.insert(), rows)
        assert left_by(connection, [3]) == left
