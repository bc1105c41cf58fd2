"""Judging: every decision is signed, has a reason where one is given, and can be taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from dateline.ledger import Ledger
from dateline.service.context import Asker, Reviewer, Service, Serving
from dateline.service.shapes import Judgement, Reason, Ruled

router = APIRouter(tags=["review"])


@router.post("/judgements", response_model=Ruled, status_code=201)
def judge(given: Judgement, service: Serving, asker: Reviewer) -> Ruled:
    """Judge an event. Gives 409 (DL-L010) where it is no more what was seen."""
    ledger = _signed(service, asker)
    number = ledger.judge(
        given.kind,
        given.event,
        given.reason,
        other=given.other,
        field=given.field,
        value=given.value,
        groups=given.groups,
        seen=given.seen,
    )
    service.people.note(asker.user.name, asker.address, given.kind, given.event)
    return Ruled(judgement=number, revision=ledger.revision())


@router.post("/judgements/{number}/withdrawal", response_model=Ruled, status_code=201)
def withdraw(
    number: Annotated[int, Path(ge=0, le=2**31 - 1)], given: Reason, service: Serving, asker: Reviewer
) -> Ruled:
    """Take a judgement back."""
    ledger = _signed(service, asker)
    own = ledger.withdraw(number, given.reason)
    service.people.note(asker.user.name, asker.address, "withdraw", str(number))
    return Ruled(judgement=own, revision=ledger.revision())


def _signed(service: Service, asker: Asker) -> Ledger:
    return Ledger(service.ledger.store, asker.user.name)
