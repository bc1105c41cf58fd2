"""The ledger: it keeps reports, codings, accounts and judgements, which never change, and the events made of them, at
every revision."""

from dateline.ledger.history import Change
from dateline.ledger.ledger import Ledger
from dateline.ledger.queries import Found, Page
from dateline.ledger.query import Query
from dateline.ledger.writing.added import Added

__all__ = ["Added", "Change", "Found", "Ledger", "Page", "Query"]
