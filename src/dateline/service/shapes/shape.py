"""The base of every body, and what many of them hold: an error, a stretch of words, a name with its events."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A body: unknown fields are refused in requests."""

    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    """An error: a stable code (docs/errors.md), what happened, where, and what to do."""

    code: str
    what: str
    where: str | None = None
    remedy: str


class SpanOf(Shape):
    """A stretch of a report's text (code points, end exclusive)."""

    start: int = Field(ge=0, le=2**31 - 1)
    end: int = Field(ge=0, le=2**31 - 1)


class WordsAt(SpanOf):
    """Words of a report (by its key)."""

    report: str = Field(max_length=200)


class Counted(Shape):
    """Words, and how many events bear them. `key` leads to a page of its own, where there is one."""

    label: str
    events: int
    key: str | None = None
