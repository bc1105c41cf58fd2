"""The event types. Each is an entry of knowledge/types.yaml, which explains every field and trait.

All that the code needs to know about a type is asked here (`types.of("arrest").group`, `account.type in types.COURT`).
No other room lists types, so that no two lists can disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from dateline.model.errors import BadKnowledge
from dateline.model.knowledge import load
from dateline.model.vocabulary import TYPES, ItemUse, Method, Role, Type, What

Group = Literal["force", "security", "intent", "law", "politics", "other"]
Family = Literal["force", "law", "court", "intent", "protest", "talk"]
Telling = Literal["violence", "mob", "captivity", "security", "crowd", "court", "intent", "talk"]
Stage = Literal["deed", "fight", "consequence", "response"]
Trait = Literal[
    "court", "explosive", "of_things", "words", "sign_force", "sign_law", "gathering", "official", "national",
    "harmful", "aimed", "undergone", "captive", "aside", "striking", "own_life", "mutual", "general", "answering",
]  # fmt: skip


#: The rank of types without a rank in the file: they tell less than all others.
LAST = 99


@dataclass(frozen=True, slots=True)
class EventGroup:
    """A group of types, as in the record (docs/record.md), and its colour on the page."""

    group: Group
    about: str
    colour: str


@dataclass(frozen=True, slots=True)
class EventType:
    """All that is known about one event type; knowledge/types.yaml explains each field."""

    type: Type
    about: str
    group: Group
    roles: frozenset[Role]
    counts: frozenset[What]
    items: frozenset[ItemUse] = frozenset()
    methods: bool = False
    family: Family | None = None
    told_as: frozenset[Telling] = frozenset()
    one_action_with: frozenset[Type] = frozenset()
    rank: int = LAST
    group_as: frozenset[Role] = frozenset()
    by_means: tuple[Type, ...] = ()
    plotted_as: Method | None = None
    stage: Stage | None = None
    traits: frozenset[Trait] = frozenset()

    @property
    def is_force(self) -> bool:
        """Is it violence, by any side?"""
        return self.group == "force"


@dataclass(frozen=True, slots=True)
class _File:
    groups: tuple[EventGroup, ...]
    types: tuple[EventType, ...]


@cache
def _file() -> _File:
    file = load("dateline.model", "types.yaml", _File)
    check([g.group for g in file.groups], frozenset(get_args(Group)))
    check([t.type for t in file.types], TYPES)
    return file


def check(told: list[str], words: frozenset[str]) -> None:
    """Raise BadKnowledge unless each of the words has exactly one entry among those told."""
    wrong = sorted([*(words - set(told)), *(word for word, n in Counter(told).items() if n > 1)])
    if wrong:
        raise BadKnowledge(
            f"no entry, or more than one: {', '.join(wrong)}.", where="dateline.model/knowledge/types.yaml"
        )


def groups() -> tuple[EventGroup, ...]:
    """All groups of types, in the order of the page."""
    return _file().groups


@cache
def event_types() -> dict[str, EventType]:
    """All event types by their names, in the order of the page."""
    return {one.type: one for one in _file().types}


def of(type_: Type) -> EventType:
    """All that is known about a type."""
    return event_types()[type_]


def may_be_told_as_one(one: Type, other: Type) -> bool:
    """May two accounts of a report with these types be about one happening?"""
    return one == other or bool(of(one).told_as & of(other).told_as)


def in_group(group: Group) -> list[Type]:
    """The types of a group, in the order of the page."""
    return [t.type for t in _file().types if t.group == group]


def _with_trait(trait: Trait) -> frozenset[Type]:
    return frozenset(t.type for t in _file().types if trait in t.traits)


def _at_stage(stage: Stage) -> frozenset[Type]:
    return frozenset(t.type for t in _file().types if t.stage == stage)


def _with_items(use: ItemUse) -> frozenset[Type]:
    return frozenset(t.type for t in _file().types if use in t.items)


def _group_as(role: Role) -> frozenset[Type]:
    return frozenset(t.type for t in _file().types if role in t.group_as)


#: The types of each group, and those of each trait; knowledge/types.yaml says what they have in common.
FORCE, SECURITY = frozenset(in_group("force")), frozenset(in_group("security"))
INTENT, LAW = frozenset(in_group("intent")), frozenset(in_group("law"))
COURT = _with_trait("court")
EXPLOSIVE = _with_trait("explosive")
OF_THINGS = _with_trait("of_things")
WORDS = _with_trait("words")
SIGN_FORCE = _with_trait("sign_force")
SIGN_LAW = _with_trait("sign_law")
GATHERING = _with_trait("gathering")
OFFICIAL = _with_trait("official")
NATIONAL = _with_trait("national")
HARMFUL = _with_trait("harmful")
AIMED = _with_trait("aimed")
CAPTIVE = _with_trait("captive")
ASIDE = INTENT | LAW | _with_trait("aside")
STRIKING = _with_trait("striking")
OWN_LIFE = _with_trait("own_life")
UNDERGONE = _with_trait("undergone")
MUTUAL = _with_trait("mutual")
#: Something said or shown about a deed.
ANSWERING = _with_trait("answering")
#: A total of such a type counts all types of its family.
GENERAL = _with_trait("general")
#: Daily politics, and the type for all that has no other type: a happening only where it is the main news of a report.
DAILY = frozenset(t.type for t in _file().types if "talk" in t.told_as or t.group == "other")
#: Types by their stage in a case: what a case begins with (DEEDS, FIGHTS), and what comes of it (CONSEQUENCES,
#: RESPONSES).
DEEDS, FIGHTS = _at_stage("deed"), _at_stage("fight")
CONSEQUENCES, RESPONSES = _at_stage("consequence"), _at_stage("response")
#: Types of which the items are used, and those of which they are seized.
USES_THINGS, SEIZES_THINGS = _with_items("used"), _with_items("seized")
#: A seizure told right after such a type belongs to it (TAKES_SPOILS). Such a type stops the plot that is told with it
#: (STOPS_PLOTS).
TAKES_SPOILS, STOPS_PLOTS = SEIZES_THINGS - OF_THINGS, SECURITY - OF_THINGS
#: Done to somebody because of an older deed: day and place in its clause are its own, not those of the deed named
#: there.
OF_LAW = LAW | (CAPTIVE & SECURITY)
#: It may last for days, so people who die later are told with it.
HOSTAGE = CAPTIVE & FORCE
#: Types that an armed group commits (agent), and types that are done to one (target).
GROUP_DOES, GROUP_UNDERGOES = _group_as("agent"), _group_as("target")
#: Types with a rank, in order; the one that tells most comes first.
BY_RANK = tuple(t.type for t in sorted(_file().types, key=lambda t: t.rank) if t.rank < LAST)
