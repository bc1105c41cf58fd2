"""Join two drafts: all values of the second go into the first."""

from __future__ import annotations

from dateline.coding.draft import Draft
from dateline.coding.telling.comparing import are_nested, dies_later
from dateline.model import types
from dateline.model.knowledge import english
from dateline.model.trace import note
from dateline.model.vocabulary import FACTUAL, Status, Type
from dateline.where import finest

#: The fields that `absorb` reads and writes, for the passes that call it.
ABSORB_WRITES = (
    "type status methods mentions sentences when own_time places own_place streets actors counts parts items said_by "
    "heads joined shot"
)
ABSORB_READS = f"{ABSORB_WRITES} cue"


def absorb(a: Draft, b: Draft, how: str) -> None:
    """Put all values of `b` into `a`; `how` says in words why the two are one."""
    a.joined |= {id(m): b.joined.get(id(m), how) for m in b.mentions}
    a.status = _status_of_both(a, b)
    a.type = _of_both(a, b)
    a.methods |= b.methods
    if a.type in types.EXPLOSIVE:
        a.methods.discard("arson")  # the fire came of the blast
    a.mentions += b.mentions
    a.sentences += [s for s in b.sentences if s not in a.sentences]
    for actor in b.actors:
        a.add_actor(actor)
    for count in b.counts:
        a.add_count(count)
    for street in b.streets:
        a.add_street(street)
    for part in b.parts:
        a.add_part(part)
    for item in b.items:
        a.add_item(item)
    for one in b.said_by:
        a.add_speaker(one)
    a.heads |= b.heads
    a.shot |= b.shot
    if _better_time(a, b):
        a.when, a.own_time = b.when, b.own_time
    if b.places and (not a.places or a.own_place <= b.own_place or are_nested(a, b)):
        a.places = finest([*a.places, *b.places])
        a.own_place = a.own_place or b.own_place


def _of_both(a: Draft, b: Draft) -> Type:
    """The type of two joined drafts: the one that tells more. A word for people ("a rioting mob") does not decide;
    neither does a seizure where people were hurt ("killed four suspects and seized two rifles")."""
    for one, other in ((a, b), (b, a)):
        if all(m.of_people for m in one.mentions) and not all(m.of_people for m in other.mentions):
            return other.type
    if _decides(a, b) and a.type in types.COURT:
        return b.type
    hurting = [d.type for d in (a, b) if d.type in types.FORCE and any(c.what in _HURT for c in d.counts)]
    if len(hurting) == 1 and {a.type, b.type} & types.OF_THINGS:
        return hurting[0]
    return min((a.type, b.type), key=lambda t: types.of(t).rank)


#: What a figure of people counts where they were hurt.
_HURT = frozenset(("killed", "wounded", "neutralised"))


def _status_of_both(a: Draft, b: Draft) -> Status:
    """The status of two joined drafts: that of the first telling, with two exceptions. For a bomb it is what is said of
    its explosion ("planted a bomb, but it failed to explode" was attempted, "hid a bomb ... it exploded" occurred).
    Where the first telling's word decides about the second, it is the second's status ("rejected the extradition" is
    denied)."""
    if _decides(a, b):
        return b.status
    went_off = [d for d in (a, b) if _is_of_the_bomb(d)]
    if a.type != "bombing" or len(went_off) != 1:
        return a.status
    said = went_off[0].status
    found: Status = "attempted" if said in ("attempted", "denied") else "occurred" if said in FACTUAL else a.status
    if found != a.status:
        note("coding.telling.went-off", went_off[0].trigger, f"{found}, not {a.status}")
    return found


def _decides(a: Draft, b: Draft) -> bool:
    """Does the first draft's trigger only say what became of the second ("rejected the extradition", "ordered the
    detention")? Not where the second is a ruling: a dismissed appeal is a ruling, too."""
    same = b.first.sentence is a.first.sentence and b.cue == a.first.token.text
    return same and b.type not in types.COURT


def _is_of_the_bomb(draft: Draft) -> bool:
    """Does a draft say only whether a bomb exploded ("it exploded", "the device failed to go off")?"""
    return all(m.token.lemma in _GOING_OFF and not m.nominal for m in draft.mentions)


_GOING_OFF = english("dateline.coding", "going_off")


def _better_time(a: Draft, b: Draft) -> bool:
    if b.when is None or dies_later(a, b):
        return False
    if a.when is None or (b.own_time and not a.own_time):
        return True
    within = a.when.start <= b.when.start and b.when.end <= a.when.end
    return b.own_time == a.own_time and within and b.when.days < a.when.days
