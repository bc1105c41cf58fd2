"""The reports of an event: their texts, and which words say which value."""

from __future__ import annotations

from pydantic import Field

from dateline.service.shapes.shape import Shape


class Claim(Shape):
    """One value of an account, and the words that say it (code points, end exclusive). `how` is its derivation."""

    id: str
    account: str
    field: str
    value: str
    start: int | None
    end: int | None
    said_by: str | None
    how: str | None


class Told(Shape):
    """An account of a report: its key, what it is, its sentences (pairs of code points) and its claims."""

    key: str
    id: str
    type: str
    status: str
    scope: str
    confidence: float
    mine: bool = Field(description="Whether it is of the event that was asked for.")
    sentences: list[tuple[int, int]]
    claims: list[Claim]


class Evidence(Shape):
    """A report of an event, with its text and what it says."""

    key: str
    uri: str
    title: str | None
    publisher: str | None
    lang: str | None
    published: str | None
    text: str
    accounts: list[Told]
