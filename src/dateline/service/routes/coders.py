"""What several coders read in one report, side by side; which coder's codings are in force; choices between coders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.coders.client import bare_address
from dateline.ledger import Ledger
from dateline.ledger.differing import Waiting
from dateline.model.record import as_record
from dateline.service.context import Admin, Reader, Reading, Reviewer, answered
from dateline.service.errors import NotOffered
from dateline.service.fetching import require_public
from dateline.service.offering import names
from dateline.service.shapes.coders import (
    ChoiceOfCoder,
    CoderInForce,
    CoderRead,
    CodersOf,
    DifferingOf,
    DifferingReport,
    ServerOf,
)
from dateline.service.shapes.review import Ruled

router = APIRouter(tags=["coders"])


@router.get("/differences", response_model=DifferingOf)
def differences(
    request: Request, service: Reading, _: Reader, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Response:
    """Where coders of one report differ, side by side, with its words: what waits to be settled."""
    ledger = service.ledger

    def make() -> dict[str, Any]:
        total, found = ledger.waiting(limit)
        reports = [_shown(one) for one in found]
        return DifferingOf(coder=ledger.chosen_coder(), total=total, reports=reports).model_dump()

    return answered(request, service, ledger.revision(), make)


@router.get("/events/{event}/differences", response_model=list[DifferingReport])
def differences_of(event: str, service: Reading, _: Reader) -> list[DifferingReport]:
    """Where coders differ on the reports of an event, and on what these tell beside it."""
    return [_shown(one) for one in service.ledger.differences(event)]


@router.get("/reports/{key}/readings", response_model=list[CoderRead])
def readings(key: str, service: Reading, _: Reader) -> list[CoderRead]:
    """What each coder read in a report; whose coding is in force first."""
    return [CoderRead(**{**one, "coding": as_record(one["coding"])}) for one in service.ledger.readings(key)]


@router.post("/reports/{key}/choices", response_model=Ruled, status_code=201)
def choose(key: str, given: ChoiceOfCoder, service: Reading, asker: Reviewer) -> Ruled:
    """Choose whose value holds where coders of a report differ. It is a judgement, and can be withdrawn."""
    ledger = Ledger(service.ledger.store, asker.user.name).seen_by(service.ledger.right)
    number = ledger.choose(key, given.account, given.field, given.coder, given.reason, given.told)
    service.people.note(asker.user.name, asker.address, "choose", f"{key} {given.field} {given.coder}")
    return Ruled(judgement=number, revision=ledger.revision())


@router.get("/coders", response_model=CodersOf)
def coders(service: Reading, asker: Reader) -> CodersOf:
    """Coders that new reports can be coded by, and whose codings events are made of."""
    offered = service.settings.offered
    used = offered.using() if offered is not None and offered.using is not None else None
    server = offered.server if offered is not None and asker.user.role == "admin" else None
    address = None if server is None else bare_address(server.base_url)
    return CodersOf(offered=names(offered), in_force=service.ledger.chosen_coder(), used=used, server=address)


@router.put("/coders/server", response_model=ServerOf)
def put_server(given: ServerOf, service: Reading, asker: Admin) -> ServerOf:
    """Ask the language model at another address, until the service is started again: a public one, or one of the host
    that the service was started with. Its key is sent to no other server than the one it was given for."""
    offered = service.settings.offered
    if offered is None or offered.server is None:
        raise NotOffered("No language model is asked here.")
    offered.server.move_to(given.address, require_public)
    address = bare_address(offered.server.base_url)
    service.people.note(asker.user.name, asker.address, "server", address)
    return ServerOf(address=address)


@router.put("/coder", response_model=CoderInForce)
def put_in_force(given: CoderInForce, service: Reading, asker: Admin) -> CoderInForce:
    """Make events of the codings of this coder from now on; a revision, and what was judged stays."""
    ledger = Ledger(service.ledger.store, asker.user.name)
    ledger.set_coder(given.coder)
    service.people.note(asker.user.name, asker.address, "coder", given.coder)
    return CoderInForce(coder=ledger.chosen_coder())


def _shown(one: Waiting) -> DifferingReport:
    return DifferingReport(**asdict(one))
