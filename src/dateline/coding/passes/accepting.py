"""Leave out what is not sure enough to be told."""

from __future__ import annotations

import os

from dateline.coding.confidence import confidence
from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note

LEAST = float(os.environ.get("LEAST", "0"))


@step("coding.accepting", reads="heard", writes="")
def accept(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Leave out the accounts of which confidence is below the least."""
    kept = []
    for draft in drafts:
        sure = confidence(draft) if draft.heard is not None else 1.0
        if sure < LEAST:
            note("coding.accepting.unsure", draft.trigger, f"left out ({sure:.2f})")
        else:
            kept.append(draft)
    return kept
