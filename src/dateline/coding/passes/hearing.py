"""Add the learned reader's word on each draft, and change the type where the reader is much surer of another."""

from __future__ import annotations

from dataclasses import replace

from dateline.coding.draft import Draft, Heard
from dateline.coding.drafting.kinds import is_beaten_off, is_controlled
from dateline.coding.passes.step import step
from dateline.coding.reading import Reading
from dateline.model import Count, types
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Type
from dateline.what import plain_frame

#: Another type must be more probable than that of the rules by this difference.
SURER = 0.4
#: The least likelihoods at which a status and a method of the reader are taken.
STATUS, METHOD = 0.7, 0.65
#: Kinds of bombs. Where the words name one ("a roadside bomb"), the reader adds no other.
_BOMBS = frozenset(("vehicle_bomb", "roadside_bomb", "mine", "grenade"))
#: Statuses that the words say clearly: the reader does not turn them into a fact.
_PLAIN = frozenset(("denied", "foiled", "attempted", "threatened", "ordered"))


@step("coding.hearing-each", reads="type status mentions methods", writes="status methods")
def hear_each(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft the status and the methods of which the learned reader is sure, before drafts of one happening
    join."""
    learned = reading.learned
    if learned is None:
        return drafts
    for draft in drafts:
        status, likely = learned.status(draft)
        refused = draft.status == "denied" and status == "planned"  # what was asked for, and refused
        denies = refused or (draft.status in _PLAIN and status in FACTUAL)
        if status is not None and status != draft.status and likely >= STATUS and not denies:
            note("coding.hearing.status", draft.trigger, f"{status}, not {draft.status} ({likely:.2f})")
            draft.status = status
        heard = {name for name, p in learned.methods(draft).items() if p >= METHOD}
        draft.methods |= heard - _BOMBS if draft.methods & _BOMBS else heard
    return drafts


@step(
    "coding.hearing", reads="type mentions sentences counts parts items heard", writes="type counts parts items heard"
)
def hear(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Note what the learned reader says of each draft. Where it is much surer of another type than the rules, the draft
    gets that type."""
    learned = reading.learned
    if learned is None:
        return drafts
    for draft in drafts:
        draft.heard = learned.heard(draft)
        found = draft.heard.types
        likeliest = max(found, key=lambda t: found[t], default=draft.type)
        # In these cases the words decide: a plot or threat, a warrant, an attack that was beaten off, a
        # device that was made safe.
        plain = draft.type in types.INTENT or draft.type == "warrant"
        made_safe = draft.type == "disarmament" and any(map(is_controlled, draft.mentions))
        if made_safe or (draft.type == "clash" and any(map(is_beaten_off, draft.mentions))):
            plain = True
            draft.heard = _heard_as(draft.heard, draft.type)
        shot = likeliest in types.EXPLOSIVE and draft.type not in types.EXPLOSIVE and "shooting" in draft.methods
        if not (plain or shot) and found.get(likeliest, 0.0) - found.get(draft.type, 0.0) > SURER:
            note("coding.hearing.type", draft.trigger, f"{likeliest}, not {draft.type}")
            draft.heard = replace(draft.heard, instead_of=draft.type)
            _rename(draft, likeliest)
    return drafts


def _heard_as(heard: Heard, type_: Type) -> Heard:
    """What the reader says of a draft, with the likelihood of its likeliest type for the type that the words give."""
    return replace(heard, types={**heard.types, type_: max(heard.types.values(), default=0.0)})


def _rename(draft: Draft, type_: Type) -> None:
    """Give a draft another type, and make its figures fit that type: those arrested become those sentenced, and nothing
    is seized where that type seizes nothing ("destroyed two tanks")."""
    draft.counts = [one for c in draft.counts if (one := _counted_as(c, draft.type, type_)) is not None]
    draft.parts = [one for c in draft.parts if (one := _counted_as(c, draft.type, type_)) is not None]
    if type_ not in types.SEIZES_THINGS:
        draft.items = [i for i in draft.items if i.what != "seized"]
    draft.type = type_


def _counted_as(count: Count, old: Type, new: Type) -> Count | None:
    """A figure of an account that changes its type; None where the new type does not count such people."""
    if count.what != plain_frame(old).counts or count.what in types.of(new).counts:
        return count
    what = plain_frame(new).counts
    return replace(count, what=what) if what is not None else None
