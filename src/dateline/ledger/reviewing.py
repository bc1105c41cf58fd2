"""Apply judgements to an event: its state of review, and the values that somebody corrected."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from dateline.ledger.bonds import Judgement, verdicts
from dateline.ledger.errors import BadJudgement
from dateline.model.event import Correction, Event, EventActor, EventCount, EventPlace, EventWhen, Pointed
from dateline.model.vocabulary import (
    ACTOR_KINDS,
    METHODS,
    PARTIES,
    PRECISIONS,
    STATUSES,
    TYPES,
    WHATS,
    Party,
    Review,
    What,
)
from dateline.who import actors_meant, known_actors

#: States of review: nobody judged it; all accounts were accepted; all were rejected; somebody is unsure; accounts were
#: added since.
STATES: tuple[Review, ...] = get_args(Review)
#: The fields that a correction can set.
FIELDS = ("type", "method", "status", "scope", "when", "where", "actors", "counts.WHAT.PARTY")
ROLES = ("agent", "target", "victim")
_RULE = "judged"
#: The largest number that a column of the database can hold.
_MOST_PEOPLE = 2**31 - 1


def state_of(keys: Sequence[str], found: Iterable[Judgement]) -> Review:
    """The state of review of an event with these accounts."""
    told = verdicts(found)
    own = [told.get(key) for key in keys]
    settled: tuple[tuple[str, Review], ...] = (("accept", "accepted"), ("reject", "rejected"))
    for verdict, state in settled:
        if all(v == verdict for v in own):
            return state
    if "unsure" in own:
        return "unsure"
    return "changed" if any(own) else "unreviewed"


def corrected(event: Event, keys: Sequence[str], found: Iterable[Judgement]) -> Event:
    """The event with corrected values. Their rule is `judged`, and `corrections` names the judgements. The accounts'
    own values stay unchanged, in `figures` and in the accounts."""
    held = set(keys)
    mine = [j for j in found if j.kind == "correct" and j.parts and set(j.parts[0]) <= held]
    for one in mine:
        event = _with(event, one.value["field"], one.value["value"])
    return replace(event, corrections=tuple(map(_told, mine)))


def value_of(event: Event, field: str) -> Any:
    """An event's value of a field, in the form in which a correction gives it."""
    if not field.startswith("counts."):
        return event.as_record()[field]
    found = _count_of(event, field)
    return None if found is None else {"low": found.low, "best": found.best, "high": found.high}


def _count_of(event: Event, field: str) -> EventCount | None:
    """The figure that a field names ("counts.killed.civilian")."""
    _, what, party = field.split(".")
    return next((c for c in event.counts if c.what == what and (c.party or "unknown") == party), None)


def _told(one: Judgement) -> Correction:
    words = one.value.get("words")
    return Correction(one.value["field"], one.num, one.by, Pointed(**words) if words else None)


def _with(event: Event, field: str, value: Any) -> Event:
    """An event with another value of a field, in the form that `checked` gives."""
    if field == "when":
        return replace(event, when=None if value is None else EventWhen(**value, rule=_RULE))
    if field == "where":
        return replace(event, where=tuple(EventPlace(**one) for one in value))
    if field == "actors":
        worded = {(a.role, a.id or a.name): a.worded for a in event.actors}
        actors = (EventActor(**a, worded=worded.get((a["role"], a["id"] or a["name"]), ())) for a in value)
        return replace(event, actors=tuple(actors))
    if field.startswith("counts."):
        return replace(event, counts=_counts(event, field, value))
    plain: dict[str, Any] = {field: tuple(value) if field == "method" else value}
    return replace(event, **plain)


def _counts(event: Event, field: str, value: Any) -> tuple[EventCount, ...]:
    """The figures, the corrected one last. If the correction is "no figure" and no account tells one, it is left
    out."""
    old = _count_of(event, field)
    rest = tuple(count for count in event.counts if count is not old)
    figures, history = (old.figures, old.history) if old else ((), ())
    if value is None and not figures:
        return rest
    what, party = cast(tuple[What, Party], tuple(field.split(".")[1:]))
    bounds = value or {"low": None, "best": None, "high": None}
    return (*rest, EventCount(what, party, **bounds, rule=_RULE, figures=figures, history=history))


def checked(field: str, value: Any) -> Any:
    """A correction's value, in the form of the event's record. Raises BadJudgement (DL-L009)."""
    words = {"type": TYPES, "status": STATUSES, "scope": frozenset(("event", "rollup"))}
    if field in words:
        if value not in words[field]:
            raise BadJudgement(f"{value!r} is no {field}. Known: {', '.join(sorted(words[field]))}.")
        return value
    if field == "when":
        return _days(value)
    if field == "method":
        return _methods(value)
    if field == "where":
        return [_place(one) for one in _listed(field, value)]
    if field == "actors":
        return [_actor(one) for one in _listed(field, value)]
    if field.startswith("counts."):
        return _figure(field, value)
    raise BadJudgement(f"{field!r} cannot be corrected. Known: {', '.join(FIELDS)}.")


