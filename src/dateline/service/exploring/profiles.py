"""The profile of an actor or a place, made from its events: how reports name it, which other parties are in the events,
where it lies, and which sources report on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from dateline.ledger import Ledger, Query
from dateline.ledger.names import actor_label, actors_of, places_of
from dateline.ledger.search import folded
from dateline.model.event import Event, EventActor, EventPlace
from dateline.service.errors import NoSuchActor, NoSuchPlace
from dateline.service.exploring.columns import Columns, Flags
from dateline.service.exploring.facets import facets
from dateline.service.exploring.masks import masks_of

Record = dict[str, Any]
#: The most events that are read for a profile (the newest), and the most values in each of its lists.
_EVENTS, _SHOWN = 3_000, 15
#: The source that is shown for reports from files of which no publisher is known.
_NO_PUBLISHER = "no publisher named"
#: The most other names of a place that are shown.
_NAMES = 40


def actor_profile(ledger: Ledger, columns: Columns, key: str) -> Record:
    """The profile of an actor. Raises NoSuchActor (DL-S025)."""
    from dateline.who import branches_of, chain_of, known_actors, names_of, years_of

    asked, query = actors_of(key), Query(actors=(key,))
    mask = _mask(columns, query)
    events = _events(ledger, columns, mask)
    known = known_actors().get(next(iter(asked.ids)) if len(asked.ids) == 1 else "")
    own = [[a for a in r.actors if a.id in asked.ids or folded(a.name) in asked.names] for r in events]
    name = actor_label(known.id if known else key) or next((a.name for some in own for a in some), None)
    if name is None:
        raise NoSuchActor("Nobody of this name or id is known.", where=key)
    against, beside = _others(events, own)
    return {
        "key": key,
        "id": known.id if known else next((a.id for some in own for a in some if a.id), None),
        "name": name,
        "kind": known.kind if known else _most(a.kind for some in own for a in some),
        "country": known.country if known else None,
        "years": years_of(known.id) if known else "",
        "aliases": [one for one in names_of(known.id) if one != name] if known else [],
        "events": int(mask.sum()),
        "roles": dict(Counter(role for some in own for role in {a.role for a in some})),
        "worded": _counted({text for a in some for text in a.worded} for some in own),
        "chain": [_kin(columns, one.id) for one in chain_of(known.id)] if known else [],
        "branches": _largest(_kin(columns, one.id) for one in branches_of(known.id)) if known else [],
        "against": against,
        "beside": beside,
        "sources": _sources(ledger, events),
    }


def place_profile(ledger: Ledger, columns: Columns, key: str) -> Record:
    """The profile of a place. Raises NoSuchPlace (DL-S026)."""
    from dateline.where import country_name, meaning, other_names, place_of

    query = Query(places=(key,))
    mask = _mask(columns, query)
    events = _events(ledger, columns, mask)
    own = [[p for p in r.where if _is_asked(p, key)] for r in events]
    ids = [key] if ":" in key else [sense.gazetteer_id for sense in meaning(key).senses if sense.gazetteer_id]
    # Of places with the same name, take the one with the most events ("Mosul" is the town, not its district).
    best = max(ids, key=lambda one: int(_mask(columns, Query(places=(one,))).sum()), default=None)
    entry = None if best is None else place_of(best)
    named = entry.name if entry else next((p.name for some in own for p in some), None)
    if named is None or (entry is None and not mask.any()):
        raise NoSuchPlace("No place of this name or id is known.", where=key)
    code, admin1 = (entry.country, entry.admin1) if entry else (None, None)
    country = country_name(code) if code else None
    outer = [(f"{admin1}, {code}", admin1)] if admin1 and code and admin1 != named else []
    outer += [(code, country)] if code and country and country != named else []
    inside = facets(columns, masks_of(columns, query, lambda _: set()), query)
    return {
        "key": key,
        "name": named,
        "kind": entry.kind if entry else None,
        "country": country,
        "admin1": admin1,
        "lat": entry.lat if entry else None,
        "lon": entry.lon if entry else None,
        "population": entry.population if entry else 0,
        "aliases": list(other_names(entry.gazetteer_id)[:_NAMES]) if entry else [],
        "events": int(mask.sum()),
        "worded": _counted({p.text for p in some if p.text} for some in own),
        "outer": [
            {"label": label, "key": at, "events": int(_mask(columns, Query(places=(at,))).sum())} for at, label in outer
        ],
        "inner": _inner(events, entry.kind if entry else None, code, named),
        "actors": [{"label": a["label"], "key": a["value"], "events": a["count"]} for a in inside["actor"][:_SHOWN]],
        "sources": _sources(ledger, events),
    }


def _is_asked(place: EventPlace, key: str) -> bool:
    asked = places_of(key)
    return place.gazetteer_id in asked.ids or folded(place.name) in asked.names or place.country in asked.countries


def _inner(events: list[Event], kind: str | None, code: str | None, name: str) -> list[Record]:
    """The provinces of a country, or the towns of a province, in which its events took place."""
    if kind == "country":
        found = [{(f"{p.admin1}, {code}", p.admin1) for p in r.where if p.admin1 and p.country == code} for r in events]
    elif kind == "admin1":
        found = [
            {(p.gazetteer_id, p.name) for p in r.where if p.admin1 == name and p.name != name and p.gazetteer_id}
            for r in events
        ]
    else:
        return []
    counts = Counter(one for some in found for one in some)
    top = sorted(counts, key=lambda one: (-counts[one], one))[:_SHOWN]
    return [{"key": key, "label": label, "events": counts[key, label]} for key, label in top]


def _mask(columns: Columns, query: Query) -> Flags:
    return masks_of(columns, query, lambda _: set()).all()


def _events(ledger: Ledger, columns: Columns, mask: Flags) -> list[Event]:
    return ledger.versions(columns.num[np.flatnonzero(mask)[-_EVENTS:]].tolist())


def _kin(columns: Columns, key: str) -> Record:
    from dateline.who import years_of

    events = int(_mask(columns, Query(actors=(key,))).sum())
    return {"id": key, "name": actor_label(key) or key, "years": years_of(key), "events": events}


def _largest(kin: Iterable[Record]) -> list[Record]:
    """Sort related actors by number of events, the most first, then by name."""
    return sorted(kin, key=lambda one: (-one["events"], one["name"]))


def _others(events: list[Event], own: list[list[EventActor]]) -> tuple[list[Record], list[Record]]:
    """The other parties of an actor's events: first those on the other side (doer or done to), then those on the same
    side. `own` are the actor's parties in each event."""
    against: Counter[tuple[str, str]] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for event, mine in zip(events, own, strict=True):
        sides = {_side(a) for a in mine}
        others = {(_key(a), _side(a)) for a in event.actors if a not in mine and _is_somebody(a)}
        for key, side in others:
            (beside if sides == {side} else against)[key] += 1
    return _top(against), _top(beside)


