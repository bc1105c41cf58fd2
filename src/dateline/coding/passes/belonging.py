"""Claims by the learned reader: what belongs to each draft. Nothing changes where it did not read."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.belonging import own_figures, own_parties, own_places, own_speakers, own_time
from dateline.coding.belonging.roles import Roles
from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading


@step(
    "coding.belonging",
    reads="type status mentions sentences when own_time places own_place streets actors counts parts said_by",
    writes="when own_time places own_place streets actors counts said_by",
)
def take_own(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft the time, places, figures, parties and speakers that belong to it, as the learned reader says."""
    found = [(draft, roles) for draft in drafts if (roles := Roles.of(reading, draft)) is not None]
    everyone = tuple(roles for _, roles in found)
    for draft, alone in found:
        roles = replace(alone, rivals=tuple(r for r in everyone if r is not alone))
        for own in (own_time, own_places, own_figures, own_parties, own_speakers):
            own(reading, draft, roles)
    return drafts
