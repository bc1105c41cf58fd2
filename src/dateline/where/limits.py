"""Limits by which places are chosen (knowledge/limits.yaml): sizes of towns, distances, shares of a report."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from dateline.model.knowledge import load


class Limits(BaseModel):
    """The limits; knowledge/limits.yaml explains each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    near_km: float
    beside_km: float
    outer_gap: int
    small: int
    large: int
    famous: int
    shadow: int
    rival: int
    rival_share: float
    namesake_times: float
    seat: float
    stem: int
    sure: float
    said_again: float
    named_weight: float
    sure_weight: float
    doubtful_weight: float
    unsaid_weight: float
    spoken_of: float
    about: float
    foreign: int
    foreign_province: int
    beaten: int


LIMITS = load("dateline.where", "limits.yaml", Limits)
