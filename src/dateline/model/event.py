"""The event: what the accounts of any number of reports tell of one happening, consolidated, with every figure kept.

The fields are those described in RECORD.md (docs/record.md) for `dateline link`; the class is frozen. `from_record` and
`from_json` read JSON, `as_record` and `to_json` write it. JSON of this version is written again with the same bytes. In
JSON of an older version missing fields are added, empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.model import words
from dateline.model.errors import BadRecord
from dateline.model.event_parts import (
    AccountKey,
    Correction,
    CountStep,
    EventActor,
    EventCount,
    EventPlace,
    EventWhen,
    Figure,
    Part,
    Pointed,
    Tie,
)
from dateline.model.event_rows import (
    ACCOUNT,
    PLACE,
    WHEN,
    account_row,
    actor_of,
    actor_row,
    correction_of,
    correction_row,
    count_of,
    count_row,
    place_row,
    tie_of,
    tie_row,
)
from dateline.model.vocabulary import Method, Review, Role, Scope, Status, Type

SCHEMA = "dateline.event/1"
_REMEDY = "Pass the output of `dateline link --format jsonl`, unchanged."


@dataclass(frozen=True, slots=True)
class Event:
    """One happening as the reports together tell it. `case` is the id shared by the events of a deed and of what came
    of it; None where no other event is in its case. `corrections` and `review` are what people did with it in a ledger.
    `coarsened` tells what was made less exact for publication."""

    id: str
    type: Type
    method: tuple[Method, ...]
    status: Status
    scope: Scope
    when: EventWhen | None
    where: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    counts: tuple[EventCount, ...]
    accounts: tuple[AccountKey, ...]
    sources: int
    disagreements: tuple[str, ...]
    part_of: str | None
    case: str | None
    why: tuple[Tie, ...]
    confidence: float
    corrections: tuple[Correction, ...] = ()
    review: Review = "unreviewed"
    coarsened: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Event {self.summary()}>"

    @property
    def is_total(self) -> bool:
        """Does it sum up many happenings?"""
        return self.scope == "rollup"

    @property
    def is_kept(self) -> bool:
        """Does it come from a ledger? Its accounts then have keys, and people may have judged it."""
        return bool(self.accounts and self.accounts[0].key)

    def names(self, *roles: Role) -> list[str]:
        """The names of the parties in these roles."""
        return [actor.name for actor in self.actors if actor.role in roles]

    def summary(self) -> str:
        """The event in one line: what, when, where, figures, and the number of sources."""
        where = f" at {', '.join(place.name for place in self.where)}" if self.where else ""
        counts = "".join(f", {words.number(c)} {c.what}" for c in self.counts)
        total = " (total)" if self.is_total else ""
        sources = f"{self.sources} source{'' if self.sources == 1 else 's'}"
        when = f" {words.days(self.when, '..')}" if self.when else ""
        return f"{self.id} {self.type}{total}, {self.status}:{when}{where}{counts} ({sources}, {self.confidence:.0%})"

    def headline(self) -> str:
        """A title for people: "bombing in Mosul: 12 killed, 30 wounded"."""
        place = f" in {self.where[0].name}" if self.where else ""
        status = "" if self.status == "occurred" else f" ({self.status})"
        told = [f"{words.number(c)} {c.what}" for c in self.counts if c.best is not None or c.low is not None]
        return f"{words.spaced(self.type)}{place}{status}" + (f": {', '.join(told)}" if told else "")

    def as_record(self) -> dict[str, Any]:
        """The JSON object, as plain Python data."""
        row: dict[str, Any] = {
            "schema": SCHEMA, "id": self.id, "type": self.type, "method": list(self.method), "status": self.status,
            "scope": self.scope, "when": self.when and WHEN.row(self.when),
            "where": [place_row(place) for place in self.where], "actors": [actor_row(one) for one in self.actors],
            "counts": [count_row(count) for count in self.counts],
            "accounts": [account_row(account) for account in self.accounts],
            "sources": self.sources, "disagreements": list(self.disagreements), "part_of": self.part_of,
            "case": self.case, "why": [tie_row(tie) for tie in self.why], "confidence": self.confidence,
        }  # fmt: skip
        if self.is_kept:
            row["corrections"] = [correction_row(one) for one in self.corrections]
            row["review"] = self.review
        if self.coarsened:
            row["coarsened"] = list(self.coarsened)
        return row

    def to_json(self) -> str:
        """One line of JSON (no newline at the end)."""
        return json.dumps(self.as_record(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    @staticmethod
    def from_record(row: Any) -> Event:
        """Read what `as_record` gave. Fields that this version does not know are left out; fields that an older version
        did not write are empty. Raises BadRecord (DL-E005)."""
        try:
            return _event(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadRecord(f"not an event: {error!r}.", remedy=_REMEDY) from None

    @staticmethod
    def from_json(line: str | bytes) -> Event:
        """Read what `to_json` wrote. Raises BadRecord (DL-E005)."""
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadRecord(f"not an event: {error}.", remedy=_REMEDY) from None
        return Event.from_record(row)


def _event(row: Mapping[str, Any]) -> Event:
    when = row["when"]
    return Event(
        id=row["id"],
        type=row["type"],
        method=tuple(row["method"]),
        status=row["status"],
        scope=row["scope"],
        when=None if when is None else WHEN.read(when),
        where=tuple(map(PLACE.read, row["where"])),
        actors=tuple(map(actor_of, row["actors"])),
        counts=tuple(map(count_of, row["counts"])),
        accounts=tuple(map(ACCOUNT.read, row["accounts"])),
        sources=row["sources"],
        disagreements=tuple(row["disagreements"]),
        part_of=row["part_of"],
        case=row.get("case"),
        why=tuple(map(tie_of, row["why"])),
        confidence=row["confidence"],
        corrections=tuple(map(correction_of, row.get("corrections", ()))),
        review=row.get("review", "unreviewed"),
        coarsened=tuple(row.get("coarsened", ())),
    )


__all__ = [
    "SCHEMA", "AccountKey", "Correction", "CountStep", "Event", "EventActor", "EventCount", "EventPlace", "EventWhen",
    "Figure", "Part", "Pointed", "Tie",
]  # fmt: skip
