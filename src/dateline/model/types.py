"""What each event type is: one entry of knowledge/types.yaml each, which explains every field and trait.

Whoever needs to know something of a type asks here (`types.of("arrest").group`, `account.type in types.COURT`); no
other room lists types, so that no two of them can disagree.
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


#: The rank of types that tell less than all those with a rank.
LAST = 99


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Types of a kind, as the record (docs/record.md) groups them, and their colour on the page."""

    group: Group
    about: str
    colour: str


@dataclass(frozen=True, slots=True)
class EventType:
    """What is known of one event type; knowledge/types.yaml says what each field means."""

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
        """Violence by any side?"""
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
    """Raise BadKnowledge where a word has no entry, or two."""
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
    """What is known of a type."""
    return event_types()[type_]


def may_be_told_as_one(one: Type, other: Type) -> bool:
    """Do reports use the two for one happening?"""
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
#: It is said or shown of a deed.
ANSWERING = _with_trait("answering")
#: A total of it sums up all that is of its family.
GENERAL = _with_trait("general")
#: Politics of the day, and what is none of the other types: a happening only where it is the news of a report.
DAILY = frozenset(t.type for t in _file().types if "talk" in t.told_as or t.group == "other")
#: What a case begins with, and what comes of it.
DEEDS, FIGHTS = _at_stage("deed"), _at_stage("fight")
CONSEQUENCES, RESPONSES = _at_stage("consequence"), _at_stage("response")
#: Its items are used in it, or seized by it.
USES_THINGS, SEIZES_THINGS = _with_items("used"), _with_items("seized")
#: What is seized just after it is of it; it stops the plot that it is told with.
TAKES_SPOILS, STOPS_PLOTS = SEIZES_THINGS - OF_THINGS, SECURITY - OF_THINGS
#: Done to somebody for an older deed: its clause has the day and the place, and the deed named in it has others.
OF_LAW = LAW | (CAPTIVE & SECURITY)
#: It may last for days: who dies later is told with it.
HOSTAGE = CAPTIVE & FORCE
#: A group does it, or it is done to one.
GROUP_DOES, GROUP_UNDERGOES = _group_as("agent"), _group_as("target")
#: The type that tells more first.
BY_RANK = tuple(t.type for t in sorted(_file().types, key=lambda t: t.rank) if t.rank < LAST)
