"""Is it a happening of ours, and of which type? What the learned reader says of each draft."""

from __future__ import annotations

import os

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import types
from dateline.model.trace import note

T0=float(os.environ.get('T0','0.3')); T1=float(os.environ.get('T1','2'))

@step("coding.accepting", reads="type status mentions", writes="type")
def accept(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Leave out what the reader does not take for a happening; the others get the type that it takes them for."""
    learned = reading.learned
    if learned is None:
        return drafts
    kept = []
    for draft in drafts:
        likely = learned.likely(draft)
        if likely < T0:
            note("coding.accepting.unlikely", draft.trigger, f"left out ({likely:.2f})")
            continue
        found = learned.types(draft)
        if found:
            top = max(found, key=lambda t: found[t])
            if found[top] - found.get(draft.type, 0.0) > T1:
                note("coding.accepting.type", draft.trigger, f"{top}, not {draft.type}")
                draft.type = top
        kept.append(draft)
    return kept
