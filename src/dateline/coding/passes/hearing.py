"""What the learned reader says of each draft: its type and status, where the reader is sure of others."""

from __future__ import annotations

import os

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note

TYPE = float(os.environ.get("TYPE", "0.4"))
STATUS = float(os.environ.get("STATUS", "2"))
ROLL = float(os.environ.get("ROLL", "2"))


@step("coding.hearing", reads="type status scope mentions", writes="type status scope heard")
def hear(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Add what the reader says; a draft gets the type and the status that it is much surer of."""
    learned = reading.learned
    for draft in drafts if learned is not None else ():
        heard = draft.heard = learned.heard(draft)  # type: ignore[union-attr]
        top = max(heard.types, key=lambda t: heard.types[t], default=draft.type)
        if heard.types.get(top, 0.0) - heard.types.get(draft.type, 0.0) > TYPE:
            note("coding.hearing.type", draft.trigger, f"{top}, not {draft.type}")
            draft.type = top  # type: ignore[assignment]
        status = max(heard.status, key=lambda t: heard.status[t], default=draft.status)
        if heard.status.get(status, 0.0) - heard.status.get(draft.status, 0.0) > STATUS:
            draft.status = status  # type: ignore[assignment]
        if heard.rollup > ROLL:
            draft.scope = "rollup"
    return drafts
