"""Date accounts by a count of days, or by words such as "the same week", from another account with a date."""

from __future__ import annotations

from dateline.coding.dating import counted
from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note

#: Name of the rule -> the function that dates by it.
_WAYS = {"coding.counting.from-event": counted.counted, "coding.counting.from-told": counted.from_told}


@step("coding.counting", reads="type status scope mentions when own_time", writes="when own_time")
def count_days(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Date what happened "two days later" or "a week before": count from the happening that these words refer to."""
    for draft in accounts:
        for name, way in _WAYS.items():
            found = way(reading, draft, accounts) if not draft.own_time or draft.when is None else None
            if found is not None:
                draft.when, draft.own_time = found, True
                note(name, draft.trigger, f"{found.start}..{found.end}")
    return accounts
