"""What a figure is, and the words for quantities (knowledge/quantities.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.language import Token
from dateline.model import Span
from dateline.model.knowledge import load

Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many: `low` <= `best` <= `high` (None: not known), and the words of the noun phrase that say so."""

    low: int | None
    best: int | None
    high: int | None
    span: Span
    text: str
    explicit: bool

    @property
    def exact(self) -> bool:
        """Is it one exact number?"""
        return self.low == self.best == self.high is not None


class _QuantitiesForm(BaseModel):
    model_config = ConfigDict(extra="forbid")
    vague: dict[str, Bounds]
    approximators: dict[str, list[str]]
    groups: list[str]
    others: list[str]
    labels: list[str]


@cache
def quantities() -> _QuantitiesForm:
    """The words of knowledge/quantities.yaml."""
    return load("dateline.howmany", "quantities.yaml", _QuantitiesForm)


Found = tuple[Bounds, list[Token], bool]
