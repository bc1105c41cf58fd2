"""An account that a person writes."""

from __future__ import annotations

from pydantic import Field

from dateline.service.shapes.shape import Shape, SpanOf


class NewParty(Shape):
    """A party of an account that a person writes, and the words that name it."""

    role: str
    name: str = Field(max_length=300)
    kind: str | None = None
    id: str | None = None
    words: SpanOf | None = None


class NewPlace(Shape):
    """A place of an account that a person writes: a name, or an entry of the gazetteer with all it says."""

    name: str = Field(max_length=300)
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    gazetteer_id: str | None = None
    words: SpanOf | None = None


class NewCount(Shape):
    """A figure of an account that a person writes."""

    what: str
    party: str = "unknown"
    low: int | None = None
    best: int | None = None
    high: int | None = None
    words: SpanOf | None = None


class NewAccount(Shape):
    """An account that a person writes. `trigger` are the words that tell of it; a value without words of its own rests
    on these. `when`: 2024-05-14, or 2024-05-14..2024-05-16."""

    trigger: SpanOf
    type: str
    status: str = "occurred"
    scope: str = "event"
    method: list[str] = Field(default_factory=list)
    when: str | None = None
    when_words: SpanOf | None = None
    where: list[NewPlace] = Field(default_factory=list)
    actors: list[NewParty] = Field(default_factory=list)
    counts: list[NewCount] = Field(default_factory=list)
    reason: str = Field(default="", max_length=2000)


class WroteAccount(Shape):
    """The judgement by which it can be taken back, the event that holds the account, and the revision."""

    judgement: int
    event: str
    revision: int
