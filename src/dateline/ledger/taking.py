"""Links that another engine drew, taken over as they are: what Spark weighed is not looked for and weighed again.

The blocks of the accounts are written all the same, so that what is added later finds its partners among them, and the
events are those of linking in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, func, select

from dateline.ledger.facts import Facts
from dateline.ledger.linker import lay
from dateline.ledger.rows import chunks, insert
from dateline.ledger.tables import accounts, pairs, revisions
from dateline.linking.rivals import Link
from dateline.linking.weights import Table, Weights
from dateline.model.errors import BadLinks


class Links(Protocol):
    """The pairs of all codings that are added, in their order."""

    @property
    def name(self) -> str:
        """A name that no other links have."""

    @property
    def weights(self) -> Table:
        """The weights that they were weighed by."""

    def of(self, reports: Collection[str]) -> Iterable[Link]:
        """The next pairs: those whose later account is of one of these reports (by key)."""


def mark(links: Links, note: str) -> str:
    """What is kept with each revision that takes over links: so a run that was stopped is known again."""
    return f"{_mark(links)} {note}".rstrip()


def _mark(links: Links) -> str:
    return f"[links {links.name}]"


def check(connection: Connection, links: Links, weights: Weights) -> None:
    """May these links be taken over? Reports that were added otherwise have pairs that nobody weighed.

    Raises BadLinks (DL-E019).
    """
    other = select(func.count()).where(~revisions.c.note.startswith(_mark(links), autoescape=True))
    if connection.execute(other.select_from(revisions)).scalar():
        raise BadLinks("The ledger holds more than these links are of.")
    if links.weights != weights.table:
        raise BadLinks("They were drawn with other weights than the ledger's.")


def take_over(connection: Connection, facts: Facts, fresh: Sequence[int], given: Iterable[Link]) -> None:
    """Keep given pairs of new accounts; those of accounts that the ledger does not hold are passed over."""
    lay(connection, facts, fresh)
    links = list(given)
    num_of = _numbers(connection, {key for link in links for key in (link.a, link.b)})
    new = set(fresh)
    rows = [
        {"a": num_of[link.a], "b": num_of[link.b], "weight": link.weight, "beside": link.beside}
        for link in links
        if link.a in num_of and num_of.get(link.b) in new
    ]
    insert(connection, pairs, rows)


def _numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(sorted(keys)):
        query = select(accounts.c.key, accounts.c.num).where(accounts.c.key.in_(some), accounts.c.retired.is_(None))
        found |= dict(connection.execute(query).all())
    return found
