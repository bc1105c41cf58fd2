"""Query strings. The API, the page's address, feeds and exports use the same names, which are those of the options of
`dateline events`."""

from __future__ import annotations

from typing import Literal
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dateline.ledger import Query
from dateline.ledger.errors import BadQuery
from dateline.ledger.query import Order, box_of
from dateline.ledger.reviewing import STATES
from dateline.ledger.rolling import days_of
from dateline.publishing import Edition
from dateline.publishing.coarsening import Coarse, Coarsening, Span
from dateline.publishing.edition import Level
from dateline.publishing.names import Policy
from dateline.service.exploring.atlas import View
from dateline.service.exploring.timeline import Bin, Window


class Asked(BaseModel):
    """Which events, as of which revision."""

    model_config = ConfigDict(extra="forbid")

    type: list[str] = Field(default=[], max_length=100)
    status: list[str] = Field(default=[], max_length=100)
    scope: Literal["event", "rollup"] | None = None
    case: str | None = Field(default=None, max_length=100, description="Id of a case: a deed and what came of it.")
    since: str | None = Field(default=None, description="YYYY-MM-DD: whose days reach to this one or beyond.")
    until: str | None = Field(default=None, description="YYYY-MM-DD: whose days begin on this one or before.")
    last: str | None = Field(
        default=None, max_length=10, description="7d, 4w, 6m or 1y: so much time up to and with today, anew each day."
    )
    undated: bool = False
    unplaced: bool = False
    place: list[str] = Field(
        default=[],
        max_length=100,
        description="Any name of a place, province or country (with all in it), an ISO code, or a gazetteer id.",
    )
    box: str | None = Field(default=None, description="west,south,east,north in degrees.")
    actor: list[str] = Field(default=[], max_length=100, description="Any name of an actor, an acronym, or an id.")
    disputed: bool = False
    text: str | None = Field(default=None, max_length=500)
    min_confidence: float = Field(default=0.0, ge=0, le=1)
    min_people: int = Field(default=0, ge=0, le=10**9)
    min_killed: int = Field(default=0, ge=0, le=10**9, description="At least so many people killed.")
    reviewed: list[str] = Field(default=[], max_length=100, description="States of review, or `all`.")
    order: Order = "newest"
    revision: int | None = Field(default=None, ge=0, le=2**31 - 1)

    def query(self) -> Query:
        """The question to the ledger. Raises BadQuery (DL-L014)."""
        since, until = days_of(self.since, self.until, self.last)
        return Query(
            types=tuple(self.type),
            statuses=tuple(self.status),
            scope=self.scope,
            case=self.case,
            since=since,
            until=until,
            dated=False if self.undated else None,
            placed=False if self.unplaced else None,
            places=tuple(self.place),
            box=box_of(self.box),
            actors=tuple(self.actor),
            disputed=True if self.disputed else None,
            text=self.text,
            min_confidence=self.min_confidence,
            min_people=self.min_people,
            min_killed=self.min_killed,
            review=STATES if "all" in self.reviewed else tuple(self.reviewed),
            order=self.order,
        ).checked()


class AskedPage(Asked):
    """A page of events."""

    limit: int = Field(default=50, ge=1, le=500)
    after: str | None = Field(default=None, max_length=500, description="`next` of the page before.")
    view: Literal["full", "brief"] = "full"


class AskedViews(Asked):
    """The four views: the part of the map and of time that is looked at, and how many rows."""

    zoom: float = Field(default=1.0, ge=-2, le=22)
    seen: str | None = Field(default=None, description="The map's west,south,east,north in degrees.")
    window_from: str | None = Field(default=None, description="YYYY-MM-DD")
    window_to: str | None = Field(default=None, description="YYYY-MM-DD")
    bin: Bin | None = None
    limit: int = Field(default=50, ge=1, le=500)

    def window(self, chosen: tuple[str | None, str | None] = (None, None)) -> Window:
        """The part of time that is shown; `chosen` are the days that the query asks for. Raises BadQuery (DL-L014)."""
        Query(since=self.window_from, until=self.window_to).checked()
        return Window(self.window_from, self.window_to, self.bin, chosen)

    def seen_of(self) -> View:
        """The part of the map that is shown. Raises BadQuery (DL-L014)."""
        box = box_of(self.seen)
        return View(self.zoom, box) if box else View(self.zoom)


class AskedEdition(Asked):
    """An export."""

    format: str = Field(default="csv", max_length=40)
    columns: str = Field(default="", max_length=2000, description="Names of columns with commas; none: the basic ones.")
    level: Level = Field(default="event", description="What a row is: an event, an account of a report, or a claim.")
    names: Policy = Field(default="officials", description="Whose names: all, those of people in office, or none.")
    layout: str | None = Field(default=None, max_length=40, description="Of another project: acled, ucdp, gtd, plover.")
    coarse_place: Coarse | None = Field(default=None, description="Places no finer than this.")
    coarse_days: Span | None = Field(default=None, description="Days no finer than this.")
    licence: str = Field(default="CC-BY-4.0", max_length=40, description="SPDX id of a licence.")
    incidents: bool = Field(default=False, description="STIX with Event and Impact objects.")

    def edition(self) -> Edition:
        """What is to be published. Raises BadQuery (DL-L014)."""
        columns = tuple(name.strip() for name in self.columns.split(",") if name.strip())
        coarse = (Coarsening(self.coarse_place, self.coarse_days),) if self.coarse_place or self.coarse_days else ()
        return Edition(
            self.query(), self.format, columns, self.names, self.revision, False, self.level, self.layout, coarse,
            self.licence, self.incidents,
        )  # fmt: skip


def asked_of(query_string: str) -> Asked:
    """A saved query string as a question. Parameters that only concern the page's views are ignored. Raises BadQuery
    (DL-L014)."""
    given = parse_qs(query_string.removeprefix("?"), keep_blank_values=False)
    lists = {name for name, form in Asked.model_fields.items() if form.annotation == list[str]}
    own = {name: values for name, values in given.items() if name in Asked.model_fields}
    known = {name: values if name in lists else values[-1] for name, values in own.items()}
    try:
        asked = Asked.model_validate(known)
        asked.query()
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuery(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    return asked
