"""Actors and places: the profile of one, and suggestions of names for a filter."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from dateline.service.context import Number, Reader, Reading, answered
from dateline.service.exploring.profiles import actor_profile, place_profile
from dateline.service.exploring.suggesting import suggestions
from dateline.service.shapes.profiles import ActorProfile, PlaceProfile, Suggestion

router = APIRouter(tags=["profiles"])


@router.get("/actors/{key:path}", response_model=ActorProfile)
def actor(key: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """An actor by its id or a name: other names, whom it belongs to, who stands against it, who tells of it."""
    at = service.ledger.revision() if revision is None else revision
    return answered(request, service, at, lambda: actor_profile(service.ledger, service.keeper.columns(at), key))


@router.get("/places/{key:path}", response_model=PlaceProfile)
def place(key: str, request: Request, service: Reading, _: Reader, revision: Number | None = None) -> Response:
    """A place by its gazetteer id, code or name: where it lies, what lies in it, who was there, who tells of it."""
    at = service.ledger.revision() if revision is None else revision
    return answered(request, service, at, lambda: place_profile(service.ledger, service.keeper.columns(at), key))


@router.get("/suggestions", response_model=list[Suggestion])
def suggested(
    service: Reading,
    _: Reader,
    of: Literal["place", "actor"],
    words: Annotated[str, Query(max_length=100)],
) -> list[dict[str, object]]:
    """Names of places or actors that events have and that hold some words, the most frequent first."""
    return suggestions(service.keeper.columns(service.ledger.revision()), of, words)
