"""The ledger: it keeps reports, codings, accounts and judgements, which never change, and the events made of them, at
every revision."""

from dateline.ledger.history import Change
from dateline.ledger.ledger import Added, Ledger
from dateline.ledger.queries import Found, Page, Query

__all__ = ["Added", "Change", "Found", "Ledger", "Page", "Query"]
