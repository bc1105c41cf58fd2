"""Questions to a ledger, a file for each kind: events, reports, their lives, what people judged, the ledger itself."""

from dateline.ledger.asking.finding import event_of, keys_of
from dateline.ledger.asking.in_force import rules_of, weights_of
from dateline.ledger.asking.ledger import Asking

__all__ = ["Asking", "event_of", "keys_of", "rules_of", "weights_of"]
