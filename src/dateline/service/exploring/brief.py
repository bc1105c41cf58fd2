"""An event in a line: what a table's row, a card or a feed says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]
_KEPT = (
    "id", "type", "method", "status", "scope", "when", "sources", "confidence", "review", "disagreements", "part_of",
)  # fmt: skip
_PLACE = ("name", "admin1", "country", "precision", "lat", "lon")
_ACTOR = ("role", "name", "id", "kind")
_COUNT = ("what", "party", "low", "best", "high")


def brief(record: Record, inferred: Sequence[str] = ()) -> Record:
    """The values of an event without figures, accounts and reasons; `inferred` names those that no report states."""
    return {
        **{key: record[key] for key in _KEPT},
        "case": record.get("case"),
        "where": [{key: place[key] for key in _PLACE} for place in record["where"]],
        "actors": [
            {key: actor[key] for key in _ACTOR} | {"worded": list(actor.get("worded", ()))}
            for actor in record["actors"]
        ],
        "counts": [{key: count[key] for key in _COUNT} for count in record["counts"]],
        "accounts": len(record["accounts"]),
        "inferred": list(inferred),
    }


def headline(record: Record) -> str:
    """A title for people: "bombing in Mosul: 12 killed, 30 wounded"."""
    what = record["type"].replace("_", " ")
    place = f" in {record['where'][0]['name']}" if record["where"] else ""
    told = (f"{c['best'] if c['best'] is not None else c['low']} {c['what']}" for c in record["counts"])
    figures = ", ".join(part for part in told if not part.startswith("None"))
    status = "" if record["status"] == "occurred" else f" ({record['status']})"
    return f"{what}{place}{status}" + (f": {figures}" if figures else "")
