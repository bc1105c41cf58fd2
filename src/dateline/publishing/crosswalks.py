"""Other projects' layouts: which of their types an event of ours is, and how their columns are filled.

A layout is a file of knowledge/crosswalks: the types, the columns, and what is lost on the way. No row of another
project is shipped; theirs are people's judgements by their own codebooks, ours are made by rules, so the same column
may hold less than theirs does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from dateline.model.event import Event
from dateline.model.knowledge import load
from dateline.model.types import HOSTAGE
from dateline.model.vocabulary import Party, Role
from dateline.publishing.columns import FILLED, Fill, Value, figure, joined
from dateline.publishing.errors import BadEdition

LOSSES = ("layout", "field", "loss")


@dataclass(frozen=True, slots=True)
class TypeRule:
    """Which of their values events get: of these types, with one of these methods, of these statuses; what is empty
    asks for nothing."""

    give: dict[str, str]
    type: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    agent: tuple[str, ...] = ()
    target: tuple[str, ...] = ()

    def fits(self, event: Event) -> bool:
        """Does the rule fit the event?"""
        return (
            (not self.type or event.type in self.type)
            and (not self.method or not set(self.method).isdisjoint(event.method))
            and (not self.status or event.status in self.status)
            and (not self.agent or _kind(event, ("agent",)) in self.agent)
            and (not self.target or _kind(event, ("target", "victim")) in self.target)
        )


@dataclass(frozen=True, slots=True)
class LaidColumn:
    """A column of theirs: `of` names what fills it (a getter below, a column of ours, or `give.NAME`), `codes` turns
    the value into theirs (`*`: any other, `-`: none), `always` fills it with one value. Without either it is empty."""

    name: str
    about: str = ""
    of: str | None = None
    codes: dict[str, str | int] = field(default_factory=dict)
    always: str | int | None = None


@dataclass(frozen=True, slots=True)
class Only:
    """Which events their project would have at all; what is empty asks for nothing."""

    scope: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    killed: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """What the layout cannot say, or says otherwise."""

    field: str
    loss: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A project's layout: the edition of its codebook that it follows, types, columns, losses."""

    title: str
    codebook: str
    types: tuple[TypeRule, ...]
    columns: tuple[LaidColumn, ...]
    losses: tuple[Loss, ...]
    only: Only = Only()


@cache
def layouts() -> dict[str, Layout]:
    """All layouts, by their names."""
    folder = Path(str(resources.files("dateline.publishing"))) / "knowledge" / "crosswalks"
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    return {name: load("dateline.publishing", f"crosswalks/{name}.yaml", Layout) for name in names}


def layout(name: str) -> Layout:
    """A layout by its name. Raises BadEdition (DL-P001)."""
    if name not in layouts():
        raise BadEdition(f"{name!r} is no layout. Known: {', '.join(layouts())}.")
    return layouts()[name]


def given(of: Layout, event: Event) -> dict[str, str] | None:
    """What the first type rule that fits an event gives; None where none does, and their project has no such events."""
    return next((rule.give for rule in of.types if rule.fits(event)), None)


def laid_out(of: Layout, events: Iterable[Event]) -> tuple[list[str], Iterator[list[Value]]]:
    """The head and the rows of events in a layout; what their project would not have is left out."""
    return [column.name for column in of.columns], _rows(of, events)


def _rows(of: Layout, events: Iterable[Event]) -> Iterator[list[Value]]:
    for event in events:
        types = given(of, event)
        if types is not None and _has(of.only, event):
            yield [_cell(column, event, types) for column in of.columns]


def _has(only: Only, event: Event) -> bool:
    killed = FILLED["killed"](event)
    return (
        (not only.scope or event.scope in only.scope)
        and (not only.status or event.status in only.status)
        and (not only.killed or (isinstance(killed, int) and killed >= only.killed))
    )


