"""Judging events, and people's views of an event side by side."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from dateline.service.shapes.events import Brief
from dateline.service.shapes.shape import Shape, WordsAt


class Judgement(Shape):
    """What is judged. `seen` is the revision of the event that was looked at: if it has changed since, nothing is
    written (409, DL-L010). `words` bear a correction out; a comment is told as the reason. An `opinion` (of a verdict
    or a correction) is written down and changes nothing."""

    kind: Literal["accept", "reject", "unsure", "correct", "same", "different", "split", "comment"]
    event: str
    reason: str = Field(default="", max_length=2000)
    other: str | None = None
    field: str | None = None
    value: Any = None
    groups: list[list[str]] = Field(default_factory=list)
    words: WordsAt | None = None
    opinion: bool = False
    seen: int | None = Field(default=None, ge=0, le=2**31 - 1)


class Reason(Shape):
    """Why a judgement is taken back."""

    reason: str = Field(default="", max_length=2000)


class Ruled(Shape):
    """The number of what was written, and the revision that it made."""

    judgement: int
    revision: int


class SaidOf(Shape):
    """A value that somebody gave."""

    field: str
    value: Any


class ViewOf(Shape):
    """What one person thinks of an event: their verdict, and the values that are not as they were coded. `blind` where
    they gave an opinion that changed nothing."""

    by: str
    verdict: str | None
    values: list[SaidOf]
    blind: bool


class ViewsOf(Shape):
    """What people think of an event. Opinions of others are hidden (only their number is told) until two people have a
    view, or the one who asks has."""

    views: list[ViewOf]
    hidden: int


class ComparedOf(Shape):
    """An event of which several people have a view, the fields on which they differ, and what was coded of these."""

    event: Brief
    views: list[ViewOf]
    differing: list[str]
    coded: list[SaidOf]


class AgreementOf(Shape):
    """How often two people say the same of a field, of the events of which both say something; `kappa` (of verdicts)
    takes chance out."""

    one: str
    two: str
    field: str
    same: int
    compared: int
    kappa: float | None


class Comparison(Shape):
    """People's views side by side: at most 200 events, those on which they differ most first; agreement is of all."""

    total: int
    events: list[ComparedOf]
    agreement: list[AgreementOf]


class CommentOf(Shape):
    """A comment, and the event that it was made on."""

    num: int
    by: str
    at: str
    text: str
    event: str
