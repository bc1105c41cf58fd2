"""Take over links from another engine: pairs that Spark has weighed are not looked for and weighed again.

The blocks of the accounts are written as usual, so that accounts added later find their partners among them. The events
are the same as those of linking in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, func, select

from dateline.ledger.facts import Facts
from dateline.ledger.linker import lay
from dateline.ledger.rows import account_numbers, insert
from dateline.ledger.tables import pairs, revisions
from dateline.linking.rivals import Link
from dateline.linking.weights import Table, Weights
from dateline.model.errors import BadLinks


class Links(Protocol):
    """The weighed pairs of all codings that are added, in the order of the codings."""

    @property
    def name(self) -> str:
        """A name that no other links have."""

    @property
    def weights(self) -> Table:
        """The weights that they were weighed by."""

    def of(self, reports: Collection[str]) -> Iterable[Link]:
        """The next pairs: those with a later account from one of these reports (by key)."""


def mark(links: Links, note: str) -> str:
    """The note of each revision that takes over links. By it a run that was stopped is recognised when it goes on."""
    return f"{_mark(links)} {note}".rstrip()


def _mark(links: Links) -> str:
    return f"[links {links.name}]"


def check(connection: Connection, links: Links, weights: Weights) -> None:
    """Check that links can be taken over: all reports in the ledger must be of these links, because pairs with any
    other report were not weighed.

    Raises BadLinks (DL-E019).
    """
    other = select(func.count()).where(~revisions.c.note.startswith(_mark(links), autoescape=True))
    if connection.execute(other.select_from(revisions)).scalar():
        raise BadLinks("The ledger holds more than these links are of.")
    if links.weights != weights.table:
        raise BadLinks("They were drawn with other weights than the ledger's.")


def take_over(connection: Connection, facts: Facts, fresh: Sequence[int], given: Iterable[Link]) -> None:
    """Store the given pairs of new accounts. Pairs with an account that the ledger does not hold are skipped."""
    lay(connection, facts, fresh)
    links = list(given)
    num_of = account_numbers(connection, {key for link in links for key in (link.a, link.b)})
    new = set(fresh)
    rows = [
        {"a": num_of[link.a], "b": num_of[link.b], "weight": link.weight, "beside": link.beside}
        for link in links
        if link.a in num_of and num_of.get(link.b) in new
    ]
    insert(connection, pairs, rows)
