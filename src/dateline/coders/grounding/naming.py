"""The entities of a report: the names and expressions that its accounts use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.model import Account, Actor, Entity, Place, Span, When
from dateline.model.vocabulary import EntityKind

_KINDS: dict[str, EntityKind] = {
    "person": "person", "state": "organisation", "armed_group": "organisation", "organisation": "organisation",
}  # fmt: skip


def entities_of(accounts: Iterable[Account], times: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each name once, in the order of the text: the report's times, and the accounts' places and parties."""
    found: dict[tuple[str, Span], Entity] = {}
    for entity in (*times, *(e for account in accounts for e in _of(account))):
        found.setdefault((entity.kind, entity.span), entity)
    return tuple(sorted(found.values(), key=lambda e: (e.span, e.kind)))


def _of(account: Account) -> Iterator[Entity]:
    yield from (_place(p) for p in account.where)
    yield from (e for a in account.actors if (e := _actor(a)) is not None)
    yield from (Entity("person", s.name, s.span) for s in account.said_by if s.name.istitle())
    if account.when is not None and account.when.span is not None:
        yield _time(account.when, account.when.span)


def _place(place: Place) -> Entity:
    return Entity(
        "place", place.name or place.text, place.span, id=place.gazetteer_id, lat=place.lat, lon=place.lon,
        country=place.country, admin1=place.admin1, precision=place.precision, gazetteer_id=place.gazetteer_id,
    )  # fmt: skip


def _actor(actor: Actor) -> Entity | None:
    kind = _KINDS.get(actor.kind)
    named = actor.id is not None or actor.text[:1].isupper()
    return Entity(kind, actor.name, actor.span, id=actor.id) if kind is not None and named else None


def _time(when: When, span: Span) -> Entity:
    value = when.start if when.start == when.end else f"{when.start}/{when.end}"
    return Entity(
        "time", when.text or "", span, value=value, start=when.start, end=when.end, derivation=when.derivation
    )  # fmt: skip
