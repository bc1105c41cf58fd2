"""What is asked of a ledger: the filters and the order of a query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, get_args

from dateline.ledger.errors import BadQuery
from dateline.ledger.reviewing import STATES
from dateline.model.vocabulary import STATUSES, TYPES

Order = Literal["newest", "oldest", "doubt", "people", "sources", "confidence", "recent"]
ORDERS: tuple[Order, ...] = get_args(Order)


#: States of review that pass where a query names none.
_NOT_REJECTED = tuple(state for state in STATES if state != "rejected")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter on one value of an event. The value has a column of this name in the database and in memory; it passes
    if it is one of `among`, or (where there are none) if it is at least `least`."""

    column: str
    among: tuple[str, ...] = ()
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """The filters of a query. An empty field filters nothing; an event must pass all filters.

    `since` and `until` (ISO dates) keep events with days that overlap this range. `dated` and `placed` keep events that
    have days or a place (or, if false, have none). Of several types, statuses, places, actors or states of review one
    is enough. A place is any of its names, an ISO code of a country or a gazetteer id; a country or province includes
    all that lies in it. An actor is any of its names, or an id (`ledger.names` decides). `box` is west, south, east,
    north in degrees. `disputed` keeps events with sources that disagree. `text` are words that must all stand in the
    sentences of one account. `case` is the id of a case. Where `review` is empty, all states but `rejected` pass.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    scope: str | None = None
    case: str | None = None
    since: str | None = None
    until: str | None = None
    dated: bool | None = None
    placed: bool | None = None
    places: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    actors: tuple[str, ...] = ()
    disputed: bool | None = None
    text: str | None = None
    min_confidence: float = 0.0
    min_people: int = 0
    min_killed: int = 0
    review: tuple[str, ...] = field(default=())
    order: Order = "newest"
    #: Numbers of accounts with words that are not searched, and of rows of places and actors with names that are not
    #: searched, because the user may not read them (sealed_names.py).
    without: tuple[int, ...] = ()
    without_places: tuple[int, ...] = ()
    without_actors: tuple[int, ...] = ()

    def filters(self) -> list[Filter]:
        """The filters on single values of an event. They are said here, once: `conditions.py` makes conditions of SQL
        of them, `service/exploring/masks.py` masks of the columns in memory."""
        told = (
            Filter("type", self.types),
            Filter("status", self.statuses),
            Filter("scope", (self.scope,) if self.scope else ()),
            Filter("case", (self.case,) if self.case else ()),
            Filter("review", self.review or _NOT_REJECTED),
            Filter("confidence", least=self.min_confidence),
            Filter("people", least=self.min_people),
            Filter("killed", least=self.min_killed),
        )
        return [one for one in told if one.among or one.least]

    def checked(self) -> Query:
        """The query itself, after a check; raises BadQuery (DL-L014) for values that no event can have."""
        for name, given, known in (
            ("type", self.types, TYPES),
            ("status", self.statuses, STATUSES),
            ("review", self.review, frozenset(STATES)),
        ):
            unknown = sorted(set(given) - known)
            if unknown:
                raise BadQuery(f"{unknown[0]!r} is no {name}. Known: {', '.join(sorted(known))}.")
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and not _is_day(day):
                raise BadQuery(f"{name} is {day!r}, and no date.", remedy="Write it as YYYY-MM-DD.")
        return self


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """A box in degrees, read from a text "west,south,east,north". Raises BadQuery (DL-L014)."""
    if text is None:
        return None
    remedy = "Write west,south,east,north in degrees."
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BadQuery(f"{text!r} is no box.", remedy=remedy) from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadQuery(f"{text!r} is no box on earth.", remedy=remedy)
    return west, south, east, north
