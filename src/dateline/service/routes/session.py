"""Sessions: who asks, log in and log out, and what the page must know to begin."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from dateline.service.context import COOKIE, Asker, Reader, Service, Serving, asker_of
from dateline.service.errors import NotLoggedIn, TooManyTries
from dateline.service.people import User
from dateline.service.shapes.session import Login, Session
from dateline.version import VERSION

router = APIRouter(tags=["session"])


@router.get("/session", response_model=Session)
def session(service: Serving, asker: Reader) -> Session:
    """Who asks, and of which ledger."""
    return _session(service, asker)


@router.post("/session", response_model=Session)
async def log_in(given: Login, request: Request, response: Response, service: Serving) -> Session:
    """Log in; sets the session's cookie. After some failed tries nobody may try again for a quarter of an hour."""
    address = request.client.host if request.client else ""
    if service.tries.too_many(given.name, address):
        raise await run_in_threadpool(_refusal, service, given.name, address)
    user = await service.hashing.done(address, lambda: _recognised(service, given, address))
    secret, opened = await run_in_threadpool(_opened, service, user, address)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure, path="/")
    return opened


def _recognised(service: Service, given: Login, address: str) -> User:
    """The user with this name and password. The limit of failed log-ins is checked here, too, since other log-ins may
    have failed while this one waited for its turn."""
    if service.tries.too_many(given.name, address):
        raise _refusal(service, given.name, address)
    user = service.people.recognised(given.name, given.password)
    if user is None:
        service.tries.failed(given.name, address)
        service.people.note(given.name, address, "log-in failed")
        raise NotLoggedIn("Name or password is wrong.")
    return user


def _refusal(service: Service, name: str, address: str) -> TooManyTries:
    if service.tries.is_first_refusal(address):
        service.people.note(name, address, "log-in refused", "too many tries")
    return TooManyTries("Too many log-ins failed.")


def _opened(service: Service, user: User, address: str) -> tuple[str, Session]:
    secret = service.people.open_session(user)
    service.people.note(user.name, address, "log-in")
    return secret, _session(service, Asker(user, address, True, service.csrf(secret)))


@router.delete("/session", status_code=204)
def log_out(request: Request, response: Response, service: Serving, asker: Annotated[Asker, Depends(asker_of)]) -> None:
    """Log out."""
    secret = request.cookies.get(COOKIE)
    if secret:
        service.people.close_session(secret)
        service.people.note(asker.user.name, asker.address, "log-out")
    response.delete_cookie(COOKIE, path="/")


def _session(service: Service, asker: Asker) -> Session:
    return Session(
        user=asker.user.name,
        role=asker.user.role,
        login=asker.login,
        csrf=asker.csrf or "",
        ledger=service.ledger.store.name,
        revision=service.ledger.revision(),
        version=VERSION,
        basemap=service.settings.basemap is not None,
    )
