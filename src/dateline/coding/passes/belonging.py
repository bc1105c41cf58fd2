"""What belongs to each draft, by what the learned reader read; nothing changes where it did not read."""

from __future__ import annotations

from dateline.coding.belonging import own_figures, own_parties, own_places, own_speakers, own_time
from dateline.coding.belonging.roles import Roles
from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading


@step(
    "coding.belonging",
    reads="type mentions when own_time places own_place place_inferred streets actors counts parts said_by",
    writes="when own_time places own_place place_inferred streets actors counts said_by",
)
def take_own(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft the time, places, figures, parties and speakers that the reader takes for its own."""
    for draft in drafts:
        roles = Roles.of(reading, draft)
        if roles is None:
            continue
        for own in (own_time, own_places, own_figures, own_parties, own_speakers):
            own(reading, draft, roles)
    return drafts
