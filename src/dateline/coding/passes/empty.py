"""Leave out a bare name of an act, with no party, place or time: it tells of no happening."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL


@step(
    "coding.empty",
    reads="type mentions status counts actors methods own_place streets names_time own_time when",
    writes="",
)
def drop_empty(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Leave out the drafts that only name an act, without party, place, time or figure."""
    return [d for d in drafts if not _is_dropped(d, reading.is_heard(d))]


def _is_dropped(draft: Draft, heard: bool) -> bool:
    """Is the draft left out? Not where the learned reader is sure of it."""
    rule = _rule(draft)
    if rule is not None:
        note(rule, draft.trigger, "kept, for the learned reader is sure of it" if heard else "dropped")
    return rule is not None and not heard


def _rule(draft: Draft) -> str | None:
    """The name of the rule by which a draft is empty; None where it is not."""
    mention = draft.first
    if mention.nominal and mention.plural and draft.status in ("hypothetical", "denied") and not draft.counts:
        return "coding.empty.unreal-plural"
    if mention.pointer:
        return "coding.empty.lone-pointer" if not mention.definite and len(draft.mentions) == 1 else None
    if mention.definite or (mention.told and draft.status in FACTUAL):
        return None
    if mention.nominal and not _says_anything(draft):
        return "coding.empty.bare-noun"
    plural = mention.nominal and mention.plural and draft.status in FACTUAL
    if plural and not draft.counts and not draft.tells_when:
        return None if _is_someones(draft) else "coding.empty.bare-plural"
    return None


def _says_anything(draft: Draft) -> bool:
    """Does it say who, how many, when, where or how?"""
    said = draft.actors or draft.counts or draft.tells_when or draft.own_place or draft.streets or tells_how(draft)
    return bool(said)


def _is_someones(draft: Draft) -> bool:
    """Does it say to whom it was done, or who did it in which place?"""
    undergone = any(a.role != "agent" for a in draft.actors)
    return undergone or (draft.own_place and any(a.role == "agent" for a in draft.actors))


def tells_how(draft: Draft) -> bool:
    """Does it say how a protest was held ("to disperse a peaceful protest")?"""
    return draft.type == "protest" and bool(draft.methods)
