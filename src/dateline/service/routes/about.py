"""About the ledger: revisions, what changed, the vocabulary, the gazetteer, saved queries."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.ledger.query import ORDERS
from dateline.ledger.reviewing import ROLES, STATES
from dateline.model import types
from dateline.model.vocabulary import ACTOR_KINDS, METHODS, PARTIES, STATUSES, TYPES, WHATS
from dateline.publishing import FORMATS, LEVELS, codebook
from dateline.publishing.crosswalks import layouts
from dateline.publishing.names import POLICIES
from dateline.service.context import Number, Reader, Reading, Reviewer, answered
from dateline.service.saved import Saved
from dateline.service.shapes.about import (
    ChangeOf,
    ColumnOf,
    GazetteerEntry,
    GroupOfTypes,
    QueryToSave,
    Revision,
    SavedQuery,
    Vocabulary,
)

router = APIRouter(tags=["about"])


@router.get("/vocabulary", response_model=Vocabulary)
def vocabulary(_: Reader) -> Vocabulary:
    """The words that a record may use, and what an export can hold."""
    return Vocabulary(
        types=sorted(TYPES),
        groups=[
            GroupOfTypes(group=g.group, about=g.about, colour=g.colour, types=types.in_group(g.group))
            for g in types.groups()
        ],
        methods=sorted(METHODS),
        statuses=sorted(STATUSES),
        scopes=["event", "rollup"],
        reviews=list(STATES),
        whats=sorted(WHATS),
        parties=sorted(PARTIES),
        roles=list(ROLES),
        actor_kinds=sorted(ACTOR_KINDS),
        orders=list(ORDERS),
        formats=list(FORMATS),
        levels=list(LEVELS),
        layouts=list(layouts()),
        policies=list(POLICIES),
        columns=[ColumnOf(name=c.name, kind=c.kind, basic=c.basic, about=c.about) for c in codebook()],
    )


@router.get("/places", response_model=list[GazetteerEntry])
def places(_: Reader, name: Annotated[str, Query(max_length=200)]) -> list[GazetteerEntry]:
    """Places that bear a name, the most populous first."""
    from dateline.where import entries_of

    return [
        GazetteerEntry(
            name=e.name,
            kind=e.kind,
            country=e.country,
            admin1=e.admin1,
            lat=e.lat,
            lon=e.lon,
            population=e.population,
            gazetteer_id=e.gazetteer_id,
        )
        for e in entries_of(name)
    ]


@router.get("/revisions", response_model=list[Revision])
def revisions(
    service: Reading, _: Reader, start: Number | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> list[dict[str, Any]]:
    """Writes to the ledger, the newest first, from one on."""
    return service.ledger.revisions(start, limit)


@router.get("/diff", response_model=list[ChangeOf])
def diff(request: Request, service: Reading, _: Reader, one: Number, two: Number) -> Response:
    """What became of events between two revisions."""
    ledger = service.ledger
    return answered(request, service, ledger.revision(), lambda: [c.as_record() for c in ledger.diff(one, two)])


@router.get("/saved", response_model=list[SavedQuery])
def saved(service: Reading, _: Reader) -> list[dict[str, str]]:
    """Queries that somebody gave a name."""
    return Saved(service.ledger).all()


@router.put("/saved/{name}", response_model=SavedQuery)
def save(name: str, given: QueryToSave, service: Reading, asker: Reviewer) -> dict[str, str]:
    """Give a query a name, or a name another query."""
    return Saved(service.ledger).save(name, given.query, asker.user.name)


@router.delete("/saved/{name}", status_code=204)
def forget(name: str, service: Reading, _: Reviewer) -> None:
    """Forget a saved query."""
    Saved(service.ledger).forget(name)
