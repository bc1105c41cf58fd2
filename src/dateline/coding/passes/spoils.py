"""Join seizures to the arrest, raid or clash told just before them: they are a part of it, not accounts of their
own."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL

#: The most sentences between an action and what was seized in it.
_NEAR = 2
_SPOILS = "sentences items said_by places own_place"


@step("coding.spoils", reads=f"type status mentions own_time {_SPOILS}", writes=_SPOILS)
def join_spoils(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Join a seizure with the arrest or raid in which the things were seized. Sorts the drafts by the text."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.trigger):
        action = next((d for d in reversed(kept) if _may_have_seized(d, draft)), None)
        if action is None:
            kept.append(draft)
        else:
            _take(action, draft)
            note("coding.spoils.joined", draft.trigger, f"seized in the {action.type}")
    return kept


def _may_have_seized(action: Draft, draft: Draft) -> bool:
    if draft.type != "seizure" or action.type not in types.TAKES_SPOILS:
        return False
    gap = draft.sentences[0].index - action.sentences[-1].index
    return 0 <= gap <= _NEAR and draft.status in FACTUAL and action.status in FACTUAL and not draft.own_time


def _take(action: Draft, seizure: Draft) -> None:
    action.sentences += [s for s in seizure.sentences if s not in action.sentences]
    for item in seizure.items:
        action.add_item(item)
    for speaker in seizure.said_by:
        action.add_speaker(speaker)
    if seizure.own_place and not action.own_place:
        action.places, action.own_place = seizure.places, True
