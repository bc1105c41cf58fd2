"""Judging events, and people's views of an event side by side.

Every judgement is signed, may have a reason, and can be taken back.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from dateline.ledger import Ledger
from dateline.ledger.judging import Told
from dateline.ledger.reviewing import value_of
from dateline.ledger.views import Compared, View, agreements, compared
from dateline.model.event import Pointed
from dateline.service.context import Asker, Reader, Reading, Reviewer, Service, answered
from dateline.service.exploring import brief
from dateline.service.handwriting import record_of
from dateline.service.shapes.accounts import NewAccount, WroteAccount
from dateline.service.shapes.events import Brief
from dateline.service.shapes.review import (
    AgreementOf,
    CommentOf,
    ComparedOf,
    Comparison,
    Judgement,
    Reason,
    Ruled,
    SaidOf,
    ViewOf,
    ViewsOf,
)

router = APIRouter(tags=["review"])
#: The most events and comments in one answer.
_MOST = 200


@router.post("/judgements", response_model=Ruled, status_code=201)
def judge(given: Judgement, service: Reading, asker: Reviewer) -> Ruled:
    """Judge an event. Gives 409 (DL-L010) where it is no more what was seen."""
    ledger = _signed(service, asker)
    number = _write(ledger, given)
    service.people.note(asker.user.name, asker.address, given.kind, given.event)
    return Ruled(judgement=number, revision=ledger.revision())


@router.post("/judgements/{number}/withdrawal", response_model=Ruled, status_code=201)
def withdraw(
    number: Annotated[int, Path(ge=0, le=2**31 - 1)], given: Reason, service: Reading, asker: Reviewer
) -> Ruled:
    """Take a judgement back."""
    ledger = _signed(service, asker)
    own = ledger.withdraw(number, given.reason)
    service.people.note(asker.user.name, asker.address, "withdraw", str(number))
    return Ruled(judgement=own, revision=ledger.revision())


def _write(ledger: Ledger, given: Judgement) -> int:
    words = Pointed(given.words.report, given.words.start, given.words.end) if given.words else None
    if given.opinion:
        return ledger.opine(given.event, Told(given.kind, given.field, given.value, words), given.reason)
    if given.kind == "correct":
        field = given.field or ""
        return ledger.correct(given.event, field, given.value, given.reason, words=words, seen=given.seen)
    return ledger.judge(given.kind, given.event, given.reason, other=given.other, groups=given.groups, seen=given.seen)


@router.post("/reports/{key}/accounts", response_model=WroteAccount, status_code=201)
def write_account(key: str, given: NewAccount, service: Reading, asker: Reviewer) -> WroteAccount:
    """Add an account that a person wrote to a report: one that was missed, from the words that tell of it."""
    ledger = _signed(service, asker)
    record = record_of(given, ledger.report(key).report.text)
    number, event = ledger.write_account(key, record, given.reason)
    service.people.note(asker.user.name, asker.address, "account", event)
    return WroteAccount(judgement=number, event=event, revision=ledger.revision())


@router.get("/events/{event}/views", response_model=ViewsOf)
def views(event: str, service: Reading, asker: Reader) -> ViewsOf:
    """What each person thinks of an event."""
    found = service.ledger.views(event)
    shown = _shown(found, asker.user.name)
    return ViewsOf(views=[_view(one) for one in shown], hidden=len(found) - len(shown))


@router.get("/second", response_model=list[Brief])
def second(service: Reading, asker: Reviewer) -> list[dict[str, Any]]:
    """Events that wait for a second opinion: somebody else has a view of them, and the one who asks has none."""
    ledger, name = service.ledger, asker.user.name
    waiting = [event for event, found in ledger.all_views().items() if name not in {view.by for view in found}]
    return [brief(ledger.event(event).event) for event in waiting[:_MOST]]


@router.get("/comparison", response_model=Comparison)
def comparison(request: Request, service: Reading, _: Reader) -> Response:
    """People's views side by side, and how far each two agree on each field."""
    ledger = service.ledger

    def make() -> dict[str, Any]:
        found = compared(ledger.all_views())
        rows = [
            ComparedOf(
                event=Brief(**brief(ledger.event(one.event).event)),
                views=[_view(view) for view in one.views],
                differing=list(one.differing),
                coded=_coded(ledger, one),
            )
            for one in found[:_MOST]
        ]
        told = [AgreementOf(**asdict(one)) for one in agreements(found)]
        return Comparison(total=len(found), events=rows, agreement=told).model_dump()

    return answered(request, service, ledger.revision(), make)


@router.get("/mentions", response_model=list[CommentOf])
def mentions(service: Reading, asker: Reader) -> list[CommentOf]:
    """Comments that mention the one who asks (@name), the newest first."""
    rows = service.ledger.comments(asker.user.name)[:_MOST]
    return [CommentOf(num=r["num"], by=r["by"], at=r["at"], text=r["reason"], event=r["event"]) for r in rows]


def _coded(ledger: Ledger, one: Compared) -> list[SaidOf]:
    """The coded values of the fields on which people differ, in the form of corrections."""
    fields = [name for name in one.differing if name != "verdict"]
    event = ledger.as_coded(one.event) if fields else None
    return [SaidOf(field=name, value=value_of(event, name)) for name in fields] if event else []


def _shown(found: list[View], name: str) -> list[View]:
    """The views that this user may see: the opinions of others are hidden until the user has a view of their own, or
    until two people have one."""
    if len(found) > 1 or any(view.by == name for view in found):
        return found
    return [view for view in found if not view.blind]


def _view(one: View) -> ViewOf:
    said = [SaidOf(field=field, value=value) for field, value in one.values.items()]
    return ViewOf(by=one.by, verdict=one.verdict, values=said, blind=one.blind)


def _signed(service: Service, asker: Asker) -> Ledger:
    ledger = Ledger(service.ledger.store, asker.user.name)
    ledger.right = service.ledger.right
    return ledger
