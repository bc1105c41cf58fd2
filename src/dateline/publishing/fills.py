"""Functions that fill the columns of other projects' layouts, where no column of ours can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dateline.model import types
from dateline.model.event import Event, EventActor
from dateline.model.vocabulary import Party, Role
from dateline.publishing.columns import Fill, Value, figure, joined


def kind_of(event: Event, roles: tuple[Role, ...], nth: int = 0) -> str | None:
    found = [actor.kind for actor in event.actors if actor.role in roles]
    return found[nth] if len(found) > nth else None


def _name(roles: tuple[Role, ...], nth: int) -> Fill:
    def filled(event: Event) -> Value:
        found = list(dict.fromkeys(event.names(*roles)))
        return found[nth] if len(found) > nth else None

    return filled


def _others(roles: tuple[Role, ...]) -> Fill:
    return lambda event: joined(list(dict.fromkeys(event.names(*roles)))[1:])


def _part(of: slice) -> Fill:
    """A function that gives the year, month or day; 0 for a month or day that is not known, as in GTD."""

    def filled(event: Event) -> Value:
        if event.when is None:
            return None
        known = {"day": 10, "month": 7, "range": 10, "week": 10, "weekend": 10}.get(event.when.precision, 4)
        return int(event.when.start[of]) if of.stop <= known else 0

    return filled


def _span(event: Event) -> Value:
    """The length in days of the time in which the event took place, as a class for codes of precision."""
    if event.when is None:
        return None
    days = (dt.date.fromisoformat(event.when.end) - dt.date.fromisoformat(event.when.start)).days + 1
    return next((name for most, name in ((1, "1"), (6, "6"), (7, "7"), (31, "31")) if days <= most), "more")


_STRUCK: tuple[Role, ...] = ("target", "victim")
#: The side of a conflict for each kind of party; for other kinds the side is not known.
_SIDE: dict[str, Party] = {
    "state": "state", "armed_group": "nonstate", "civilian": "civilian", "person": "civilian", "facility": "civilian",
}  # fmt: skip


def _sides(event: Event) -> tuple[EventActor | None, EventActor | None]:
    """Sides A and B in UCDP's order: a state comes first, else the agent."""
    one, other = (next((a for a in event.actors if a.role in roles), None) for roles in (("agent",), _STRUCK))
    if other is not None and other.kind == "state" and (one is None or one.kind != "state"):
        return other, one
    return one, other


def _side_name(nth: int) -> Fill:
    """A function that gives a side's name. Where civilians were attacked, side B is "Civilians"."""

    def filled(event: Event) -> Value:
        side = _sides(event)[nth]
        if side is None:
            return None
        return "Civilians" if nth and _SIDE.get(side.kind) == "civilian" else side.name

    return filled


def _dead(event: Event, party: Party | None = None) -> int:
    """The number of dead of a party; of all parties where none is given."""
    own = (c for c in event.counts if c.what == "killed" and party in (None, c.party or "unknown"))
    return sum(c.best or 0 for c in own)


def _side_dead(event: Event, nth: int) -> int:
    """The number of dead of a side.

    Reports say only whether the dead were a state's people or not. So where both sides are states, or neither is, the
    side of the dead is not known.
    """
    party, other = (side and _SIDE.get(side.kind) for side in (_sides(event)[nth], _sides(event)[1 - nth]))
    return _dead(event, party) if party in ("state", "nonstate") and party != other else 0


def _unknown_dead(event: Event) -> Value:
    return _dead(event) - _dead(event, "civilian") - _side_dead(event, 0) - _side_dead(event, 1)


def _group(roles: tuple[Role, ...]) -> Fill:
    """A function that gives a group in ACLED's terms: protesters, rioters, armed groups that are not on our list."""

    def filled(event: Event) -> Value:
        found = next((a for a in event.actors if a.role in roles), None)
        if "agent" in roles and "crowd" in types.of(event.type).told_as:
            return event.type
        if found is not None and found.kind == "armed_group" and found.id is None:
            return "unnamed_group"
        return None if found is None else found.kind

    return filled


def _of_kinds(roles: tuple[Role, ...], kinds: tuple[str, ...]) -> Fill:
    """A function that gives the names of the parties of these kinds."""
    return lambda e: joined(dict.fromkeys(a.name for a in e.actors if a.role in roles and a.kind in kinds))


