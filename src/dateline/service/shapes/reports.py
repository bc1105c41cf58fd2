"""Reports that somebody adds, how far an addition is, and who may read a report's words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dateline.service.shapes.shape import Problem, Shape


class NewAccess(Shape):
    """Who may read a report's words: everybody, the team (reviewers), or named people and admins; and the note of
    consent, which is kept in the custody log."""

    level: Literal["open", "team", "sealed"]
    note: str = Field(default="", max_length=2000)
    people: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(default_factory=list, max_length=100)


class AccessOf(Shape):
    """Who may read a report's words, by whom and when it was said (null: nobody said otherwise), and why."""

    level: Literal["open", "team", "sealed"]
    note: str
    people: list[str]
    by: str | None
    at: str | None


class NewReport(Shape):
    """A report: its text, or the address of a page that the server fetches."""

    text: str | None = Field(default=None, max_length=5_000_000)
    url: str | None = Field(default=None, max_length=2000)
    uri: str | None = Field(default=None, max_length=2000)
    title: str | None = Field(default=None, max_length=1000)
    publisher: str | None = Field(default=None, max_length=300)
    published: str | None = Field(default=None, description="YYYY-MM-DD", max_length=40)
    coder: str | None = Field(default=None, max_length=200, description="One of those of /coders; default: the first.")
    note: str = Field(default="", max_length=2000)


class JobOf(Shape):
    """How far an addition is."""

    id: str
    state: Literal["waiting", "working", "done", "failed"]
    done: int
    added: int
    known: int
    beside: int
    accounts: int
    events: int
    rejected: list[Problem]
    error: Problem | None
    revision: int | None
