"""Writes a coding as JSON and reads it. The form is that of RECORD.md; the order of keys is fixed, so that equal
codings give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dateline.model.claims import (
    Account,
    Actor,
    Affiliation,
    Coded,
    CodedBy,
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
from dateline.model.errors import BadRecord
from dateline.model.span import Span
from dateline.version import CODER, VERSION

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = "dateline.coding/1"
C = TypeVar("C", bound=Coded)


def to_json(coding: Coded) -> str:
    """A coding as one line of JSON; letters outside ASCII are not escaped."""
    return json.dumps(as_record(coding), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def as_record(coding: Coded) -> dict[str, Any]:
    """The JSON object of a coding, as plain Python data."""
    return {
        "schema": SCHEMA,
        "coder": _coder(coding),
        "report": _report(coding.report),
        "accounts": [_account(a) for a in coding.accounts],
        "links": [{"kind": k.kind, "from": k.source, "to": k.target} for k in coding.links],
        "entities": [_entity(e) for e in coding.entities],
        "affiliations": [_affiliation(a) for a in coding.affiliations],
        "warnings": list(coding.warnings),
    }


def _coder(coding: Coded) -> dict[str, Any]:
    row = {"name": CODER, "version": VERSION} | ({"reader": coding.reader} if coding.reader else {})
    if coding.by is None:
        return row
    return row | {"coder": coding.by.coder, "model": coding.by.model, "prompt": coding.by.prompt}


def _coded_by(row: dict[str, Any]) -> dict[str, Any] | None:
    return None if row.get("coder") is None else _fields(CodedBy, row)


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def _report(report: Report) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": report.id, "uri": report.uri, "title": report.title, "publisher": report.publisher,
        "lang": report.lang, "text": report.text, "published": _when(report.published),
    }  # fmt: skip
    return row | as_read(report)


def as_read(report: Report) -> dict[str, Any]:
    """What the reader knows about a report besides its words, as JSON objects; empty where it knows nothing."""
    known = [{"field": k.field, "value": k.value, "source": k.source, "chosen": k.chosen} for k in report.known]
    origins = [{"span": _span(o.span), "unit": o.unit, "first": o.first, "last": o.last} for o in report.origins]
    return ({"known": known} if known else {}) | ({"origins": origins} if origins else {})


def _when(when: When | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "start": when.start, "end": when.end, "precision": when.precision, "basis": when.basis,
        "text": when.text, "span": _span(when.span), "derivation": _derivation(when.derivation),
    }  # fmt: skip


def when_record(when: When) -> dict[str, Any]:
    """The JSON object of a period, as plain Python data."""
    return cast(dict[str, Any], _when(when))


def when_of(row: dict[str, Any] | None) -> When | None:
    """The period from what `when_record` gave."""
    return None if row is None else cast(When, _adapter(When).validate_python(_fields(When, row)))


def read_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments for a Report from what `as_read` gave."""
    known = tuple(Known(**one) for one in row.get("known", ()))
    origins = tuple(
        Origin(Span(**one["span"]), one["unit"], one["first"], one["last"]) for one in row.get("origins", ())
    )
    return ({"known": known} if known else {}) | ({"origins": origins} if origins else {})


def _derivation(how: Derivation | None) -> dict[str, Any] | None:
    if how is None:
        return None
    return {"rule": how.rule, "how": how.how, "anchor": how.anchor, "anchor_span": _span(how.anchor_span)}


def _place(place: Place) -> dict[str, Any]:
    return {
        "text": place.text, "span": _span(place.span), "name": place.name, "country": place.country,
        "admin1": place.admin1, "lat": place.lat, "lon": place.lon, "precision": place.precision,
        "gazetteer_id": place.gazetteer_id, "basis": place.basis,
    }  # fmt: skip


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "role": actor.role, "kind": actor.kind, "name": actor.name, "id": actor.id, "text": actor.text,
        "span": _span(actor.span), "said_by": actor.said_by, "basis": actor.basis,
    }  # fmt: skip


def _count(count: Count) -> dict[str, Any]:
    row = {
        "what": count.what, "party": count.party, "low": count.low, "best": count.best, "high": count.high,
        "text": count.text, "span": _span(count.span), "said_by": count.said_by,
    }  # fmt: skip
    return row | ({"part": True} if count.part else {})


