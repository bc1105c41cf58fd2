"""Events: pages of events, one event with its evidence and history, and the events of a query in four views."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.ledger import Ledger
from dateline.ledger import Query as Question
from dateline.model.event import Event
from dateline.service.context import Number, Reader, Reading, Service, answered
from dateline.service.evidence import evidence_of
from dateline.service.exploring import Columns, Masks, brief, masks_of, rows_of
from dateline.service.exploring.atlas import around, atlas
from dateline.service.exploring.counting import Counted
from dateline.service.exploring.facets import facets
from dateline.service.exploring.timeline import timeline
from dateline.service.params import AskedPage, AskedViews
from dateline.service.shapes.events import Brief, Briefs, Events, Near, OneEvent, Version
from dateline.service.shapes.evidence import Evidence
from dateline.service.shapes.exploring import Atlas, Explored

router = APIRouter(tags=["events"])
#: The most events near another one that are listed.
_NEAR = 10


@router.get("/events", response_model=Events | Briefs)
def events(request: Request, service: Reading, _: Reader, asked: Annotated[AskedPage, Query()]) -> Response:
    """A page of events; `next` leads to the one after it."""
    newest = service.ledger.revision()
    revision = newest if asked.revision is None else asked.revision

    def make() -> dict[str, Any]:
        query = asked.query()
        columns, masks = _masks(service, query, revision)
        page = rows_of(columns, masks.all(), query.order, asked.limit, asked.after)
        if asked.view == "brief":
            rows = _rows(service, page.nums, revision, newest)
        else:
            rows = [event.as_record() for event in service.ledger.versions(page.nums)]
        told = service.ledger.understood(query, revision, Counted(columns))
        understood = [one.as_record() for one in told]
        return {"revision": revision, "events": rows, "next": page.next, "understood": understood}

    return answered(request, service, revision, make)


@router.get("/explore", response_model=Explored)
def explore(request: Request, service: Reading, _: Reader, asked: Annotated[AskedViews, Query()]) -> Response:
    """One query in four views: facets, timeline, map, and the first rows of the table."""
    newest = service.ledger.revision()
    revision = newest if asked.revision is None else asked.revision
    return answered(request, service, newest, lambda: _explored(service, asked, revision, newest))


def _explored(service: Service, asked: AskedViews, revision: int, newest: int) -> dict[str, Any]:
    query = asked.query()
    columns, masks = _masks(service, query, revision)
    shown = masks.all()
    page = rows_of(columns, shown, query.order, asked.limit, None)
    return {
        "revision": revision,
        "newest": newest,
        "days": [query.since, query.until],
        "total": int(shown.sum()),
        "rollups": int((shown & (columns.scope == columns.words.scope.find("rollup"))).sum()),
        "facets": facets(columns, masks, query),
        "timeline": timeline(columns, masks.without("days", "dated"), asked.window((query.since, query.until))),
        "map": atlas(columns, masks.without("box", "placed"), asked.seen_of()),
        "rows": _rows(service, page.nums, revision, newest),
        "next": page.next,
        "understood": [one.as_record() for one in service.ledger.understood(query, revision, Counted(columns))],
    }


@router.get("/map", response_model=Atlas)
def map_of(request: Request, service: Reading, _: Reader, asked: Annotated[AskedViews, Query()]) -> Response:
    """The map alone, as it is moved."""
    revision = _revision(service, asked.revision)

    def make() -> dict[str, Any]:
        columns, masks = _masks(service, asked.query(), revision)
        return atlas(columns, masks.without("box", "placed"), asked.seen_of())

    return answered(request, service, revision, make)


@router.get("/events/{event}", response_model=OneEvent)
def one(
    event: str,
    request: Request,
    service: Reading,
    _: Reader,
    revision: Number | None = None,
    coded: Annotated[bool, Query(description="As if nobody had judged it, for a second opinion.")] = False,
) -> Response:
    """An event, by its id or one that has joined it. Opinions are no part of its judgements: /views tells them."""
    ledger = service.ledger

    def make() -> dict[str, Any]:
        found = ledger.event(event, revision)
        record = (ledger.as_coded(event) if coded else found.event).as_record()
        judged = [] if coded else _judged(ledger, event, revision)
        holds = ledger.held(event, revision)
        return {"event": record, "revision": found.revision, "judgements": judged, "holds": holds}

    return answered(request, service, ledger.revision(), make)


def _judged(ledger: Ledger, event: str, revision: int | None) -> list[dict[str, Any]]:
    rows = (row for row in ledger.judgements(event) if row["kind"] != "opinion")
    return [row for row in rows if revision is None or row["revision"] <= revision]


@router.get("/events/{event}/evidence", response_model=list[Evidence])
def evidence(event: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """The reports of an event: their texts, and each value with the words that say it."""
    newest = service.ledger.revision()
    return answered(
        request, service, newest, lambda: [e.model_dump() for e in evidence_of(service.ledger, event, revision)]
    )


@router.get("/events/{event}/history", response_model=list[Version])
def history(event: str, request: Request, service: Reading, _: Reader) -> Response:
    """The versions of an event, the oldest first."""
    return answered(request, service, service.ledger.revision(), lambda: service.ledger.history(event))


@router.get("/events/{event}/case", response_model=list[Brief])
def case(event: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """The other events of its case (a deed and what came of it), in order of day; undated ones last."""
    ledger = service.ledger
    return answered(request, service, ledger.revision(), lambda: [brief(one) for one in ledger.case(event, revision)])


@router.get("/events/{event}/map", response_model=Atlas)
def map_of_one(event: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """The map of one event: its places as exactly as they are known, and what lies around them."""
    ledger = service.ledger

    def make() -> dict[str, Any]:
        found = ledger.event(event, revision)
        columns = Columns.of([(0, found.event)])
        return around(columns, columns.num == 0)

    return answered(request, service, ledger.revision(), make)


@router.get("/events/{event}/near", response_model=list[Near])
def near(event: str, request: Request, service: Reading, _: Reader) -> Response:
    """Other events that may be the same, the likeliest first."""
    ledger = service.ledger

    def make() -> list[dict[str, Any]]:
        found = ledger.near(event)[:_NEAR]
        return [{"weight": weight, "event": brief(ledger.event(other).event)} for other, weight in found]

    return answered(request, service, ledger.revision(), make)


def briefs(service: Service, events: list[Event]) -> list[dict[str, Any]]:
    """Events in short form; values that no report states are marked as inferred."""
    return [brief(*one) for one in zip(events, service.ledger.inferred(events), strict=True)]


def _rows(service: Service, nums: list[int], revision: int, newest: int) -> list[dict[str, Any]]:
    """The rows of the table for versions in force at a revision; those of the newest one are kept."""

    def make(some: list[int]) -> list[dict[str, Any]]:
        return briefs(service, service.ledger.versions(some))

    return service.keeper.rows(nums, newest, make) if revision == newest else make(nums)


def _masks(service: Service, query: Question, revision: int) -> tuple[Columns, Masks]:
    columns = service.keeper.columns(revision)
    return columns, masks_of(columns, query, lambda words: service.keeper.saying(words, revision))


def _revision(service: Service, asked: int | None) -> int:
    return service.ledger.revision() if asked is None else asked
