"""Who asks: sessions, users, tokens, and the log of what they did."""

from __future__ import annotations

from pydantic import Field

from dateline.service.people import Role
from dateline.service.shapes.shape import Shape


class Session(Shape):
    """Who asks, of which ledger. `csrf` goes into X-CSRF-Token of every request that changes something."""

    user: str
    role: Role
    login: bool = Field(description="Whether people log in here.")
    csrf: str
    ledger: str
    revision: int
    version: str
    basemap: bool


class Login(Shape):
    """Name and password."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class UserOf(Shape):
    """A user."""

    name: str
    role: Role
    added: str


class NewUser(Shape):
    """A user to add, or whose role and password to set."""

    name: str = Field(max_length=200)
    role: Role
    password: str = Field(max_length=1000)


class TokenOf(Shape):
    """A token; `id` are the first digits of its hash."""

    name: str
    made: str
    id: str


class TokenName(Shape):
    """What a token is for."""

    name: str = Field(max_length=200)


class NewToken(Shape):
    """A token's secret, shown this once."""

    token: str


class AuditRow(Shape):
    """What somebody did."""

    num: int
    at: str
    user: str
    address: str
    action: str
    what: str
