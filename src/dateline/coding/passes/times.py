"""Date accounts whose own words give no time, by what is told around them.

An account that none of the ways below dates stays undated.
"""

from __future__ import annotations

from collections.abc import Callable

from dateline.coding.apart import set_apart
from dateline.coding.dating import heads, neighbours, story
from dateline.coding.draft import Draft
from dateline.coding.drafting.times import is_epithet
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import When
from dateline.model.trace import note

#: (reading, accounts, index of the undated one) -> its time, or None.
_Way = Callable[[Reading, list[Draft], int], When | None]
#: Name of the rule -> the way of dating; tried in this order.
_WAYS: dict[str, _Way] = {
    "coding.times.header": lambda reading, accounts, k: neighbours.of_header(reading, accounts[k]),
    "coding.times.head": lambda reading, accounts, k: heads.of_head(reading, accounts[k]),
    "coding.times.beside": lambda reading, accounts, k: neighbours.beside(reading, accounts[k], accounts),
    "coding.times.goes-on": lambda _, accounts, k: neighbours.goes_on(accounts[k], accounts[k - 1] if k else None),
    "coding.times.list": lambda reading, accounts, k: neighbours.of_list(reading, accounts[k]),
    "coding.times.scene": lambda reading, accounts, k: story.of_scene(reading, accounts[k]),
    "coding.times.those-who-came": lambda reading, accounts, k: story.of_those_who_came(reading, accounts[k]),
}


@step(
    "coding.times",
    reads="type status scope mentions sentences when names_time",
    writes="own_time when",
)
def fill_times(reading: Reading, accounts: list[Draft]) -> list[Draft]:
    """Give accounts without a day the day of what is told around them. Drafts come in the order of the text."""
    for k, draft in enumerate(accounts):
        if draft.when is None and not draft.names_time and not _is_apart(draft):
            draft.when = _first_way(reading, accounts, k)
    for draft in accounts:
        before = neighbours.days_before(reading, draft, accounts)
        if before is not None:
            draft.when = before
            note("coding.times.days-before", draft.trigger, f"{before.start}..{before.end}")
    return accounts


def _first_way(reading: Reading, accounts: list[Draft], k: int) -> When | None:
    for name, way in _WAYS.items():
        found = way(reading, accounts, k)
        if found is not None:
            note(name, accounts[k].trigger, f"{found.start}..{found.end}")
            return found
    return None


def _is_apart(draft: Draft) -> bool:
    """Do the words say that it was at another time than what is told beside it?"""
    return bool(set_apart(draft.first.sentence, draft.first.token)) or is_epithet(draft.first)
