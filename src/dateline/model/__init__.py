"""The types that all rooms use (reports, accounts, events and the like), and their form as JSON."""

from dateline.model.claims import (
    Account,
    Actor,
    Affiliation,
    Count,
    Derivation,
    Entity,
    Item,
    Known,
    Link,
    Origin,
    Place,
    Report,
    Speaker,
    When,
)
from dateline.model.coding import Coding
from dateline.model.errors import DatelineError
from dateline.model.rejections import RejectedReport
from dateline.model.span import Span

__all__ = [
    "Account", "Actor", "Affiliation", "Coding", "Count", "DatelineError", "Derivation", "Entity", "Item", "Known",
    "Link", "Origin", "Place", "RejectedReport", "Report", "Span", "Speaker", "When",
]  # fmt: skip
