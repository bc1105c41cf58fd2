"""What the learned reader says of each draft, and its type, where the reader is much surer of another."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note

#: So much likelier must another type be than that of the rules.
SURER = 0.4


@step("coding.hearing", reads="type mentions", writes="type heard")
def hear(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add what the reader says of a draft, and name it as the reader does where that is much surer."""
    learned = reading.learned
    if learned is None:
        return drafts
    for draft in drafts:
        draft.heard = learned.heard(draft)
        types = draft.heard.types
        likeliest = max(types, key=lambda t: types[t], default=draft.type)
        if types.get(likeliest, 0.0) - types.get(draft.type, 0.0) > SURER:
            note("coding.hearing.type", draft.trigger, f"{likeliest}, not {draft.type}")
            draft.type = likeliest
    return drafts
