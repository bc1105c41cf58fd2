"""Make a draft of each mention."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.drafting import draft_of
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading


@step(
    "coding.drafting",
    reads="",
    writes="type status mentions sentences methods when own_time names_time places own_place streets actors counts "
    "parts items said_by heads cue shot",
)
def draft_mentions(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Make a draft of an account for each mention. A general statement ("bombs kill") gives none."""
    return [*drafts, *(d for m in reading.mentions if (d := draft_of(reading, m)) is not None)]
