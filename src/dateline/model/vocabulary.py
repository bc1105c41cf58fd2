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
#: How people judged an event. unreviewed: nobody looked at it; accepted, rejected: all its accounts were; unsure:
#: somebody is; changed: it has new accounts since it was judged.
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
#: Precisions at which a place may be shown as a point. For larger places a point would claim more than is known.
FINE: tuple[str, ...] = ("site", "neighbourhood", "city", "district")

#: Statuses of what is told as a fact.
FACTUAL: frozenset[str] = frozenset(("occurred", "ongoing"))
#: Statuses of what is told as a fact or was at least tried.
TRIED: frozenset[str] = FACTUAL | {"attempted", "foiled"}
