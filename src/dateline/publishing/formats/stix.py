"""STIX 2.1: a bundle of incidents with locations, identities, and their relations. With `incidents` also the Event and
Impact objects of the Incident Core extension (OASIS CTI, draft for 2.2)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import IO, Any

from dateline.ledger.rows import as_json
from dateline.model.event import Event, EventActor, EventPlace
from dateline.publishing.formats import Whole
from dateline.publishing.formats.rows import numbers_of

#: The UUID name space of our ids. An object's id is made from what it is of, so an event has the same id everywhere.
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://dateline.invalid/stix")
#: The id of the Incident Core extension, and of our own extension for values that it has no property for.
_CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
_OWN = "extension-definition--" + str(uuid.uuid5(_SPACE, "extension"))
_CLASSES = {"armed_group": "group", "state": "organization", "organisation": "organization", "person": "individual"}
_IMPACTS = {"killed": "loss-of-life", "wounded": "injury"}


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the bundle, object by object. An object that several events share is written once."""
    about = whole.about
    name = f"bundle/{about['ledger']}/{about['revision']}/{as_json(about['query'])}"
    out.write(f'{{"type":"bundle","id":"{_id("bundle", name)}","objects":['.encode())
    maker = _maker(_time(about["revision_at"]))
    seen: set[str] = set()
    count = 0
    _put(out, seen, [maker, *_extensions(maker, whole.incidents)])
    for event in whole.events():
        _put(out, seen, objects(event, maker, whole.incidents))
        count += 1
    out.write(b"\n]}\n")
    return count


def _put(out: IO[bytes], seen: set[str], found: Any) -> None:
    for one in found:
        if one["id"] not in seen:
            out.write((b",\n" if seen else b"\n") + as_json(one).encode())
            seen.add(one["id"])


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid.uuid5(_SPACE, f'{kind}/{name}')}"


def _time(at: str | None) -> str:
    return f"{(at or '1970-01-01T00:00:00')[:19]}.000Z"


def _object(kind: str, known_as: str, maker: dict[str, Any], **told: Any) -> dict[str, Any]:
    base = {
        "type": kind, "spec_version": "2.1", "id": _id(kind, known_as), "created_by_ref": maker["id"],
        "created": maker["created"], "modified": maker["created"],
    }  # fmt: skip
    return base | {key: value for key, value in told.items() if value not in (None, [], "")}


def _maker(at: str) -> dict[str, Any]:
    return {
        "type": "identity", "spec_version": "2.1", "id": _id("identity", "dateline"), "created": at, "modified": at,
        "name": "dateline", "identity_class": "system",
    }  # fmt: skip


def _extensions(maker: dict[str, Any], incidents: bool) -> Iterator[dict[str, Any]]:
    told = [(_OWN, "dateline event", "What dateline's record has and STIX does not.", ["property-extension"])]
    if incidents:
        kinds = ["new-sdo", "property-extension"]
        told.append((_CORE, "Incident Core", "Incident, Event and Impact objects of the draft for STIX 2.2.", kinds))
    for name, title, about, kinds in told:
        made = _object("extension-definition", name, maker, name=title, description=about, version="1.0.0")
        yield made | {
            "id": name,
            "schema": "https://github.com/oasis-open/cti-stix-common-objects",
            "extension_types": kinds,
        }


def objects(event: Event, maker: dict[str, Any], incidents: bool) -> Iterator[dict[str, Any]]:
    """The objects of an event: first those that it refers to, then the event itself, then the relations."""
    places = [_location(place, maker) for place in event.where]
    parties = [(actor.role, _identity(event, n, actor, maker)) for n, actor in enumerate(event.actors)]
    yield from places
    yield from (party for _, party in parties)
    parts = list(_incident_parts(event, maker, places)) if incidents else []
    yield from parts
    incident = _incident(event, maker, parts)
    yield incident
    for place in places:
        yield _relation("located-at", incident, place, maker)
    for role, party in parties:
        yield _relation("attributed-to" if role == "agent" else "targets", incident, party, maker)


def _incident(event: Event, maker: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    place = event.where[0].name if event.where else None
    uris = dict.fromkeys(account.report_uri for account in event.accounts)
    when = event.when
    own = {
        "extension_type": "property-extension", "event_id": event.id, "event_type": event.type,
        "status": event.status, "scope": event.scope, "confidence": event.confidence,
        "method": list(event.method),
        "counts": [
            {"what": c.what, "party": c.party, "low": c.low, "best": c.best, "high": c.high} for c in event.counts
        ],
    } | ({"start": when.start, "end": when.end, "date_precision": when.precision} if when else {})  # fmt: skip
    extensions: dict[str, Any] = {_OWN: own}
    if parts:
        refs = {kind: [p["id"] for p in parts if p["type"] == kind] for kind in ("event", "impact")}
        core = {"extension_type": "property-extension", "determination": "suspected", "incident_types": ["other"]}
        core |= {"event_refs": refs["event"]} | ({"impact_refs": refs["impact"]} if refs["impact"] else {})
        extensions[_CORE] = core
    return _object(
        "incident", event.id, maker, name=f"{event.type} at {place}" if place else event.type,
        confidence=round(event.confidence * 100),
        external_references=[{"source_name": "report", "description": uri} for uri in uris], extensions=extensions,
    )  # fmt: skip


def _location(place: EventPlace, maker: dict[str, Any]) -> dict[str, Any]:
    known = place.gazetteer_id or f"{place.country}/{place.name}"
    point = {} if place.lat is None else {"latitude": place.lat, "longitude": place.lon}
    where = {"country": place.country, "administrative_area": place.admin1 if place.country else None}
    region = {} if point or place.country else {"region": place.name}
    return _object("location", known, maker, name=place.name, **where, **point, **region)


def _identity(event: Event, n: int, actor: EventActor, maker: dict[str, Any]) -> dict[str, Any]:
    name = actor.id or f"{event.id}/{n}"
    return _object("identity", name, maker, name=actor.name, identity_class=_CLASSES.get(actor.kind, "unknown"))


def _relation(kind: str, source: dict[str, Any], target: dict[str, Any], maker: dict[str, Any]) -> dict[str, Any]:
    name = f"{kind}/{source['id']}/{target['id']}"
    refs = {"relationship_type": kind, "source_ref": source["id"], "target_ref": target["id"]}
    return _object("relationship", name, maker, **refs)


def _incident_parts(event: Event, maker: dict[str, Any], places: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The Event and Impact objects of the extension."""
    new = {_CORE: {"extension_type": "new-sdo"}}
    when = event.when
    times = {"start_time": f"{when.start}T00:00:00.000Z", "end_time": f"{when.end}T23:59:59.000Z"} if when else {}
    yield _object(
        "event", event.id, maker, name=event.type,
        status="occurred" if event.status == "occurred" else "not-occurred",
        event_types=["other"], description=f"status: {event.status}", location_refs=[p["id"] for p in places],
        extensions=new, **times,
    )  # fmt: skip
    for count in event.counts:
        if count.what not in _IMPACTS:
            continue
        name = f"{event.id}/{count.what}/{count.party}"
        people: dict[str, str | int] = {"extension_type": "property-extension", "impact_type": _IMPACTS[count.what]}
        people |= dict(numbers_of(count))
        yield _object(
            "impact", name, maker, impact_category="physical", description=f"{count.what}: {count.best}",
            extensions=new | {_OWN: people},
        )  # fmt: skip
