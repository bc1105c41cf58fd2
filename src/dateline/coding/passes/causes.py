"""Join deaths, wounds and damage to the account of what caused them."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.coding.telling import ABSORB_READS, ABSORB_WRITES, absorb
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL
from dateline.what import Mention

#: The most steps by which a chain of causes is followed.
_DEEPEST = 5


@step("coding.causes", reads=ABSORB_READS, writes=ABSORB_WRITES)
def join_causes(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Join a consequence ("twelve were killed") with its cause ("in the blast") where their sentence ties the two."""
    drafted = {id(d.first): d for d in drafts}
    kept = list(drafts)
    for draft in drafts:
        target = _cause_of(draft, drafted)
        if target is None or target not in kept:
            continue
        if target.type == "killing" and draft.type == "attack" and draft.first.frame.consequence:
            target.methods |= draft.methods
        type_ = "bombing" if draft.type == "bombing" else target.type
        note("coding.causes.consequence", draft.trigger, f"came of {target.called}")
        absorb(target, draft, "came of it")
        target.type = type_
        kept.remove(draft)
    return kept


def _cause_of(draft: Draft, drafted: dict[int, Draft]) -> Draft | None:
    """The draft of the cause; None where there is none, or where one of the two is a fact and the other not."""
    cause = _root_cause(draft.first)
    target = drafted.get(id(cause)) if cause is not None else None
    if target is None or target is draft:
        return None
    if (target.status in FACTUAL) != (draft.status in FACTUAL):
        note("coding.causes.one-no-fact", draft.trigger, f"kept apart from {target.called}")
        return None
    return target


def _root_cause(mention: Mention) -> Mention | None:
    """The first of a chain of causes."""
    cause, seen = mention.cause, 0
    while cause is not None and cause.cause is not None and seen < _DEEPEST:
        cause, seen = cause.cause, seen + 1
    return cause