def _listed(field: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise BadJudgement(f"{field!r} is a list of {'places' if field == 'where' else 'parties'}.")
    return value


def _methods(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadJudgement("'method' is a list of words.")
    wrong = [one for one in value if one not in METHODS]
    if wrong:
        raise BadJudgement(f"{wrong[0]!r} is no method. Known: {', '.join(sorted(METHODS))}.")
    return list(dict.fromkeys(value))


def _actor(value: dict[str, Any]) -> dict[str, Any]:
    """A party. If exactly one known actor has the name, the party is that actor."""
    name, role = value.get("name"), value.get("role")
    if not isinstance(name, str) or not name.strip():
        raise BadJudgement("A party has a name.")
    if role not in ROLES:
        raise BadJudgement(f"{role!r} is no role. Known: {', '.join(ROLES)}.")
    kind, key = value.get("kind") or "unknown", value.get("id")
    if kind not in ACTOR_KINDS:
        raise BadJudgement(f"{kind!r} is no kind of party. Known: {', '.join(sorted(ACTOR_KINDS))}.")
    if key is not None and not isinstance(key, str):
        raise BadJudgement(f"{key!r} is no id of a party.")
    meant = actors_meant(name.strip()) if key is None else ()
    known = meant[0] if len(meant) == 1 else known_actors().get(key or "")
    if known is None:
        return {"role": role, "kind": kind, "name": name.strip(), "id": key}
    return {"role": role, "kind": known.kind, "name": known.name if meant else name.strip(), "id": known.id}


def _days(value: Any) -> Any:
    """Days in the form of the record, from None, "2024-05-14", "2024-05-14..2024-05-16", or start and end."""
    if value is None:
        return None
    start, end = (
        (value.get("start"), value.get("end")) if isinstance(value, dict) else (*str(value).split(".."), None)[:2]
    )
    try:
        first = dt.date.fromisoformat(str(start))
        last = dt.date.fromisoformat(str(end)) if end else first
    except ValueError:
        raise BadJudgement(f"{value!r} is no day; write 2024-05-14 or 2024-05-14..2024-05-16.") from None
    if last < first:
        raise BadJudgement(f"{value!r} ends before it begins.")
    given = value.get("precision") if isinstance(value, dict) else None
    precision = given if given in PRECISIONS else "day" if first == last else "range"
    return {"start": first.isoformat(), "end": last.isoformat(), "precision": precision}


def _place(value: dict[str, Any]) -> dict[str, Any]:
    name = value.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadJudgement("A place has a name.")
    lat, lon = value.get("lat"), value.get("lon")
    known = isinstance(lat, (int, float)) and isinstance(lon, (int, float))
    if known and not (abs(float(lat or 0)) <= 90 and abs(float(lon or 0)) <= 180):
        raise BadJudgement(f"{lat}, {lon} is no point on earth.")
    fields = ("country", "admin1", "precision", "gazetteer_id")
    rest = {key: value.get(key) for key in fields}
    point = {"lat": lat, "lon": lon} if known else {"lat": None, "lon": None}
    return {"name": name.strip(), "country": rest["country"], "admin1": rest["admin1"], **point,
            "precision": rest["precision"], "gazetteer_id": rest["gazetteer_id"]}  # fmt: skip


def _figure(field: str, value: Any) -> Any:
    parts = field.split(".")
    if len(parts) != 3 or parts[1] not in WHATS or parts[2] not in PARTIES:
        raise BadJudgement(f"{field!r} is no figure; write counts.WHAT.PARTY, for example counts.killed.civilian.")
    if value is None:
        return None
    bounds = value if isinstance(value, dict) else {"low": value, "best": value, "high": value}
    low, best, high = (bounds.get(key) for key in ("low", "best", "high"))
    known = [n for n in (low, best, high) if n is not None]
    if not known or not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in known):
        raise BadJudgement(f"{value!r} is no figure; whole numbers from 0.")
    if known != sorted(known):
        raise BadJudgement(f"{value!r}: low is at most best, best at most high.")
    return {"low": low, "best": best, "high": high}


_THINGS = ("operations", "raids", "incidents", "sites", "items")


def people_of(event: Event) -> int:
    """The largest figure of an event that counts people, not things."""
    return min(max((c.people for c in event.counts if c.what not in _THINGS), default=0), _MOST_PEOPLE)


#: Figures of people that an event harms. Others (marchers, suspects) count people who only take part in it.
_HARM = ("killed", "wounded", "neutralised", "arrested", "kidnapped")


def harmed_of(event: Event) -> int:
    """How many people were killed, wounded, neutralised, arrested or kidnapped. A figure without a party counts as the
    total of all parties, if it is larger than their sum."""
    return min(sum(_of_all(event, what) for what in _HARM), _MOST_PEOPLE)


def _of_all(event: Event, what: str) -> int:
    told = [(c.party, c.people) for c in event.counts if c.what == what]
    parts = sum(n for party, n in told if party not in (None, "unknown"))
    return max([parts, *(n for party, n in told if party in (None, "unknown"))])


def killed_of(event: Event) -> int | None:
    """How many people were killed; None where no figure is told, or where it is 0."""
    return min(_of_all(event, "killed"), _MOST_PEOPLE) or None


def doubt_of(event: Event) -> float:
    """How much a reviewer gains by looking at the event: uncertainty times impact; 0 where a person has settled it.

    Uncertainty is the variance p(1-p), times 4 so that it is at most 1, of the chance p that the event is right, or of
    one of its ties, whichever is larger. Each field on which sources disagree adds 0.25. Impact grows with the
    logarithm of the number of people.
    """
    if event.review in ("accepted", "rejected"):
        return 0.0
    chances = [event.confidence, *(1.0 / (1.0 + math.exp(-tie.weight)) for tie in event.why)]
    doubt = max(4.0 * c * (1.0 - c) for c in chances) + 0.25 * len(event.disagreements)
    return round(doubt * (1.0 + math.log10(1.0 + people_of(event))), 4)