def _effect(event: Event) -> Value:
    """The effect of the incident on people, in MUC-4's terms."""
    told = {c.what for c in event.counts if c.high is None or c.high > 0}
    return next((word for what, word in (("killed", "DEATH"), ("wounded", "INJURY")) if what in told), None)


def _vague_days(event: Event) -> Value:
    """The first and the last possible day, where the exact day is not known."""
    when = event.when
    return None if when is None or when.precision == "day" else f"{when.start} to {when.end}"


def _priogrid(event: Event) -> Value:
    """The cell of PRIO-GRID (half a degree), numbered from the south-west."""
    point = _point(event)
    if point is None:
        return None
    row, column = min(359, int((point[1] + 90) * 2)), min(719, int((point[0] + 180) * 2))
    return row * 720 + column + 1


def _point(event: Event) -> tuple[float, float] | None:
    """Longitude and latitude of the first place."""
    place = event.where[0] if event.where else None
    return None if place is None or place.lat is None or place.lon is None else (place.lon, place.lat)


def _wkt(event: Event) -> Value:
    point = _point(event)
    return None if point is None else f"POINT ({point[0]} {point[1]})"


def _flag(holds: Callable[[Event], bool]) -> Fill:
    return lambda event: int(holds(event))


def _country(event: Event) -> Value:
    from dateline.where import country_name

    code = event.where[0].country if event.where else None
    return country_name(code) if code else None


def _notes(event: Event) -> Value:
    return joined(map(figure, event.counts))


def _city(event: Event) -> Value:
    fine = (p.name for p in event.where if p.precision in ("city", "neighbourhood", "site"))
    return next(fine, None)


def _report(nth: int) -> Fill:
    return lambda event: event.accounts[nth].report_uri if len(event.accounts) > nth else None


GETTERS: dict[str, Fill] = {
    "agent1": _name(("agent",), 0),
    "agent2": _name(("agent",), 1),
    "agent3": _name(("agent",), 2),
    "other_agents": _others(("agent",)),
    "agent_kind": lambda e: kind_of(e, ("agent",)),
    "agent_id": lambda e: next((a.id for a in e.actors if a.role == "agent"), None),
    "struck1": _name(_STRUCK, 0),
    "struck2": _name(_STRUCK, 1),
    "other_struck": _others(_STRUCK),
    "struck_kind": lambda e: kind_of(e, _STRUCK),
    "struck_id": lambda e: next((a.id for a in e.actors if a.role in _STRUCK), None),
    "civilians_struck": _flag(lambda e: kind_of(e, _STRUCK) in ("civilian", "person")),
    "year": _part(slice(0, 4)),
    "month": _part(slice(5, 7)),
    "day_of_month": _part(slice(8, 10)),
    "compact_day": lambda e: e.when.start.replace("-", "") if e.when else None,
    "days_wide": _span,
    "country_name": _country,
    "city": _city,
    "priogrid": _priogrid,
    "point_wkt": _wkt,
    "side_a": _side_name(0),
    "side_b": _side_name(1),
    "deaths_a": lambda e: _side_dead(e, 0),
    "deaths_b": lambda e: _side_dead(e, 1),
    "deaths_civilians": lambda e: _dead(e, "civilian"),
    "deaths_unknown": _unknown_dead,
    "agent_group": _group(("agent",)),
    "struck_group": _group(_STRUCK),
    "agent_people": _of_kinds(("agent",), ("person", "civilian", "unknown")),
    "agent_bodies": _of_kinds(("agent",), ("state", "armed_group", "organisation")),
    "struck_things": _of_kinds(_STRUCK, ("facility",)),
    "struck_named": _of_kinds(_STRUCK, ("person",)),
    "struck_people": _of_kinds(_STRUCK, ("state", "armed_group", "civilian", "organisation", "unknown")),
    "effect": _effect,
    "vague_days": _vague_days,
    "notes": _notes,
    "is_suicide": _flag(lambda e: "suicide" in e.method),
    "is_success": _flag(lambda e: e.status in ("occurred", "ongoing")),
    "is_kidnapping": _flag(lambda e: e.type in types.HOSTAGE or "hostage" in e.method),
    "is_long": _flag(lambda e: e.type in types.HOSTAGE),
    "is_claimed": _flag(lambda e: e.type == "claim"),
    "report1": _report(0),
    "report2": _report(1),
    "report3": _report(2),
}