def _side(actor: EventActor) -> str:
    return "doer" if actor.role == "agent" else "done to"


def _is_somebody(actor: EventActor) -> bool:
    return actor.id is not None or actor.kind in ("state", "armed_group", "organisation", "person")


def _key(actor: EventActor) -> tuple[str, str]:
    return actor.id or actor.name, (actor.id and actor_label(actor.id)) or actor.name


def _top(counts: Counter[tuple[str, str]]) -> list[Record]:
    shown = sorted(counts, key=lambda one: (-counts[one], one))[:_SHOWN]
    return [{"key": key, "label": label, "events": counts[key, label]} for key, label in shown]


def _counted(found: Iterable[set[str]]) -> list[Record]:
    """Texts with the number of events that have them. Texts that differ only in capital letters are counted as one."""
    counts: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for texts in found:
        counts.update({text.casefold() for text in texts})
        for text in texts:
            shown.setdefault(text.casefold(), Counter())[text] += 1
    top = sorted(counts, key=lambda one: (-counts[one], one))[:_SHOWN]
    return [{"label": min(shown[one], key=lambda t: (-shown[one][t], t)), "events": counts[one]} for one in top]


def _sources(ledger: Ledger, events: list[Event]) -> list[Record]:
    """The sources of events: publishers, or else the hosts of the reports' addresses. Files without a publisher are
    counted together."""
    told = {row["key"]: _source(row) for row in ledger.sources({a.report for r in events for a in r.accounts})}
    return _counted({told[a.report] for a in r.accounts if a.report in told} for r in events)


def _source(row: Record) -> str:
    if row["publisher"]:
        return str(row["publisher"])
    return _host(str(row["uri"])) or _NO_PUBLISHER


def _host(uri: str) -> str | None:
    try:
        return urlsplit(uri).hostname
    except ValueError:  # A file name may hold "[".
        return None


def _most(values: Iterable[str]) -> str | None:
    counts = Counter(values)
    return min(counts, key=lambda one: (-counts[one], one)) if counts else None
