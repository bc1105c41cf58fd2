"""FollowTheMoney: entities for Aleph and OpenAleph (events, parties, addresses, documents)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO, Any

from dateline.ledger.rows import as_json
from dateline.model import words
from dateline.model.event import Event, EventActor, EventPlace
from dateline.publishing.formats import Whole

_SCHEMAS = {"person": "Person", "state": "PublicBody", "armed_group": "Organization", "organisation": "Organization"}


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the entities, one on each line. An entity that several events share is written once."""
    seen: set[str] = set()
    count = 0
    for event in whole.events():
        for entity in entities(event):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(as_json(entity).encode() + b"\n")
        count += 1
    return count


def _id(*parts: str) -> str:
    return hashlib.sha1("\0".join(("dateline", *parts)).encode()).hexdigest()


def _entity(name: str, schema: str, properties: dict[str, list[str | None]]) -> dict[str, Any]:
    told = {key: [v for v in values if v] for key, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {key: values for key, values in told.items() if values}}


def entities(event: Event) -> Iterator[dict[str, Any]]:
    """The entities of an event: parties and addresses first, then the event itself."""
    parties = [_party(event, n, actor) for n, actor in enumerate(event.actors)]
    places = [_address(place) for place in event.where]
    yield from (*parties, *places)
    when = event.when
    figures = "; ".join(f"{c.what} ({c.party or 'unknown'}): {words.figure(c)}" for c in event.counts)
    role = {r: [p["id"] for p, a in zip(parties, event.actors, strict=True) if a.role == r] for r in _ROLES}
    place = event.where[0].name if event.where else None
    notes: list[str | None] = [
        f"status: {event.status}",
        f"scope: {event.scope}",
        f"confidence: {event.confidence}",
    ]
    yield _entity(
        _id("event", event.id), "Event",
        {
            "name": [f"{event.type} at {place}" if place else event.type],
            "startDate": [when.start if when else None], "endDate": [when.end if when else None], "summary": [figures],
            "location": [p.name for p in event.where], "addressEntity": [str(p["id"]) for p in places],
            "country": [*dict.fromkeys((p.country or "").lower() for p in event.where)],
            "organizer": role["agent"], "involved": [*role["target"], *role["victim"]], "notes": notes,
            "keywords": [event.type, *event.method], "recordId": [event.id],
            "sourceUrl": _addresses(event),
        },
    )  # fmt: skip


_ROLES = ("agent", "target", "victim")


def _addresses(event: Event) -> list[str | None]:
    return list(dict.fromkeys(uri for a in event.accounts if (uri := a.report_uri).startswith(("http://", "https://"))))


def _party(event: Event, n: int, actor: EventActor) -> dict[str, Any]:
    name = _id("actor", actor.id) if actor.id else _id("actor", event.id, str(n))
    return _entity(name, _SCHEMAS.get(actor.kind, "LegalEntity"), {"name": [actor.name]})


def _address(place: EventPlace) -> dict[str, Any]:
    name = _id("place", place.gazetteer_id or f"{place.country}/{place.name}")
    at = (("latitude", place.lat), ("longitude", place.lon))
    point = {key: [None if degrees is None else repr(degrees)] for key, degrees in at}
    told: dict[str, list[str | None]] = {
        "full": [words.place(place)],
        "region": [place.admin1], "country": [(place.country or "").lower()], **point,
    }  # fmt: skip
    if place.precision in ("city", "neighbourhood", "site"):
        told["city"] = [place.name]
    return _entity(name, "Address", told)
