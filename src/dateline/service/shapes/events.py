"""Events: whole, in a line, a page of them, and what stands around one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_type_hints

from pydantic import Field, create_model

from dateline.model.event import Event, EventWhen, Part
from dateline.model.vocabulary import ActorKind, Method, Party, PlacePrecision, Review, Role, Scope, Status, Type, What
from dateline.service.shapes.shape import Shape


class CountOf(Shape):
    """A consolidated figure in a line."""

    what: What
    party: Party | None
    low: int | None
    best: int | None
    high: int | None


class TieOf(Shape):
    """Why two accounts are one event: log-odds from the prior through each field."""

    between: list[str]
    weight: float
    parts: list[Part]


#: Fields that the record in JSON says otherwise than the class: a tie names its accounts by their texts.
_OTHERWISE: dict[str, Any] = {"why": tuple[TieOf, ...]}
#: Fields that only files hold: what was made less exact for an edition.
_ONLY_PUBLISHED = {"coarsened"}


def _fields() -> dict[str, Any]:
    """The fields of the typed event (model/event.py), with their types, all of them required."""
    told = get_type_hints(Event).items()
    return {name: (_OTHERWISE.get(name, kind), ...) for name, kind in told if name not in _ONLY_PUBLISHED}


if TYPE_CHECKING:

    class EventRecord(Shape):
        """For type checkers: its fields are made below, of those of the event."""
else:
    EventRecord = create_model(
        "EventRecord",
        __base__=Shape,
        __doc__="An event as docs/record.md has it, with keys of accounts, corrections and state of review.",
        schema_=(str, Field(alias="schema")),
        **_fields(),
    )


class BriefPlace(Shape):
    """A place in a line."""

    name: str
    admin1: str | None
    country: str | None
    precision: PlacePrecision | None
    lat: float | None
    lon: float | None


class BriefActor(Shape):
    """An actor in a line."""

    role: Role
    name: str
    id: str | None
    kind: ActorKind
    worded: list[str]


class Brief(Shape):
    """An event in a line."""

    id: str
    type: Type
    method: list[Method]
    status: Status
    scope: Scope
    when: EventWhen | None
    where: list[BriefPlace]
    actors: list[BriefActor]
    counts: list[CountOf]
    accounts: int
    sources: int
    disagreements: list[str]
    part_of: str | None
    case: str | None = None
    confidence: float
    review: Review
    inferred: list[str] = Field(
        default=[], description="Fields (when, where, roles) of which no report states a value."
    )


class ReadingOf(Shape):
    """One thing that a name was or could be taken for: in words, what to write to mean it alone, and its events."""

    label: str
    write: str
    events: int


class UnderstoodOf(Shape):
    """What was understood by one name of a filter, whatever else was asked for. `readings` were counted, `others` could
    have been meant and were not, `near` are names that would find something where this one finds nothing; `values` are
    those of the facet that it chooses."""

    filter: Literal["place", "actor"]
    given: str
    readings: list[ReadingOf]
    others: list[ReadingOf]
    near: list[str]
    events: int
    values: list[str]


class Events(Shape):
    """A page of events. `next` is the cursor of the page after it, null where there is none."""

    revision: int
    events: list[EventRecord]
    next: str | None
    understood: list[UnderstoodOf]


class Briefs(Shape):
    """A page of events in lines."""

    revision: int
    events: list[Brief]
    next: str | None
    understood: list[UnderstoodOf]


class Judged(Shape):
    """A judgement as it was written down; `withdrawn` is the revision in which it was taken back."""

    num: int
    kind: str
    by: str
    at: str
    reason: str
    event: str | None
    value: str | None
    withdraws: int | None
    revision: int
    withdrawn: int | None


class Near(Shape):
    """Another event that speaks for being this one: the strongest pair's log-odds."""

    weight: float
    event: Brief


class OneEvent(Shape):
    """An event, the revision that it is of, what was judged of it, and the ids of the events that it holds as a total.
    `id` of the event differs from the one that was asked for where that one has joined it."""

    event: EventRecord
    revision: int
    judgements: list[Judged]
    holds: list[str] = Field(default=[])


class Version(Shape):
    """A version of an event: when and by whom it was written, and which fields changed."""

    revision: int
    at: str
    by: str
    kind: str
    changed: list[str]