def _item(item: Item) -> dict[str, Any]:
    return {"what": item.what, "name": item.name, "count": item.count, "span": _span(item.span)}


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.id, "type": account.type, "method": list(account.method), "status": account.status,
        "scope": account.scope, "trigger": _span(account.trigger),
        "sentences": [_span(s) for s in account.sentences], "when": _when(account.when),
        "where": [_place(p) for p in account.where], "actors": [_actor(a) for a in account.actors],
        "counts": [_count(c) for c in account.counts], "items": [_item(i) for i in account.items],
        "said_by": [{"name": s.name, "span": _span(s.span)} for s in account.said_by],
        "confidence": account.confidence, "derivation": list(account.derivation),
    }  # fmt: skip


_ENTITY_EXTRAS = {
    "place": ("lat", "lon", "country", "admin1", "precision", "gazetteer_id"),
    "time": ("value", "start", "end"),
}


def _entity(entity: Entity) -> dict[str, Any]:
    row = {"kind": entity.kind, "name": entity.name, "id": entity.id, "span": _span(entity.span)}
    row |= {key: getattr(entity, key) for key in _ENTITY_EXTRAS.get(entity.kind, ())}
    return row | ({"derivation": _derivation(entity.derivation)} if entity.kind == "time" else {})


def _affiliation(one: Affiliation) -> dict[str, Any]:
    return {
        "person": one.person, "person_span": _span(one.person_span), "role": one.role,
        "role_span": _span(one.role_span), "organisation": one.organisation,
        "organisation_span": _span(one.organisation_span), "organisation_id": one.organisation_id,
        "parent": one.parent,
    }  # fmt: skip


# ---------------------------------------------------------------- reading back


@cache
def _adapter(form: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(form)


def _checked(form: type[C], row: dict[str, Any]) -> C:
    """The parts as an object of a class, each checked. pydantic is imported only here, as writing does not need it."""
    from pydantic import ValidationError

    try:
        return _adapter(form).validate_python(row)  # type: ignore[no-any-return, arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise BadRecord(f"{at}: {first['msg']}.") from None


def from_json(line: str | bytes, form: type[C]) -> C:
    """Read what `to_json` wrote, as a Coding or another class with the same parts. Fields that this version does not
    know are left out."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRecord(f"not a coding: {error!r}.") from None
    return from_record(row, form)


def from_record(row: Any, form: type[C]) -> C:
    """Read the JSON object of a coding, as plain Python data. Raises BadRecord (DL-E005)."""
    try:
        if not isinstance(row, dict) or row.get("schema") != SCHEMA:
            raise BadRecord(f'"schema" is not "{SCHEMA}".')
        return _checked(form, _renamed(row))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRecord(f"not a coding: {error!r}.") from None


_SPANS = ("span", "trigger", "anchor_span", "person_span", "role_span", "organisation_span")


def _fields(form: type, row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a class that a row has, with spans as pairs."""
    known = {key: row[key] for key in form.__slots__ if key in row}  # type: ignore[attr-defined]
    spans = {key: _pair(value) for key, value in known.items() if key in _SPANS}
    told = isinstance(known.get("derivation"), dict)
    return known | spans | ({"derivation": _fields(Derivation, known["derivation"])} if told else {})


def _pair(span: dict[str, int] | None) -> tuple[int, int] | None:
    return None if span is None else (span["start"], span["end"])


def _maybe(form: type, row: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else _fields(form, row)


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    report = _fields(Report, row["report"])
    return {
        "report": {
            **report,
            "published": _maybe(When, report.get("published")),
            "known": [_fields(Known, one) for one in report.get("known", ())],
            "origins": [_fields(Origin, one) for one in report.get("origins", ())],
        },
        "accounts": [_renamed_account(a) for a in row["accounts"]],
        "links": [{"kind": k["kind"], "source": k["from"], "target": k["to"]} for k in row["links"]],
        "entities": [_fields(Entity, e) for e in row["entities"]],
        "affiliations": [_fields(Affiliation, a) for a in row.get("affiliations", ())],
        "warnings": row["warnings"],
        "reader": row.get("coder", {}).get("reader"),
        "by": _coded_by(row.get("coder", {})),
    }


def _renamed_account(row: dict[str, Any]) -> dict[str, Any]:
    parts = {"where": Place, "actors": Actor, "counts": Count, "items": Item, "said_by": Speaker}
    return {
        **_fields(Account, row),
        "sentences": [_pair(s) for s in row["sentences"]],
        "when": _maybe(When, row["when"]),
        **{key: [_fields(form, entry) for entry in row[key]] for key, form in parts.items()},
    }


__all__ = ["SCHEMA", "Link", "as_read", "as_record", "from_json", "read_of", "to_json", "when_of", "when_record"]
