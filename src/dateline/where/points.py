"""The points that the score of an entry is made of (knowledge/weights.yaml)."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from dateline.model.knowledge import load


class Weights(BaseModel):
    """Points for and against an entry; knowledge/weights.yaml explains each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    population: float
    province: float
    kinds: dict[str, float]
    rank_main: float
    rank_bare: float
    feature_fits: float
    feature_clashes: float
    inside: float
    outside: float
    province_told: float
    country_share: float
    near: float
    beside: float
    overshadowed: float
    remote: float
    located: float
    attribute: float
    initial: float
    unlocated: float
    stray: float
    least: float


@cache
def points() -> Weights:
    """The points in use. Raises BadKnowledge where the file does not have the right form."""
    return load("dateline.where", "weights.yaml", Weights)
