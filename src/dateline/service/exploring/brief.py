"""An event in short form: what a row of a table, a card or a feed shows of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.model.event import Event
from dateline.model.event_rows import WHEN

_PLACE = ("name", "admin1", "country", "precision", "lat", "lon")
_ACTOR = ("role", "name", "id", "kind")
_COUNT = ("what", "party", "low", "best", "high")


def brief(event: Event, inferred: Sequence[str] = ()) -> dict[str, Any]:
    """The values of an event without figures, accounts and reasons; `inferred` names those that no report states."""
    return {
        "id": event.id, "type": event.type, "method": list(event.method), "status": event.status,
        "scope": event.scope, "when": WHEN.row(event.when) if event.when else None, "sources": event.sources,
        "confidence": event.confidence, "review": event.review, "disagreements": list(event.disagreements),
        "part_of": event.part_of, "case": event.case,
        "where": [{name: getattr(place, name) for name in _PLACE} for place in event.where],
        "actors": [
            {name: getattr(one, name) for name in _ACTOR} | {"worded": list(one.worded)} for one in event.actors
        ],
        "counts": [{name: getattr(count, name) for name in _COUNT} for count in event.counts],
        "accounts": len(event.accounts), "inferred": list(inferred),
    }  # fmt: skip
