"""RDF as JSON-LD. An event is both a schema.org Event and an Event of the Simple Event Model (SEM), its parties have
roles, and each figure is a Claim with its speaker."""

from __future__ import annotations

from typing import IO, Any
from urllib.parse import quote

from dateline.ledger.rows import as_json
from dateline.model.event import Event, EventActor, EventCount, EventPlace, Figure
from dateline.publishing.formats import Whole
from dateline.publishing.formats.rows import numbers_of

_CONTEXT = {
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "dl": "urn:dateline:",
}
_GEONAMES = "https://sws.geonames.org/"


def write(out: IO[bytes], whole: Whole) -> int:
    """Write the events as one graph."""
    out.write(b'{"@context":' + as_json(_CONTEXT).encode() + b',"@graph":[')
    count = 0
    for event in whole.events():
        out.write((b",\n" if count else b"\n") + as_json(node(event)).encode())
        count += 1
    out.write(b"\n]}\n")
    return count


def node(event: Event) -> dict[str, Any]:
    """The node of an event."""
    iri = _urn("event", event.id)
    made: dict[str, Any] = {
        "@id": iri,
        "@type": ["schema:Event", "sem:Event"],
        "sem:eventType": {"@id": _urn("type", event.type)},
        "schema:eventStatus": event.status,
        "schema:name": _title(event),
        "dl:confidence": _number(event.confidence),
        "dl:scope": event.scope,
        "dl:method": list(event.method),
        "sem:hasActor": [_actor(iri, n, actor) for n, actor in enumerate(event.actors, 1)],
        "schema:location": [_place(place) for place in event.where],
        "sem:hasPlace": [{"@id": _place(place)["@id"]} for place in event.where],
        "schema:subjectOf": [_claim(iri, c, f, n) for c in event.counts for n, f in enumerate(c.figures, 1)],
        "prov:wasDerivedFrom": [{"@id": _report(u)} for u in dict.fromkeys(a.report_uri for a in event.accounts)],
    }
    if when := event.when:
        made |= {
            "schema:startDate": _day(when.start), "schema:endDate": _day(when.end),
            "sem:hasEarliestBeginTimeStamp": _day(when.start), "sem:hasLatestEndTimeStamp": _day(when.end),
            "dl:datePrecision": when.precision,
        }  # fmt: skip
    if event.part_of:
        made["sem:subEventOf"] = {"@id": _urn("event", event.part_of)}
    return made


def _title(event: Event) -> str:
    return f"{event.type} at {event.where[0].name}" if event.where else event.type


def _urn(*parts: str) -> str:
    return "urn:dateline:" + ":".join(quote(part, safe="") for part in parts)


def _report(uri: str) -> str:
    return uri if uri.startswith(("https://", "http://")) and " " not in uri else _urn("report", uri)


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}


def _number(number: float) -> dict[str, str]:
    return {"@value": repr(float(number)), "@type": "xsd:double"}


def _place(place: EventPlace) -> dict[str, Any]:
    known = place.gazetteer_id or f"{place.country}/{place.name}"
    iri = f"{_GEONAMES}{known[9:]}/" if known.startswith("geonames:") else _urn("place", known)
    made: dict[str, Any] = {"@id": iri, "@type": ["schema:Place", "sem:Place"], "schema:name": place.name}
    if place.country:
        made["schema:addressCountry"] = place.country
    if place.lat is not None and place.lon is not None:
        made |= {"geo:lat": _number(place.lat), "geo:long": _number(place.lon)}
    return made


def _actor(event: str, n: int, actor: EventActor) -> dict[str, Any]:
    """A party in its role. SEM keeps the role separate from the actor, because it is for this event only."""
    iri = _urn("actor", actor.id) if actor.id else f"{event}:actor:{n}"
    kind = "schema:Person" if actor.kind == "person" else "schema:Organization"
    return {
        "@type": "sem:Role", "@id": f"{event}:role:{n}", "sem:roleType": {"@id": _urn("role", actor.role)},
        "schema:about": {"@id": iri, "@type": ["sem:Actor", kind], "schema:name": actor.name},
    }  # fmt: skip


def _claim(event: str, count: EventCount, figure: Figure, n: int) -> dict[str, Any]:
    """A figure as a Claim: what is said, in which words, by whom, in which report."""
    parts = (count.what, count.party or "unknown", str(n))
    made: dict[str, Any] = {
        "@id": f"{event}:claim:" + ":".join(parts), "@type": "schema:Claim", "schema:text": figure.text,
        "dl:counts": count.what, "dl:party": count.party or "unknown",
        "schema:appearance": {"@id": _report(figure.report_uri)},
    }  # fmt: skip
    made |= {f"dl:{key}": number for key, number in numbers_of(figure)}
    if figure.said_by:
        made["schema:author"] = {"@type": "schema:Thing", "schema:name": figure.said_by}
    return made
