"""Users, their tokens, and the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from dateline.service.context import Admin, Number, Reader, Serving
from dateline.service.errors import NotAllowed, NotFound
from dateline.service.shapes.session import AuditRow, NewToken, NewUser, TokenName, TokenOf, UserOf

router = APIRouter(tags=["people"])


@router.get("/users", response_model=list[UserOf])
def users(service: Serving, _: Admin) -> list[dict[str, str]]:
    """All users."""
    return service.people.all()


@router.post("/users", status_code=204)
def add(given: NewUser, service: Serving, asker: Admin) -> None:
    """Add a user, or give one another role and password; their sessions and tokens end. The first is an admin, and the
    last admin stays one (DL-S014)."""
    role = service.people.add(given.name, given.role, given.password, keep_an_admin=True)
    service.people.note(asker.user.name, asker.address, "user", f"{given.name}: {role}")


@router.delete("/users/{name}", status_code=204)
def remove(name: str, service: Serving, asker: Admin) -> None:
    """Take a user out. The last admin stays (DL-S014): without users, anybody on this machine would be one."""
    service.people.remove(name, keep_an_admin=True)
    service.people.note(asker.user.name, asker.address, "user removed", name)


@router.get("/tokens", response_model=list[TokenOf])
def tokens(service: Serving, asker: Reader) -> list[dict[str, str]]:
    """One's own tokens."""
    return service.people.tokens(asker.user.name)


@router.post("/tokens", response_model=NewToken, status_code=201)
def make_token(given: TokenName, service: Serving, asker: Reader) -> NewToken:
    """A token for scripts and feed readers, with one's own role. It is shown this once."""
    if not asker.login:
        raise NotAllowed("Nobody logs in here, so nobody needs a token.", remedy="Scripts send the `csrf` of /session.")
    service.people.note(asker.user.name, asker.address, "token", given.name)
    return NewToken(token=service.people.make_token(asker.user.name, given.name))


@router.delete("/tokens/{token}", status_code=204)
def drop_token(token: str, service: Serving, asker: Reader) -> None:
    """Make a token worthless, by its `id`."""
    if not service.people.drop_token(asker.user.name, token):
        raise NotFound("There is no such token.", where=token, remedy="/api/v1/tokens lists them.")
    service.people.note(asker.user.name, asker.address, "token dropped", token)


@router.get("/audit", response_model=list[AuditRow])
def audit(
    service: Serving, _: Admin, before: Number | None = None, limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> list[dict[str, Any]]:
    """Who did what, the newest first."""
    return service.people.noted(limit, before)
