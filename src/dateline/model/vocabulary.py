"""The words that a record may use. RECORD.md fixes them; nothing else may appear in these fields."""

from __future__ import annotations

from typing import Literal, get_args

Type = Literal[
    "bombing", "attack", "clash", "airstrike", "shelling", "killing", "kidnapping", "hijacking", "riot",
    "arrest", "raid", "operation", "seizure", "disarmament",
    "plot", "threat", "claim",
    "warrant", "charge", "trial", "sentence", "release", "extradition", "escape", "surrender",
    "sanction", "agreement", "meeting", "statement", "closure", "protest", "recruitment", "financing",
    "other",
]  # fmt: skip
Method = Literal[
    "suicide", "vehicle_bomb", "roadside_bomb", "mine", "grenade", "remote", "shooting", "stabbing", "ramming",
    "arson", "assassination", "beating", "sexual", "chemical", "drone", "artillery", "mob", "looting", "robbery",
    "vandalism", "hostage", "abduction", "tear_gas", "water_cannon", "baton", "peaceful",
    "bombing", "attack", "kidnapping", "hijacking",
]  # fmt: skip
Status = Literal[
    "occurred", "ongoing", "foiled", "attempted", "planned", "threatened", "ordered", "denied", "hypothetical"
]
Scope = Literal["event", "rollup"]
TimePrecision = Literal["day", "range", "week", "weekend", "month", "season", "year", "decade"]
Basis = Literal["given", "stated", "relative", "inherited", "inferred"]
PlacePrecision = Literal["site", "neighbourhood", "city", "district", "admin1", "country", "region"]
Role = Literal["agent", "target", "victim"]
ActorKind = Literal["state", "armed_group", "civilian", "person", "organisation", "facility", "unknown"]
What = Literal[
    "arrested", "killed", "wounded", "neutralised", "kidnapped", "released", "surrendered", "charged", "sentenced",
    "wanted", "suspects", "attackers", "participants", "operations", "raids", "incidents", "sites", "items",
]  # fmt: skip
Party = Literal["state", "nonstate", "civilian", "unknown"]
ItemUse = Literal["seized", "used"]
LinkKind = Literal["part_of", "follows", "response_to", "foiled_by"]
#: What people made of an event: nobody looked; all its accounts were accepted, or rejected; somebody is unsure; it got
#: accounts since somebody looked.
Review = Literal["unreviewed", "accepted", "rejected", "unsure", "changed"]
EntityKind = Literal["person", "organisation", "place", "time", "item", "count", "nationality"]

TYPES: frozenset[str] = frozenset(get_args(Type))
METHODS: frozenset[str] = frozenset(get_args(Method))
WHATS: frozenset[str] = frozenset(get_args(What))
STATUSES: frozenset[str] = frozenset(get_args(Status))
PARTIES: frozenset[str] = frozenset(get_args(Party))
BASES: frozenset[str] = frozenset(get_args(Basis))
PRECISIONS: frozenset[str] = frozenset(get_args(TimePrecision))
ACTOR_KINDS: frozenset[str] = frozenset(get_args(ActorKind))
PLACE_PRECISIONS: tuple[str, ...] = get_args(PlacePrecision)
#: Of these a place is a point; of larger ones a point would say more than is known.
FINE: tuple[str, ...] = ("site", "neighbourhood", "city", "district")

#: Statuses of what is told as a fact.
FACTUAL: frozenset[str] = frozenset(("occurred", "ongoing"))
#: ... and of what was tried at least.
TRIED: frozenset[str] = FACTUAL | {"attempted", "foiled"}