def _cell(column: LaidColumn, event: Event, types: dict[str, str]) -> Value:
    if column.of is None:
        return column.always
    if column.of.startswith("give."):
        value: Value = types.get(column.of.removeprefix("give."))
    else:
        value = (GETTERS.get(column.of) or FILLED[column.of])(event)
    if not column.codes:
        return value
    return column.codes.get("-") if value is None else column.codes.get(str(value), column.codes.get("*"))


def losses(of: Layout) -> Iterator[list[Value]]:
    """The rows of losses.csv."""
    for one in of.losses:
        yield [of.title, one.field, one.loss]


def codebook_rows(of: Layout) -> Iterator[list[Value]]:
    """The rows of codebook.csv for a layout."""
    for column in of.columns:
        yield [of.title, column.name, "text", column.about or (f"As our {column.of}." if column.of else "")]


# ---------------------------------------------------------------- what fills a column


def _kind(event: Event, roles: tuple[Role, ...], nth: int = 0) -> str | None:
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
    """Year, month or day; 0 for a month or day that is not known, as GTD has it."""

    def filled(event: Event) -> Value:
        if event.when is None:
            return None
        known = {"day": 10, "month": 7, "range": 10, "week": 10, "weekend": 10}.get(event.when.precision, 4)
        return int(event.when.start[of]) if of.stop <= known else 0

    return filled


def _span(event: Event) -> Value:
    """How many days it may be, for codes of precision."""
    if event.when is None:
        return None
    days = (dt.date.fromisoformat(event.when.end) - dt.date.fromisoformat(event.when.start)).days + 1
    return next((name for most, name in ((1, "1"), (6, "6"), (7, "7"), (31, "31")) if days <= most), "more")


def _deaths(party: Party) -> Fill:
    def filled(event: Event) -> Value:
        return sum(c.best or 0 for c in event.counts if c.what == "killed" and (c.party or "unknown") == party)

    return filled


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


_STRUCK: tuple[Role, ...] = ("target", "victim")
GETTERS: dict[str, Fill] = {
    "agent1": _name(("agent",), 0),
    "agent2": _name(("agent",), 1),
    "agent3": _name(("agent",), 2),
    "other_agents": _others(("agent",)),
    "agent_kind": lambda e: _kind(e, ("agent",)),
    "agent_id": lambda e: next((a.id for a in e.actors if a.role == "agent"), None),
    "struck1": _name(_STRUCK, 0),
    "struck2": _name(_STRUCK, 1),
    "other_struck": _others(_STRUCK),
    "struck_kind": lambda e: _kind(e, _STRUCK),
    "struck_id": lambda e: next((a.id for a in e.actors if a.role in _STRUCK), None),
    "civilians_struck": _flag(lambda e: _kind(e, _STRUCK) in ("civilian", "person")),
    "year": _part(slice(0, 4)),
    "month": _part(slice(5, 7)),
    "day_of_month": _part(slice(8, 10)),
    "compact_day": lambda e: e.when.start.replace("-", "") if e.when else None,
    "days_wide": _span,
    "country_name": _country,
    "city": _city,
    "priogrid": _priogrid,
    "point_wkt": _wkt,
    "deaths_state": _deaths("state"),
    "deaths_nonstate": _deaths("nonstate"),
    "deaths_civilians": _deaths("civilian"),
    "deaths_unknown": _deaths("unknown"),
    "notes": _notes,
    "is_suicide": _flag(lambda e: "suicide" in e.method),
    "is_success": _flag(lambda e: e.status in ("occurred", "ongoing")),
    "is_kidnapping": _flag(lambda e: e.type in HOSTAGE or "hostage" in e.method),
    "is_long": _flag(lambda e: e.type in HOSTAGE),
    "is_vague_day": _flag(lambda e: e.when is not None and e.when.precision != "day"),
    "is_claimed": _flag(lambda e: e.type == "claim"),
    "report1": _report(0),
    "report2": _report(1),
    "report3": _report(2),
}
